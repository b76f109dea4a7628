using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>One named symbol of a finished object, global or local.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">function, data, tls, ifunc or common: the words of reports.</param>
/// <param name="Binding">Local, global, weak or GNU unique.</param>
/// <param name="IsDefined">Whether the object defines it.</param>
internal readonly record struct FoundSymbol(string Name, string Kind, ElfSymbolBinding Binding, bool IsDefined)
{
    public bool IsGlobal => Binding != ElfSymbolBinding.Local;

    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    public bool IsCode => Kind is "function" or "ifunc";
}
