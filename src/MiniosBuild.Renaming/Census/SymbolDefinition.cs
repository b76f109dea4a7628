using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming;

/// <summary>One global definition of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Binding">Global, weak or GNU unique.</param>
/// <param name="InComdatGroup">Its section is dropped when another object has a group of the same signature.</param>
/// <param name="IsComdatSignature">Its name identifies a COMDAT group.</param>
public sealed record SymbolDefinition(
    string Name, SymbolKind Kind, ElfSymbolBinding Binding, bool InComdatGroup = false, bool IsComdatSignature = false)
{
    /// <summary>Whether a definition in another object takes its place without a word.</summary>
    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    /// <summary>Whether two of them in one link are an error.</summary>
    public bool IsStrong => Binding == ElfSymbolBinding.Global && Kind != SymbolKind.Common && !InComdatGroup;

    /// <summary>Whether it is code.</summary>
    public bool IsFunction => Kind is SymbolKind.Function or SymbolKind.Ifunc;
}
