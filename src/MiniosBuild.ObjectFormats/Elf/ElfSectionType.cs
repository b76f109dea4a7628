namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>sh_type. Values outside the names are kept as they are.</summary>
public enum ElfSectionType : uint
{
    Null = 0,
    ProgramBits = 1,
    SymbolTable = 2,
    StringTable = 3,
    Rela = 4,
    Hash = 5,
    Dynamic = 6,
    Note = 7,
    NoBits = 8,
    Rel = 9,
    DynamicSymbolTable = 11,
    InitArray = 14,
    FiniArray = 15,
    PreinitArray = 16,
    Group = 17,
    SymbolTableSectionIndices = 18,
    Relr = 19,
    LlvmAddressSignificance = 0x6fff4c03,
    LlvmCallGraphProfile = 0x6fff4c09,
    LlvmLto = 0x6fff4c0c,
    GnuAttributes = 0x6ffffff5,
    GnuHash = 0x6ffffff6,
    GnuVersionDefinitions = 0x6ffffffd,
    GnuVersionNeeds = 0x6ffffffe,
    GnuVersionSymbols = 0x6fffffff,
}
