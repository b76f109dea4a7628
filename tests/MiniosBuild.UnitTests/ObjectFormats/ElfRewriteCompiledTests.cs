using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;
using MiniosBuild.TestUtilities;
using static MiniosBuild.UnitTests.ObjectFormats.ElfRewriteRun;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The rewriter on what compilers make: readelf agrees, linkers take it, the program runs, objcopy does the same.</summary>
public sealed class ElfRewriteCompiledTests : IDisposable
{
    private const string C = """
        __thread int thread_local = 1;
        int initialised = 2;
        int local_of_name(int x) { return x * initialised; }
        static int (*resolve(void))(int) { return local_of_name; }
        int chosen(int) __attribute__((ifunc("resolve")));
        int missing(int);
        extern int weak_missing(void) __attribute__((weak));
        __attribute__((weak)) int weak_one(int x) { return local_of_name(x); }
        __attribute__((visibility("hidden"))) int hidden_one(int x) { return missing(x) + thread_local; }
        int hidden_alias(int x) __attribute__((alias("hidden_one")));
        int name(void) { return weak_missing ? weak_missing() : weak_one(3) + hidden_one(4) + chosen(10); }
        """;

    private const string Main = """
        #include <stdio.h>
        int NAME(void);
        int missing(int x) { return x; }
        int main(void) { printf("%d\n", NAME()); return 0; }
        """;

    private const string Cxx = """
        template <class T> struct S { static T v; T f() { static thread_local T q = 3; return q + v; } };
        template <class T> T S<T>::v = 5;
        inline int unique() { static int z; return ++z; }
        struct Base { virtual int f() { return 2; } virtual ~Base() {} };
        struct Derived : Base { int f() override { return unique() + S<int>().f(); } };
        int use() { Derived d; Base *b = &d; try { throw b->f(); } catch (int x) { return x + S<long>().f(); } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gcc")]
    [InlineData("gcc", "-O2", "-g", "-ffunction-sections", "-fdata-sections", "-fPIC")]
    [InlineData("gcc", "-g3", "-gz")]
    [InlineData("clang", "-O2", "-g")]
    [InlineData("clang", "-O2", "-faddrsig", "-ffunction-sections", "-fdebug-types-section", "-g")]
    public void Passed_objects_link_and_run(string compiler, params string[] options)
    {
        byte[] before = Compile(compiler, C, "c", options);
        Assert.Equal("31\n", LinkAndRun(before, "name"));

        Func<string, string?> map = Map([("name", "minios_name"), ("weak_one", "w"), ("thread_local", "_minios_thread_local")]);
        string[] locals = ["thread_local", "initialised", "local_of_name", "hidden_one", "chosen"];
        ElfSymbolChange[] changes = Changes(ElfFile.Parse(before), map, symbol => locals.Contains(symbol.Name));
        byte[] after = Apply(before, changes, "a note");

        Assert.Equal("31\n", LinkAndRun(after, "minios_name"));
        string kept = RealTool.Run("readelf", "-SW", _folder.File("program"));
        Assert.Contains(".text", kept);
        Assert.DoesNotContain(".note.minios", kept); // SHF_EXCLUDE
        Assert.Throws<InvalidOperationException>(() => LinkAndRun(after, "name"));
        if (compiler == "gcc") // clang leaves out the ABI without which readelf does not know an IFUNC
        {
            new ReadelfComparison().Compare(_folder.File("passed.o"));
        }

        RequireReadable("passed.o");
    }

    [Theory]
    [InlineData("g++")]
    [InlineData("clang++")]
    public void Cxx_with_its_groups_links_and_runs(string compiler)
    {
        const string User = "#include <cstdio>\nint use() asm(\"minios__Z3usev\"); int main() { std::printf(\"%d\\n\", use()); return 0; }";
        byte[] before = Compile(compiler, Cxx, "cc", ["-g", "-fno-pic"]);
        ElfFile elf = ElfFile.Parse(before);
        Assert.NotEmpty(elf.Groups);
        Func<ElfSymbol, bool> localisable = Localisable(elf);
        byte[] after = Apply(before, Changes(
            elf,
            name => name.StartsWith("_ZN", StringComparison.Ordinal) || name == "_Z3usev" ? "minios_" + name : null,
            symbol => symbol.Name != "_Z3usev" && localisable(symbol)));
        File.WriteAllBytes(_folder.File("passed.o"), after);
        File.WriteAllBytes(_folder.File("twice.o"), Rename(after, ("minios__Z3usev", "other")));

        RealTool.Run("g++", "-no-pie", "-o", _folder.File("program"), _folder.Write("user.cc", User),
            _folder.File("passed.o"), _folder.File("twice.o")); // the groups of the two are one
        Assert.Equal("17\n", RealTool.Run(_folder.File("program")));
        RequireReadable("passed.o");
    }

    [Theory]
    [InlineData("i386-linux-gnu")]
    [InlineData("x86_64-linux-gnux32")]
    [InlineData("arm-linux-gnueabi")]
    [InlineData("armeb-linux-gnueabi")]
    [InlineData("aarch64-linux-gnu")]
    [InlineData("aarch64_be-linux-gnu")]
    [InlineData("riscv32-linux-gnu")]
    [InlineData("riscv64-linux-gnu")]
    [InlineData("powerpc-linux-gnu")]
    [InlineData("powerpc64-linux-gnu")]
    [InlineData("powerpc64le-linux-gnu")]
    [InlineData("s390x-linux-gnu")]
    [InlineData("sparc-linux-gnu")]
    [InlineData("sparcv9-linux-gnu")]
    [InlineData("mips-linux-gnu", "-mno-abicalls", "-fno-pic")]
    [InlineData("mipsel-linux-gnu", "-mno-abicalls", "-fno-pic")]
    [InlineData("mips64-linux-gnuabi64", "-mno-abicalls", "-fno-pic")]
    [InlineData("mips64el-linux-gnuabi64", "-mno-abicalls", "-fno-pic")]
    public void Objects_of_other_machines_are_passed_as_llvm_objcopy_passes_them(string target, params string[] options)
    {
        string source = C.Replace("ifunc(\"resolve\")", "weak", StringComparison.Ordinal);
        byte[] before = Compile(LlvmTool.Find("clang"), source, "c", [$"--target={target}", "-g", "-fintegrated-as", .. options]);
        (string Old, string New)[] names = [("name", "minios_name"), ("missing", "minios_missing")];
        string[] locals = ["thread_local", "initialised", "hidden_alias"];
        ElfSymbolChange[] changes = Changes(ElfFile.Parse(before), Map(names), symbol => locals.Contains(symbol.Name));
        Assert.Equal(5, changes.Length);

        byte[] ours = Apply(before, changes);
        byte[] theirs = Objcopy(LlvmTool.Find("llvm-objcopy"), before, names, locals);

        ElfProof.Require(ElfFile.Parse(before), ElfFile.Parse(theirs), changes);
        Assert.Equal(Symbols(theirs), Symbols(ours));
        File.WriteAllBytes(_folder.File("passed.o"), ours);
        Assert.Equal(Relocations(before), Relocations(ours));
        RequireReadable("passed.o");
    }

    [Fact]
    public void A_mips_symbol_that_is_reached_as_only_global_ones_are_stays_global()
    {
        byte[] data = Compile(LlvmTool.Find("clang"), C.Replace("ifunc(\"resolve\")", "weak", StringComparison.Ordinal), "c", ["--target=mips-linux-gnu", "-fPIC"]);
        ElfFile elf = ElfFile.Parse(data);

        Assert.Equal("MINIOS2013", Refusal(data, Changes(elf, _ => null, symbol => symbol.Name == "weak_one")));
        Assert.Equal("minios_weak_one", ElfFile.Parse(Rename(data, ("weak_one", "minios_weak_one"))).Symbols.Single(symbol => symbol.Name == "minios_weak_one").Name);
    }

    [Theory]
    [InlineData("objcopy", "gcc")]
    [InlineData("objcopy", "clang")]
    [InlineData("llvm-objcopy", "gcc")]
    [InlineData("llvm-objcopy", "clang")]
    public void Both_objcopies_make_the_same_symbols_and_are_proven(string objcopy, string compiler)
    {
        byte[] before = Compile(compiler, C, "c", ["-g", "-ffunction-sections", "-fPIC"]);
        (string Old, string New)[] names = [("name", "minios_name"), ("weak_one", "w"), ("missing", "a_long_name_for_the_missing_one")];
        string[] locals = ["thread_local", "initialised", "local_of_name", "hidden_one"];
        ElfSymbolChange[] changes = Changes(ElfFile.Parse(before), Map(names), symbol => locals.Contains(symbol.Name));

        byte[] theirs = Objcopy(objcopy == "objcopy" ? objcopy : LlvmTool.Find(objcopy), before, names, locals);

        Assert.Equal(Symbols(theirs), Symbols(Apply(before, changes)));
        ElfProof.Require(ElfFile.Parse(before), ElfFile.Parse(theirs), changes);
        // The proof is no formality: with another plan it does not hold.
        Assert.Equal("MINIOS1327", Assert.Throws<ObjectFormatException>(
            () => ElfProof.Require(ElfFile.Parse(before), ElfFile.Parse(theirs), changes.AsSpan(1))).Code);
    }

    [Fact]
    public void The_comdat_groups_that_llvm_objcopy_makes_plain_ones_are_found()
    {
        byte[] before = Compile("g++", Cxx, "cc", []);
        (string Old, string New)[] names = [("_Z6uniquev", "minios_unique")];
        ElfSymbolChange[] changes = Changes(ElfFile.Parse(before), Map(names));

        ElfProof.Require(ElfFile.Parse(before), ElfFile.Parse(Objcopy("objcopy", before, names, [])), changes);
        Assert.Equal("MINIOS1328", Assert.Throws<ObjectFormatException>(() => ElfProof.Require(
            ElfFile.Parse(before), ElfFile.Parse(Objcopy(LlvmTool.Find("llvm-objcopy"), before, names, [])), changes)).Code);
    }

    [Fact]
    public void An_object_of_70000_sections_is_passed()
    {
        const int Count = 70_000;
        IEnumerable<string> functions = Enumerable.Range(1, Count).Select(
            index => $".section .text.f{index},\"ax\"\n.globl f{index}\nf{index}: .quad f{Count - index + 1}");
        byte[] before = Compile("gcc", string.Join('\n', functions) + "\n", "s", []);
        byte[] after = Apply(
            before, Changes(ElfFile.Parse(before), name => "minios_" + name, symbol => symbol.Index % 3 == 0), "a note");
        ElfFile elf = ElfFile.Parse(after);

        Assert.Equal(Count, elf.Symbols.Count(symbol => symbol.Name.StartsWith("minios_f", StringComparison.Ordinal)
            && elf.Sections[(int)symbol.SectionIndex].Name == $".text.{symbol.Name["minios_".Length..]}"));
        File.WriteAllBytes(_folder.File("passed.o"), after);
        RealTool.Run("ld", "-e", "0", "-o", _folder.File("linked"), _folder.File("passed.o"));
        int good = 0;
        RealTool.RunLines("nm", [_folder.File("linked")], line => good += line.Contains(" minios_f", StringComparison.Ordinal) ? 1 : 0);
        Assert.Equal(Count, good);
    }

    private byte[] Compile(string compiler, string source, string extension, IEnumerable<string> options)
    {
        string tool = compiler.StartsWith("clang", StringComparison.Ordinal) ? LlvmTool.Find(compiler) : compiler;
        RealTool.Run(tool, [.. options, "-c", "-o", _folder.File("object.o"), _folder.Write("source." + extension, source)]);
        return File.ReadAllBytes(_folder.File("object.o"));
    }

    private string LinkAndRun(byte[] data, string name)
    {
        File.WriteAllBytes(_folder.File("passed.o"), data);
        RealTool.Run("gcc", $"-DNAME={name}", "-o", _folder.File("program"), _folder.Write("main.c", Main), _folder.File("passed.o"));
        return RealTool.Run(_folder.File("program"));
    }

    private byte[] Objcopy(string tool, byte[] data, (string Old, string New)[] names, string[] locals)
    {
        File.WriteAllBytes(_folder.File("in.o"), data);
        RealTool.Run(tool, [.. names.Select(pair => $"--redefine-sym={pair.Old}={pair.New}"), _folder.File("in.o"), _folder.File("out.o")]);
        RealTool.Run(tool, [.. locals.Select(name => $"--localize-symbol={name}"), _folder.File("out.o")]);
        return File.ReadAllBytes(_folder.File("out.o"));
    }

    /// <summary>Symbols but those of sections, which GNU objcopy drops and adds as it likes, sorted.</summary>
    private static IEnumerable<string> Symbols(byte[] data)
    {
        ElfFile elf = ElfFile.Parse(data);
        return elf.Symbols.Where(symbol => symbol.Type != ElfSymbolType.Section).Select(symbol =>
            $"{symbol.Name} {symbol.Binding} {symbol.Type} {symbol.Value:x} {symbol.Size} {symbol.Other} {symbol.Placement} {(symbol.Placement == ElfSymbolPlacement.Section ? elf.Sections[(int)symbol.SectionIndex].Name : "")}").Order(StringComparer.Ordinal);
    }

    /// <summary>Where each relocation leads; names without what the pass puts before them.</summary>
    private static IEnumerable<string> Relocations(byte[] data)
    {
        ElfFile elf = ElfFile.Parse(data);
        return from section in elf.Sections
               from relocation in elf.Relocations(section.Index)
               let symbol = elf.Symbols[relocation.SymbolIndex]
               select $"{section.Name} {relocation.Offset} {relocation.Type} {relocation.Addend} {symbol.Name.Replace("minios_", "")} {symbol.Type} {symbol.Value} {symbol.SectionIndex}";
    }

    /// <summary>What readelf warns of it says on its error output, which is an error here.</summary>
    private void RequireReadable(string name)
    {
        Assert.Equal("", RealTool.Run("sh", "-c", "readelf -aW \"$1\" 2>&1 >/dev/null | grep -v 'not handled\\|unknown\\|Unrecognized' || true", "sh", _folder.File(name)));
    }
}
