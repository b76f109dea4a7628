using System.Text;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Objects in memory with the global names that a test wants.</summary>
internal static class MadeSet
{
    public static byte[] Object(
        IReadOnlyList<(string Name, ElfSymbolBinding Binding, bool IsFunction)> definitions, IReadOnlyList<string> references, string? note = null)
    {
        var elf = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        uint code = (uint)elf.AddSection(".text", ElfSectionType.ProgramBits, new byte[64], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        uint data = (uint)elf.AddSection(".data", ElfSectionType.ProgramBits, new byte[64], ElfSectionFlags.Alloc | ElfSectionFlags.Write);
        if (note is not null)
        {
            elf.AddSection(".note.minios", ElfSectionType.Note, Note(note), ElfSectionFlags.Exclude);
        }

        foreach ((string name, ElfSymbolBinding binding, bool isFunction) in definitions.OrderBy(definition => definition.Binding != ElfSymbolBinding.Local))
        {
            elf.AddSymbol(name, binding, isFunction ? ElfSymbolType.Func : ElfSymbolType.Object, isFunction ? code : data);
        }

        foreach (string name in references)
        {
            elf.AddSymbol(name, ElfSymbolBinding.Global, ElfSymbolType.NoType, 0);
        }

        return elf.Write().Bytes;
    }

    private static byte[] Note(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] padding = new byte[-bytes.Length & 3];
        return [12, 0, 0, 0, .. BitConverter.GetBytes(bytes.Length), 1, 0, 0, 0, .. "MiniosBuild\0"u8, .. bytes, .. padding];
    }
}
