using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming;

/// <summary>One global definition, in as few bytes as a million of them need.</summary>
/// <param name="Name">The number of its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Binding">Global, weak or GNU unique.</param>
/// <param name="InComdatGroup">As <see cref="SymbolDefinition.InComdatGroup"/>.</param>
/// <param name="IsComdatSignature">As <see cref="SymbolDefinition.IsComdatSignature"/>.</param>
internal readonly record struct DefinitionEntry(
    int Name, SymbolKind Kind, ElfSymbolBinding Binding, bool InComdatGroup, bool IsComdatSignature)
{
    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    public bool IsFunction => Kind is SymbolKind.Function or SymbolKind.Ifunc;

    /// <summary>Whether a second one like it fails a link that takes both: common symbols and COMDAT groups are merged.</summary>
    public bool IsStrong => Binding == ElfSymbolBinding.Global && Kind != SymbolKind.Common && !InComdatGroup;

    /// <summary>Of definitions of one name a link takes that of the highest rank (gABI, Symbol Table: STB_WEAK, SHN_COMMON).</summary>
    public int Rank => IsWeak ? 0 : Kind == SymbolKind.Common ? 1 : 2;
}
