namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>What becomes of one common symbol (SHN_COMMON), which no linker then merges with others of its name any more.</summary>
/// <param name="Index">Its place in <see cref="ElfFile.Symbols"/>.</param>
/// <param name="Fate">What it becomes.</param>
/// <param name="Size">Where it is allocated: its size there, which is that of the largest of its name.</param>
/// <param name="Alignment">Where it is allocated: a power of two, the strictest of its name.</param>
public readonly record struct ElfCommonChange(int Index, ElfCommonFate Fate, ulong Size = 0, ulong Alignment = 0);

/// <summary>What a common symbol can become.</summary>
public enum ElfCommonFate
{
    /// <summary>A definition in a .bss of this object.</summary>
    Allocated,

    /// <summary>A reference to the definition of another object.</summary>
    Undefined,

    /// <summary>
    /// Nothing. Only for one that this object does not use (<see cref="ElfSymbolUses"/>). What debug information says of its place becomes 0,
    /// as linkers write it for variables that they leave out.
    /// </summary>
    Removed,
}
