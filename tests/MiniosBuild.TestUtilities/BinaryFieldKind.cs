namespace MiniosBuild.TestUtilities;

/// <summary>How a <see cref="BinaryField"/> stores a number.</summary>
public enum BinaryFieldKind
{
    LittleEndian,
    BigEndian,

    /// <summary>Decimal digits, filled up with blanks.</summary>
    Text,
}
