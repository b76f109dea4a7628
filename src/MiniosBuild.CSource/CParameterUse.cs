namespace MiniosBuild.CSource;

/// <summary>What a macro makes of an argument.</summary>
[Flags]
public enum CParameterUse : byte
{
    None = 0,

    /// <summary>Tokens as others.</summary>
    Plain = 1,

    /// <summary>The name of a member.</summary>
    Member = 2,

    /// <summary>An operand of ##.</summary>
    Pasted = 4,

    /// <summary>Text.</summary>
    Stringized = 8,
}
