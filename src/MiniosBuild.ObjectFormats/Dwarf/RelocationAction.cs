namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>What a relocation does to its field.</summary>
internal enum RelocationAction : byte
{
    /// <summary>Not one that debug sections have: nothing is known of its field.</summary>
    Unknown,

    /// <summary>It changes no byte.</summary>
    None,

    /// <summary>The field becomes the symbol's value and the addend: it is an address or an offset.</summary>
    Set,

    /// <summary>They are added to the field: one half of a difference.</summary>
    Add,

    /// <summary>They are subtracted from the field.</summary>
    Subtract,

    /// <summary>The lowest six bits of a byte are set.</summary>
    SetSixBits,

    /// <summary>They are subtracted from the lowest six bits of a byte.</summary>
    SubtractSixBits,
}
