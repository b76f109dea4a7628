using System.Text;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class ObjectReaderTests
{
    private readonly List<ObjectRefusal> _refusals = [];

    [Fact]
    public void Members_of_one_name_are_told_apart_by_their_offsets()
    {
        byte[] data = Archive(("a.o", Object()), ("b.o", Object()), ("a.o", Object()));

        string[] names = [.. new ObjectReader().ReadAll("x.a", data, _refusals.Add).Select(read => read.File.Name)];

        IReadOnlyList<ArMember> members = ArArchive.Parse(data).Members;
        Assert.Equal([$"x.a(a.o@0x{members[0].HeaderOffset:x})", "x.a(b.o)", $"x.a(a.o@0x{members[2].HeaderOffset:x})"], names);
        Assert.Empty(_refusals);
    }

    [Fact]
    public void What_is_refused_is_left_out_and_the_rest_is_read()
    {
        byte[] data = Archive(
            ("notes", "notes"u8.ToArray()), ("short.o", Object()[..20]), ("whole.o", Object()), ("image", Object(type: ElfType.Executable)));

        Assert.Equal(["x.a(whole.o)"], new ObjectReader(ObjectFault.NotRelocatable).ReadAll("x.a", data, _refusals.Add).Select(read => read.File.Place));
        Assert.Equal(
            [("notes", ObjectFault.NotElf), ("short.o", ObjectFault.Damaged), ("image", ObjectFault.NotRelocatable)],
            _refusals.Select(refusal => (refusal.File.Member!, refusal.Fault)));
    }

    [Theory]
    [InlineData("!<thin>\n", ObjectFault.Thin)]
    [InlineData("!<arch>\nno header", ObjectFault.Damaged)]
    [InlineData("text", ObjectFault.NotElf)]
    [InlineData("", ObjectFault.NotElf)]
    public void A_file_with_nothing_to_read_is_one_refusal(string text, ObjectFault expected)
    {
        Assert.Empty(new ObjectReader().ReadAll("x", Encoding.ASCII.GetBytes(text), _refusals.Add));
        Assert.Equal(("x", expected), (Assert.Single(_refusals).File.Name, _refusals[0].Fault));
    }

    [Theory]
    [InlineData(ObjectFault.OtherMachine, ObjectFault.IntermediateCode, ObjectFault.OtherMachine)]
    [InlineData(ObjectFault.IntermediateCode, ObjectFault.OtherMachine, ObjectFault.IntermediateCode)]
    public void The_first_of_the_faults_that_are_looked_for_is_told(ObjectFault first, ObjectFault second, ObjectFault expected)
    {
        var reader = new ObjectReader(first, second);
        reader.Read(new ObjectFile("first.o", Object()), _refusals.Add);

        Assert.Null(reader.Read(new ObjectFile("other.o", Object(ElfMachine.AArch64, section: ".gnu.lto_main.0")), _refusals.Add));
        Assert.Equal(expected, Assert.Single(_refusals).Fault);
    }

    [Fact]
    public void The_first_object_is_remembered_without_the_bytes_that_its_file_may_take_along()
    {
        var reader = new ObjectReader(ObjectFault.OtherMachine);
        reader.ReadAll("x.a", Archive(("first.o", Object())), _refusals.Add).ToList();
        reader.Read(new ObjectFile("other.o", Object(ElfMachine.AArch64)), _refusals.Add);

        (ObjectFile first, MachineKind kind) = Assert.Single(_refusals).First;
        Assert.Equal(("x.a(first.o)", ElfMachine.X86_64), (first.Name, kind.Machine));
        Assert.True(first.Data.IsEmpty);
    }

    [Fact]
    public void The_mark_of_an_object_with_nothing_but_intermediate_code_is_a_name_of_its_own()
    {
        var reader = new ObjectReader(ObjectFault.OnlyIntermediateCode);

        Assert.NotNull(reader.Read(new ObjectFile("beside.o", Object(section: ".gnu.lto_main.0")), _refusals.Add));
        Assert.NotNull(reader.Read(new ObjectFile("longer.o", Object(symbol: "__gnu_lto_slim_not")), _refusals.Add));
        Assert.Null(reader.Read(new ObjectFile("only.o", Object(symbol: "___gnu_lto_slim")), _refusals.Add));
    }

    [Theory]
    [InlineData("main", SymbolKind.Function)]
    [InlineData("missing", SymbolKind.Undefined)]
    [InlineData("weak", SymbolKind.Data)]
    [InlineData("common", SymbolKind.Common)]
    [InlineData("absolute", SymbolKind.Absolute)]
    [InlineData("größe", SymbolKind.Ifunc)]
    [InlineData("thread", SymbolKind.Tls)]
    public void A_symbol_has_the_kind_that_its_type_and_its_place_give_it(string name, SymbolKind expected)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian).Bytes);

        Assert.Equal(expected, elf.KindOf(elf.Symbols.Single(symbol => symbol.HasOwnName && symbol.Name == name)));
    }

    private static byte[] Object(ElfMachine machine = ElfMachine.X86_64, ElfType type = ElfType.Relocatable, string section = ".text", string symbol = "f")
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Machine = machine, Type = type };
        writer.AddSymbol(symbol, ElfSymbolBinding.Global, ElfSymbolType.NoType, (uint)writer.AddSection(section, ElfSectionType.ProgramBits, [0]));
        return writer.Write().Bytes;
    }

    private static byte[] Archive(params (string Name, byte[] Data)[] members) => ArWriting.Write(
        [.. members.Select(member => (
            new ArNewMember { Name = Encoding.ASCII.GetBytes(member.Name), Size = member.Data.Length, IndexNames = default }, (ReadOnlyMemory<byte>)member.Data))]);
}
