namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>What a symbol stands for, as far as its name is concerned.</summary>
public enum SymbolKind : byte
{
    /// <summary>What another file defines.</summary>
    Undefined,

    /// <summary>Code: STT_FUNC, or a label without a type in an executable section.</summary>
    Function,

    /// <summary>A variable or a constant.</summary>
    Data,

    /// <summary>A variable without a place (SHN_COMMON): the linker makes one of all those of its name.</summary>
    Common,

    /// <summary>A thread-local variable.</summary>
    Tls,

    /// <summary>A function chosen at run time (STT_GNU_IFUNC).</summary>
    Ifunc,

    /// <summary>A value that is no address in a section (SHN_ABS).</summary>
    Absolute,
}

/// <summary>What several rooms ask of a kind.</summary>
public static class SymbolKinds
{
    /// <summary>Whether it is code.</summary>
    public static bool IsCode(this SymbolKind kind) => kind is SymbolKind.Function or SymbolKind.Ifunc;
}
