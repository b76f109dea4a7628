namespace MiniosBuild.CSource;

/// <summary>What a word means to the grammar of C.</summary>
public enum CWordClass : byte
{
    /// <summary>No keyword.</summary>
    Identifier,

    /// <summary>A type by itself: int.</summary>
    Type,

    /// <summary>What stands beside a type: const, inline.</summary>
    Qualifier,

    /// <summary>static.</summary>
    Static,

    /// <summary>typedef.</summary>
    Typedef,

    /// <summary>extern.</summary>
    Extern,

    /// <summary>struct or union.</summary>
    Aggregate,

    /// <summary>enum.</summary>
    Enum,

    /// <summary>__attribute__.</summary>
    Attribute,

    /// <summary>A type that its operand gives: typeof. Also _Alignas.</summary>
    Typeof,

    /// <summary>asm.</summary>
    Asm,

    /// <summary>_Static_assert.</summary>
    Assert,

    /// <summary>if, while, switch.</summary>
    Head,

    /// <summary>for.</summary>
    For,

    /// <summary>do.</summary>
    Do,

    /// <summary>else.</summary>
    Else,

    /// <summary>case and default.</summary>
    Case,

    /// <summary>return, break, continue.</summary>
    Jump,

    /// <summary>goto; labels follow.</summary>
    Goto,

    /// <summary>sizeof and other operators.</summary>
    Operator,
}
