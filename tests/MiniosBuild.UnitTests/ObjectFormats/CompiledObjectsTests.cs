using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The ELF reader against readelf on objects that compilers make of what C, C++ and assembly can say.</summary>
public sealed class CompiledObjectsTests : IDisposable
{
    private const string C = """
        __thread int thread_local = 1;
        int common;
        int initialised = 2;
        static int hidden_away(int x) { return x * initialised; }
        int missing(int);
        extern int weak_missing(void) __attribute__((weak));
        __attribute__((weak)) int weak_one(int x) { return hidden_away(x); }
        __attribute__((visibility("hidden"))) int hidden_one(int x) { return missing(x) + common + thread_local; }
        int alias_one(int x) __attribute__((alias("hidden_one")));
        int user(void) { return weak_missing ? weak_missing() : weak_one(3); }
        """;

    private const string Ifunc = """
        static int one(void) { return 1; }
        static int (*resolve(void))(void) { return one; }
        int chosen(void) __attribute__((ifunc("resolve")));
        int caller(void) { return chosen(); }
        """;

    private const string Cxx = """
        template <class T> struct S { static T v; T f() { static thread_local T q = 3; return q + v; } };
        template <class T> T S<T>::v = 5;
        inline int unique() { static int z; return ++z; }
        struct Base { virtual ~Base() {} };
        struct Derived : Base { ~Derived() override {} };
        Base *make() { return new Derived; }
        int use() { return S<int>().f() + S<long>().f() + unique(); }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-m64")]
    [InlineData("-m32")]
    [InlineData("-m64", "-g", "-O2", "-ffunction-sections", "-fdata-sections")]
    [InlineData("-m64", "-mcmodel=large", "-fcommon")]
    public void Objects_of_c_are_read(params string[] options)
    {
        ElfFile elf = Compile("gcc", C, "c", ["-fcommon", .. options]);

        Assert.Equal(options[0] == "-m32" ? (ElfClass.Elf32, ElfMachine.I386) : (ElfClass.Elf64, ElfMachine.X86_64), (elf.Class, elf.Machine));
        Assert.True(Symbol(elf, "thread_local") is { Type: ElfSymbolType.Tls, IsDefined: true });
        Assert.True(Symbol(elf, "common") is { IsCommon: true, Size: 4 });
        Assert.True(Symbol(elf, "hidden_one") is { Visibility: ElfSymbolVisibility.Hidden, Type: ElfSymbolType.Func });
        Assert.True(Symbol(elf, "weak_one") is { Binding: ElfSymbolBinding.Weak, IsDefined: true });
        Assert.True(Symbol(elf, "weak_missing") is { Binding: ElfSymbolBinding.Weak, IsUndefined: true });
        Assert.True(Symbol(elf, "missing") is { Binding: ElfSymbolBinding.Global, IsUndefined: true });
        Assert.Equal(Symbol(elf, "hidden_one").Value, Symbol(elf, "alias_one").Value);
        Assert.False(elf.IsSlimLto || elf.HasLtoSections);
    }

    [Fact]
    public void Ifunc_symbols_are_read()
    {
        ElfFile elf = Compile("gcc", Ifunc, "c", []);

        Assert.True(Symbol(elf, "chosen") is { Type: ElfSymbolType.GnuIfunc, IsDefined: true });
        Assert.Equal(3, elf.OsAbi); // ELFOSABI_GNU, for what is GNU's own
    }

    [Fact]
    public void Comdat_groups_of_cxx_are_read()
    {
        ElfFile elf = Compile("g++", Cxx, "cc", ["-g"]);

        Assert.InRange(elf.Groups.Count, 5, 1000);
        Assert.All(elf.Groups, group => Assert.True(group.IsComdat));
        Assert.Contains(elf.Groups, group => elf.Symbols[group.SignatureIndex].Name == "_Z6uniquev"
            && group.Members.Any(member => elf.Sections[member].Name == ".text._Z6uniquev"));
        Assert.Contains(elf.Symbols, symbol => symbol.Binding == ElfSymbolBinding.GnuUnique);
    }

    [Theory]
    [InlineData(true, "-flto", "-fno-fat-lto-objects")]
    [InlineData(false, "-flto", "-ffat-lto-objects")]
    public void Lto_objects_of_gcc_are_recognised(bool isSlim, params string[] options)
    {
        ElfFile elf = Compile("gcc", C, "c", options);

        Assert.Equal((isSlim, true), (elf.IsSlimLto, elf.HasLtoSections));
    }

    [Fact]
    public void Lto_objects_of_clang_are_no_elf_files()
    {
        string source = _folder.Write("lto.c", C);
        RealTool.Run(LlvmTool.Find("clang"), "-flto", "-c", "-o", _folder.File("lto.o"), source);

        Assert.Equal("MINIOS2001", Damage.ReadElf(File.ReadAllBytes(_folder.File("lto.o"))));
    }

    [Fact]
    public void An_object_of_70000_sections_is_read()
    {
        const int Count = 70_000;
        IEnumerable<string> functions = Enumerable.Range(1, Count).Select(index => $".section .text.f{index},\"ax\"\n.globl f{index}\nf{index}: nop");
        ElfFile elf = Compile("gcc", string.Join('\n', functions) + "\n.globl outside\n.set outside, 5\n", "s", []);

        Assert.InRange(elf.Sections.Count, Count, Count + 100);
        Assert.True(Symbol(elf, "outside") is { IsAbsolute: true, Value: 5 });
        Assert.Equal(Count, elf.Symbols.Count(symbol =>
            symbol.IsGlobal && symbol.Placement == ElfSymbolPlacement.Section
            && elf.Sections[(int)symbol.SectionIndex].Name == $".text.{symbol.Name}"));
    }

    [Theory]
    [InlineData("i386-linux-gnu", ElfClass.Elf32, ElfByteOrder.LittleEndian, ElfMachine.I386)]
    [InlineData("x86_64-linux-gnu", ElfClass.Elf64, ElfByteOrder.LittleEndian, ElfMachine.X86_64)]
    [InlineData("arm-linux-gnueabi", ElfClass.Elf32, ElfByteOrder.LittleEndian, ElfMachine.Arm)]
    [InlineData("aarch64-linux-gnu", ElfClass.Elf64, ElfByteOrder.LittleEndian, ElfMachine.AArch64)]
    [InlineData("aarch64_be-linux-gnu", ElfClass.Elf64, ElfByteOrder.BigEndian, ElfMachine.AArch64)]
    [InlineData("riscv64-linux-gnu", ElfClass.Elf64, ElfByteOrder.LittleEndian, ElfMachine.RiscV)]
    [InlineData("powerpc-linux-gnu", ElfClass.Elf32, ElfByteOrder.BigEndian, ElfMachine.PowerPc)]
    [InlineData("powerpc64-linux-gnu", ElfClass.Elf64, ElfByteOrder.BigEndian, ElfMachine.PowerPc64)]
    [InlineData("s390x-linux-gnu", ElfClass.Elf64, ElfByteOrder.BigEndian, ElfMachine.S390)]
    [InlineData("mips-linux-gnu", ElfClass.Elf32, ElfByteOrder.BigEndian, ElfMachine.Mips)]
    [InlineData("mipsel-linux-gnu", ElfClass.Elf32, ElfByteOrder.LittleEndian, ElfMachine.Mips)]
    [InlineData("mips64-linux-gnuabi64", ElfClass.Elf64, ElfByteOrder.BigEndian, ElfMachine.Mips)]
    [InlineData("mips64el-linux-gnuabi64", ElfClass.Elf64, ElfByteOrder.LittleEndian, ElfMachine.Mips)]
    public void Objects_of_other_machines_are_read(string target, ElfClass fileClass, ElfByteOrder order, ElfMachine machine)
    {
        ElfFile elf = Compile(LlvmTool.Find("clang"), C, "c", [$"--target={target}", "-fcommon", "-g"]);

        Assert.Equal((fileClass, order, machine), (elf.Class, elf.ByteOrder, elf.Machine));
        Assert.True(Symbol(elf, "common").IsCommon);
        Assert.Contains(elf.Sections, section => elf.Relocations(section.Index).Any(relocation => elf.Symbols[relocation.SymbolIndex].Name == "missing"));
    }

    [Fact]
    public void What_the_test_writer_writes_is_read_by_readelf_as_well()
    {
        ReadelfComparison comparison = new();
        foreach ((ElfClass fileClass, ElfByteOrder order) in ElfSamples.Formats)
        {
            foreach (bool extended in (bool[])[false, true])
            {
                string path = _folder.File("sample.o");
                File.WriteAllBytes(path, ElfSamples.Full(fileClass, order, extended, signature: "ascii").Bytes);
                comparison.Compare(path);
            }
        }

        Assert.Equal(8, comparison.Objects);
    }

    private static ElfSymbol Symbol(ElfFile elf, string name) => Assert.Single(elf.Symbols, symbol => symbol.Name == name);

    /// <summary>Compiles, compares the object with what readelf says of it, and reads it.</summary>
    private ElfFile Compile(string compiler, string source, string extension, IEnumerable<string> options)
    {
        string path = _folder.File("object.o");
        RealTool.Run(compiler, [.. options, "-c", "-o", path, _folder.Write("source." + extension, source)]);
        new ReadelfComparison().Compare(path);
        return ElfFile.Parse(File.ReadAllBytes(path));
    }
}
