namespace MiniosBuild.Renaming;

/// <summary>What a global definition is, as far as its name is concerned.</summary>
public enum SymbolKind : byte
{
    /// <summary>Code: STT_FUNC, or a label without a type in an executable section.</summary>
    Function,

    /// <summary>A variable, a constant or an absolute value.</summary>
    Data,

    /// <summary>A thread-local variable.</summary>
    Tls,

    /// <summary>A function chosen at run time (STT_GNU_IFUNC).</summary>
    Ifunc,

    /// <summary>A variable without a place (SHN_COMMON): the linker makes one of all those of its name.</summary>
    Common,
}
