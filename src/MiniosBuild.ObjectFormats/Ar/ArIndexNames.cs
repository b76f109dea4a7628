using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>The names that one member adds to the symbol index, in the order of its symbol table.</summary>
/// <param name="Text">The names, each ended by a NUL.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct ArIndexNames(ReadOnlyMemory<byte> Text, int Count)
{
    /// <summary>Whether GNU and LLVM ar put a symbol into the index: what a linker may take the member for.</summary>
    public static bool Holds(in ElfSymbol symbol) =>
        (symbol.IsDefined && symbol.Binding is ElfSymbolBinding.Global or ElfSymbolBinding.Weak or ElfSymbolBinding.GnuUnique)
        || symbol.IsCommon;

    /// <summary>The names of an object as it is.</summary>
    public static ArIndexNames Of(ElfFile file)
    {
        int size = 0;
        int count = 0;
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (Holds(symbol))
            {
                size += symbol.NameBytes.Length + 1;
                count++;
            }
        }

        byte[] text = new byte[size];
        Span<byte> rest = text;
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (Holds(symbol))
            {
                symbol.NameBytes.CopyTo(rest);
                rest = rest[(symbol.NameBytes.Length + 1)..];
            }
        }

        return new ArIndexNames(text, count);
    }
}
