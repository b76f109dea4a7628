using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>A small x86-64 object whose every definition has eight bytes of its own, so that a linked file tells which one won.</summary>
internal sealed class LinkMadeObject(string name)
{
    private const uint AddressRelocation = 1; // R_X86_64_64

    public string Name { get; } = name;

    public List<(string Name, bool IsWeak, bool IsData)> Definitions { get; } = [];

    public List<(string Name, bool IsWeak)> References { get; } = [];

    public List<(string Name, ulong Size)> Commons { get; } = [];

    public List<(string Name, ulong Value)> Absolutes { get; } = [];

    /// <summary>COMDAT groups of one section each.</summary>
    public List<(string Signature, string[] Names, bool IsWeak)> Groups { get; } = [];

    /// <summary>Link-once sections.</summary>
    public List<(string Name, string Definition)> LinkOnce { get; } = [];

    public byte[] Write(ref ulong lastId)
    {
        var elf = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        const ElfSectionFlags code = ElfSectionFlags.Alloc | ElfSectionFlags.Executable;
        const ElfSectionFlags data = ElfSectionFlags.Alloc | ElfSectionFlags.Write;
        uint text = (uint)elf.AddSection(".text", ElfSectionType.ProgramBits, Ids(Definitions.Count, ref lastId), code);
        uint variables = (uint)elf.AddSection(".data", ElfSectionType.ProgramBits, Ids(Definitions.Count, ref lastId), data);
        uint uses = (uint)elf.AddSection(".data.uses", ElfSectionType.ProgramBits, new byte[8 * References.Count], data);
        var groups = new List<int>();
        for (int i = 0; i < Groups.Count; i++)
        {
            (string signature, string[] names, _) = Groups[i];
            int section = elf.AddSection($".text.{signature}", ElfSectionType.ProgramBits, Ids(names.Length, ref lastId), code | ElfSectionFlags.Group);
            elf.AddGroup(1 + i, isComdat: true, section);
            elf.AddSymbol(signature, ElfSymbolBinding.Local, ElfSymbolType.NoType, (uint)section);
            groups.Add(section);
        }

        int[] once = new int[LinkOnce.Count];
        for (int i = 0; i < LinkOnce.Count; i++)
        {
            once[i] = elf.AddSection($".gnu.linkonce.t.{LinkOnce[i].Name}", ElfSectionType.ProgramBits, Ids(1, ref lastId), code);
        }

        for (int i = 0; i < Definitions.Count; i++)
        {
            (string defined, bool isWeak, bool isData) = Definitions[i];
            elf.AddSymbol(defined, BindingOf(isWeak), isData ? ElfSymbolType.Object : ElfSymbolType.Func, isData ? variables : text, (ulong)(8 * i), 8);
        }

        for (int i = 0; i < Groups.Count; i++)
        {
            for (int j = 0; j < Groups[i].Names.Length; j++)
            {
                elf.AddSymbol(Groups[i].Names[j], BindingOf(Groups[i].IsWeak), ElfSymbolType.Func, (uint)groups[i], (ulong)(8 * j), 8);
            }
        }

        for (int i = 0; i < LinkOnce.Count; i++)
        {
            elf.AddSymbol(LinkOnce[i].Definition, ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)once[i], 0, 8);
        }

        foreach ((string common, ulong size) in Commons)
        {
            elf.AddSymbol(common, ElfSymbolBinding.Global, ElfSymbolType.Object, 0xfff2, 8, size, isReserved: true);
        }

        foreach ((string absolute, ulong value) in Absolutes)
        {
            elf.AddSymbol(absolute, ElfSymbolBinding.Global, ElfSymbolType.NoType, 0xfff1, value, isReserved: true);
        }

        var relocations = new List<ElfRelocation>();
        foreach ((string used, bool isWeak) in References)
        {
            int symbol = elf.AddSymbol(used, BindingOf(isWeak), ElfSymbolType.NoType, 0);
            relocations.Add(new ElfRelocation((ulong)(8 * relocations.Count), AddressRelocation, symbol, 0));
        }

        elf.AddRelocations(".rela.data.uses", (int)uses, hasAddends: true, [.. relocations]);
        return elf.Write().Bytes;
    }

    public override string ToString() => $"{Name}: " + string.Join(' ',
        Definitions.Select(d => $"{(d.IsWeak ? "W" : "D")}{(d.IsData ? "d" : "f")}:{d.Name}")
            .Concat(Groups.Select(g => $"G{(g.IsWeak ? "w" : "")}({g.Signature}):{string.Join('+', g.Names)}"))
            .Concat(LinkOnce.Select(o => $"L({o.Name}):{o.Definition}"))
            .Concat(Commons.Select(c => $"C{c.Size}:{c.Name}"))
            .Concat(Absolutes.Select(a => $"A{a.Value}:{a.Name}"))
            .Concat(References.Select(r => $"{(r.IsWeak ? "u" : "U")}:{r.Name}")));

    private static ElfSymbolBinding BindingOf(bool isWeak) => isWeak ? ElfSymbolBinding.Weak : ElfSymbolBinding.Global;

    private static byte[] Ids(int count, ref ulong lastId)
    {
        byte[] bytes = new byte[8 * count];
        for (int i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(8 * i), 0x1d00_0000_0000_0000 | ++lastId);
        }

        return bytes;
    }
}
