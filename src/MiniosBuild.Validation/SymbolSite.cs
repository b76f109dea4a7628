using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>One symbol of one object of the set.</summary>
/// <param name="Object">Which object; -1 for none.</param>
/// <param name="Symbol">Its index in the object's symbol table.</param>
/// <param name="Class">What it is.</param>
/// <param name="Binding">Global, weak or GNU unique.</param>
internal readonly record struct SymbolSite(int Object, int Symbol, SymbolClass Class, ElfSymbolBinding Binding)
{
    public static SymbolSite None { get; } = new(-1, 0, SymbolClass.Unknown, ElfSymbolBinding.Local);

    public bool Exists => Object >= 0;

    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    public bool IsCode => Class is SymbolClass.Function or SymbolClass.Ifunc;
}
