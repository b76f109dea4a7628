using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What only shows when a set is seen together, on objects of real compilers.</summary>
public sealed class ValidatorSetTests : IDisposable
{
    private const string NoStackNote = ".section .note.GNU-stack,\"\",%progbits\n";

    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Strong_and_weak_get_along()
    {
        _set.AddC("core", "a", "__attribute__((weak)) int minios_f(void) { return 0; }");
        _set.AddC("core", "b", "int minios_f(void) { return 1; }");
        _set.AddC("libc", "c", "__attribute__((weak)) int minios_f(void) { return 2; }");
        Assert.Empty(Found());
    }

    [Fact]
    public void Two_strong_definitions_that_a_link_can_meet_are_duplicates()
    {
        _set.AddC("core", "a", "int minios_f(void) { return 0; } int minios_a;");
        _set.AddC("core", "b", "int minios_f(void) { return 1; } int minios_b;");
        _set.AddC("libc", "c", "int minios_f(void) { return 1; } int minios_c;");
        Finding[] found = Found();
        Assert.Equal([("MINIOS1420", "b.o"), ("MINIOS1420", "c.o")], found.Select(f => (f.Code, f.Member)));
        Assert.All(found, f => Assert.Contains("libminios-core.a(a.o); no link can take both", f.Message));
    }

    [Fact]
    public void Two_members_that_define_the_same_are_alternatives()
    {
        _set.AddC("core", "a", "int minios_f(void) { return 0; }");
        _set.AddC("libc", "c", "int minios_f(void) { return 1; }");
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1422", DiagnosticSeverity.Warning, "c.o", "minios_f", "function"), (found.Code, found.Severity, found.Member, found.Symbol, found.Kind));
        // The linker agrees: it takes one and says nothing.
        RealTool.Run("ld", ["-o", Path.Combine(_set.Folder, "image"), "-e", "minios_f", "-u", "minios_f", .. _set.Archive().Select(a => a.Path)]);
    }

    [Theory]
    [InlineData("default", "program")]
    [InlineData("z", "program")]
    public void A_hook_that_is_not_weak_beside_its_default_is_an_alternative(string weak, string strong)
    {
        _set.AddC("core", weak, "__attribute__((weak)) int app_main(void) { return 0; } void minios_f(void) { app_main(); }");
        _set.AddC("core", strong, "int app_main(void) { return 1; }");
        Finding found = Found().Single(f => f.Symbol == "app_main");
        Assert.Equal(("MINIOS1422", DiagnosticSeverity.Warning, strong + ".o"), (found.Code, found.Severity, found.Member));
        Assert.Contains(weak + ".o", found.Message);

        // The linker agrees: a guest's own is taken.
        string guest = Path.Combine(_set.Folder, "guest.c"), image = Path.Combine(_set.Folder, "image");
        File.WriteAllText(guest, "int app_main(void) { return 2; }");
        RealTool.Run("gcc", "-c", "-o", guest + ".o", guest);
        string linked = RealTool.Run("ld", ["-t", "-t", "-o", image, "-e", "minios_f", "-u", "minios_f", guest + ".o", .. _set.Archive().Select(a => a.Path)]);
        Assert.Contains(weak + ".o", linked);
        Assert.DoesNotContain(strong + ".o", linked);
    }

    [Fact]
    public void An_object_that_is_always_linked_shuts_out_a_member_with_no_more_names()
    {
        byte[] entry = File.ReadAllBytes(_set.AddC("entry", "entry", "int minios_f(void) { return 0; } int minios_g(void) { return 0; }"));
        _set.Forget(Path.Combine(_set.Folder, "entry.o"));
        _set.AddC("core", "a", "int minios_f(void) { return 1; }");
        _set.AddC("core", "b", "int minios_g(void) { return 1; } int minios_b(void) { return 1; }");
        Finding[] found = [.. Validator().ValidateSet([.. _set.Archive(), new("entry", "entry.o", entry)])];
        Assert.Equal([("MINIOS1422", "minios_f"), ("MINIOS1420", "minios_g")], found.Select(f => (f.Code, f.Symbol!)));
    }

    [Fact]
    public void Copies_of_one_comdat_group_are_no_duplicates_but_one_outside_is()
    {
        const string grouped = ".section .text.f,\"axG\",%progbits,minios_f,comdat\n.globl minios_f\n.type minios_f,%function\nminios_f: ret\n" + NoStackNote;
        _set.AddAssembly("core", "a", grouped + ".data\n.globl minios_a\nminios_a: .byte 1\n");
        _set.AddAssembly("core", "b", grouped + ".data\n.globl minios_b\nminios_b: .byte 1\n");
        Assert.Empty(Found());

        _set.AddC("core", "c", "int minios_f(void) { return 0; } int minios_c;");
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1420", "c.o"), (found.Code, found.Member));
    }

    [Fact]
    public void Comdat_groups_of_two_signatures_that_define_one_name_are_duplicates()
    {
        const string grouped = ".section .text.f,\"axG\",%progbits,NAME,comdat\n.globl minios_f, NAME\nminios_f: ret\nNAME: ret\n" + NoStackNote;
        _set.AddAssembly("core", "a", grouped.Replace("NAME", "minios_one"));
        _set.AddAssembly("core", "b", grouped.Replace("NAME", "minios_two"));
        Assert.Equal([("MINIOS1420", "minios_f")], Found().Select(f => (f.Code, f.Symbol!)));
    }

    [Fact]
    public void Linkonce_sections_are_the_older_comdat()
    {
        const string once = ".section .gnu.linkonce.t.f,\"ax\",%progbits\n.globl minios_f\nminios_f: ret\n" + NoStackNote;
        _set.AddAssembly("core", "a", once + ".data\n.globl minios_a\nminios_a: .byte 1\n");
        _set.AddAssembly("core", "b", once);
        Assert.Empty(Found());
    }

    [Fact]
    public void A_common_symbol_beside_a_definition_is_told_at_the_common_one()
    {
        _set.AddC("core", "a", "long _minios_v;", "-fcommon");
        _set.AddC("core", "b", "int _minios_v = 1;");
        _set.AddC("core", "c", "int _minios_w;", "-fcommon");
        _set.AddC("core", "d", "int _minios_w;", "-fcommon");
        Assert.Equal(
            [("MINIOS1414", "a.o"), ("MINIOS1414", "c.o"), ("MINIOS1414", "d.o"), ("MINIOS1423", "a.o")], Found().Select(f => (f.Code, f.Member!)));
        Assert.Contains("defined in " + Path.Combine(_set.Folder, "libminios-core.a(b.o)"), Found()[^1].Message);
    }

    [Fact]
    public void A_name_that_nobody_outside_knows_could_be_static()
    {
        _set.AddC("core", "a", """
            int minios_spare(void) { return 0; } int minios_declared(void) { return 0; } int minios_used(void) { return 0; } int minios_needed(void) { return 0; }
            int _minios_data = 1; int HYPERVISOR_shared_info; __attribute__((weak)) int app_main(void) { return 0; } void *memcpy(void *a, const void *b, unsigned long n) { return a; }
            """);
        _set.AddC("core", "b", "extern int minios_used(void); int blkfront(void); static int (*f)(void) = minios_used; int (*minios_declared_too(void))(void) { return f; }");
        _set.AddC("libc", "c", "unsigned long strlen(const char *s) { return 0; } int _minios_libc(void) { return 0; }");
        PublicDeclarations staged = _set.Declare("int minios_declared(void); int minios_declared_too(void);");
        var settings = new ValidationSettings { ConsumerNeeds = new HashSet<string> { "minios_needed" } };

        Finding[] found = [.. new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub, settings).ValidateSet(_set.Archive(), staged)];

        Assert.Equal([("_minios_data", "data"), ("minios_spare", "function")], found.Select(f => (f.Symbol!, f.Kind!)));
        Assert.All(found, f => Assert.Equal(("MINIOS1421", DiagnosticSeverity.Message), (f.Code, f.Severity)));
        Assert.Empty(Found());
    }

    [Fact]
    public void An_object_that_makes_the_stack_executable_is_told()
    {
        _set.AddAssembly("core", "silent", ".globl minios_f\nminios_f: ret\n");
        _set.AddAssembly("core", "asks", ".globl minios_g\nminios_g: ret\n.section .note.GNU-stack,\"x\",%progbits\n");
        _set.AddC("core", "nested", "void minios_call(int (*)(void)); int minios_n(int i) { int inner(void) { return i; } minios_call(inner); return 0; } void minios_call(int (*f)(void)) { f(); }");
        _set.AddC("core", "fine", "int minios_h(void) { return 0; }");
        Finding[] found = Found();
        Assert.Equal(["silent.o", "asks.o", "nested.o"], found.Select(f => f.Member));
        Assert.All(found, f => Assert.Equal(("MINIOS1424", DiagnosticSeverity.Warning), (f.Code, f.Severity)));

        byte[] silent = File.ReadAllBytes(Path.Combine(_set.Folder, "silent.o")), asks = File.ReadAllBytes(Path.Combine(_set.Folder, "asks.o"));
        Assert.Equal(["asks.o"], Validator().ValidateSet([new("entry", "silent.o", silent), new("entry", "asks.o", asks)]).Select(f => f.File));
    }

    [Theory]
    [InlineData("riscv64-linux-gnu", "-mabi=lp64;-march=rv64imac", "-mabi=lp64d;-march=rv64imafdc", "float ABI 0x4")]
    [InlineData("mips-linux-gnu", "-mabi=32", "-mabi=32;-mnan=2008;-march=mips32r5", "NaN encoding 0x400")]
    public void Objects_of_two_ABIs_are_no_set(string target, string first, string second, string said)
    {
        const string source = "int minios_f(void) { return 0; }";
        ValidatedFile a = new("core", "a.o", Cross(target, "a", source, first)), b = new("core", "b.o", Cross(target, "b", source.Replace("_f", "_g"), second));
        Finding found = Assert.Single(Validator().ValidateSet([a, b]));
        Assert.Equal(("MINIOS1425", DiagnosticSeverity.Error, "b.o"), (found.Code, found.Severity, found.File));
        Assert.Contains(said, found.Message);
        Assert.Contains("but a.o has", found.Message);
        Assert.Empty(Validator().ValidateSet([a]));
    }

    [Fact]
    public void Another_operating_system_is_told_but_GNU_is_not_another()
    {
        ValidatedFile plain = new("core", "a.o", Made("minios_a", 0)), gnu = new("core", "b.o", Made("minios_b", 3)), other = new("core", "c.o", Made("minios_c", 9));
        Assert.Empty(Validator().ValidateSet([plain, gnu]));
        Finding found = Assert.Single(Validator().ValidateSet([plain, gnu, other]));
        Assert.Equal(("MINIOS1425", "c.o"), (found.Code, found.File));
        Assert.Contains("OS ABI 9", found.Message);
    }

    [Fact]
    public void A_weak_reference_without_a_target_is_a_message()
    {
        _set.AddC("core", "a", "extern int minios_maybe(void) __attribute__((weak)); int minios_f(void) { return minios_maybe ? 1 : 0; }");
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1426", DiagnosticSeverity.Message, "minios_maybe"), (found.Code, found.Severity, found.Symbol));
        _set.AddC("core", "b", "int minios_maybe(void) { return 0; }");
        Assert.Empty(Found());
    }

    [Fact]
    public void A_hook_with_two_defaults_is_a_warning()
    {
        _set.AddC("core", "a", "__attribute__((weak)) int app_main(void) { return 0; } __attribute__((weak)) int minios_w(void) { return 0; }");
        _set.AddC("core", "b", "__attribute__((weak)) int app_main(void) { return 1; } __attribute__((weak)) int minios_w(void) { return 1; }");
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1427", DiagnosticSeverity.Warning, "b.o", "app_main"), (found.Code, found.Severity, found.Member, found.Symbol));
        Assert.Contains("(a.o), both weakly", found.Message);
    }

    [Fact]
    public void A_hook_that_is_called_and_has_no_default_is_a_message()
    {
        _set.AddC("core", "a", "extern int app_main(void); extern int app_shutdown(void) __attribute__((weak)); int minios_f(void) { return app_main() + (app_shutdown ? 1 : 0); }");
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1428", DiagnosticSeverity.Message, "app_main"), (found.Code, found.Severity, found.Symbol));
    }

    [Fact]
    public void Symbol_versions_are_warnings()
    {
        _set.AddC("core", "a", "__asm__(\".symver minios_v1, minios_v@@V1\"); int minios_v1(void) { return 0; }");
        Finding found = Assert.Single(Found(), f => f.Code == "MINIOS1429");
        Assert.StartsWith("minios_v@", found.Symbol);
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
    }

    [Fact]
    public void Unique_definitions_are_warnings()
    {
        _set.AddAssembly("core", "a", ".data\n.globl minios_u\n.type minios_u, @gnu_unique_object\nminios_u: .long 1\n" + NoStackNote);
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1430", DiagnosticSeverity.Warning, "minios_u"), (found.Code, found.Severity, found.Symbol));
    }

    [Fact]
    public void Objects_of_another_pass_or_of_none_are_told_once_for_each_archive()
    {
        string note = PassNote.TextFor(BuiltInPolicy.Minios, LibcMode.Stub), strict = PassNote.TextFor(BuiltInPolicy.Strict, LibcMode.Stub);
        string[] paths = [.. Enumerable.Range(0, 4).Select(i => _set.AddC("core", $"m{i}", $"int minios_{i}(void) {{ return 0; }}"))];
        Assert.Empty(Found());
        Array.ForEach(paths, path => Pass(path, note));
        Assert.Empty(Found());

        Pass(paths[1], strict);
        Pass(paths[2], strict);
        _set.AddC("libc", "bare", "int minios_bare(void) { return 0; }");
        Finding[] found = Found();
        Assert.Equal(
            [("MINIOS1431", DiagnosticSeverity.Error, "core"), ("MINIOS1432", DiagnosticSeverity.Warning, "libc")], found.Select(f => (f.Code, f.Severity, f.Library)));
        Assert.Contains("2 members (m1.o is the first)", found[0].Message);
        Assert.Contains(strict, found[0].Message);
        Assert.Contains("the member bare.o", found[1].Message);
    }

    [Fact]
    public void Levels_change_severities_and_leave_out()
    {
        _set.AddC("core", "a", "int leak(void) { return 0; } extern int minios_gone(void); int minios_f(void) { return minios_gone(); }");
        var settings = new ValidationSettings { Levels = FindingLevels.Parse("MINIOS1410=message;MINIOS1416=none") };
        Finding found = Assert.Single(new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub, settings).ValidateSet(_set.Archive()));
        Assert.Equal(("MINIOS1410", DiagnosticSeverity.Message), (found.Code, found.Severity));
        Assert.Equal([DiagnosticSeverity.Error, DiagnosticSeverity.Warning], Found().Select(f => f.Severity));
    }

    private static NamespaceValidator Validator() => new(BuiltInPolicy.Minios, LibcMode.Stub);

    private Finding[] Found() => [.. Validator().ValidateSet(_set.Archive())];

    private byte[] Cross(string target, string name, string source, string options)
    {
        string path = Path.Combine(_set.Folder, name + ".o"), file = Path.Combine(_set.Folder, name + ".c");
        File.WriteAllText(file, source);
        RealTool.Run(LlvmTool.Find("clang"), ["-target", target, .. options.Split(';'), "-ffreestanding", "-c", file, "-o", path]);
        return File.ReadAllBytes(path);
    }

    private static byte[] Made(string name, byte osAbi)
    {
        ElfWriter elf = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        int text = elf.AddSection(".text", ElfSectionType.ProgramBits, [0xC3], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        elf.AddSection(".note.GNU-stack", ElfSectionType.ProgramBits, []);
        elf.AddSymbol(name, ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text);
        byte[] bytes = elf.Write().Bytes;
        bytes[7] = osAbi; // e_ident[EI_OSABI]
        return bytes;
    }

    private static void Pass(string path, string note)
    {
        byte[] data = File.ReadAllBytes(path);
        ElfRewrite rewrite = ElfSymbolRewriter.Prepare(ElfFile.Parse(data), data, [], System.Text.Encoding.UTF8.GetBytes(note));
        byte[] passed = new byte[rewrite.Size];
        rewrite.WriteTo(passed);
        File.WriteAllBytes(path, passed);
    }
}
