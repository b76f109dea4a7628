using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class ValidatorTests : IDisposable
{
    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("int leak(void) { return 0; }", "MINIOS1410", "function \"leak\" (global)", "rule 8")]
    [InlineData("__attribute__((weak)) int leak(void) { return 0; }", "MINIOS1410", "function \"leak\" (weak)", "rule 8")]
    [InlineData("__attribute__((visibility(\"hidden\"))) int leak(void) { return 0; }", "MINIOS1410", "function \"leak\"", "rule 8")]
    [InlineData("int leak = 1;", "MINIOS1410", "data \"leak\" (global)", "rule 7")]
    [InlineData("__thread int leak = 1;", "MINIOS1410", "tls \"leak\"", "rule 7")]
    [InlineData("static int f(void) { return 0; } static int (*c(void))(void) { return f; } int leak(void) __attribute__((ifunc(\"c\")));", "MINIOS1410", "ifunc \"leak\"", "rule 8")]
    [InlineData("int init_blkfront(void) { return 0; }", "MINIOS1410", "function \"init_blkfront\"", "rule 4 renames it to \"blkfront_init\"")]
    [InlineData("int blkfront_io(void) { return 0; }", "MINIOS1410", "function \"blkfront_io\"", "rule 8")]
    [InlineData("void *malloc(unsigned long n) { return 0; }", "MINIOS1410", "function \"malloc\"", "rule 8")]
    [InlineData("void app_main(void) {}", "MINIOS1412", "function \"app_main\" (global) is a hook, but not weak", "rule 2")]
    public void A_name_outside_the_policy_is_told_with_all_that_is_known(string source, string code, string what, string rule)
    {
        _set.AddC("core", "member", source);
        ValidatedFile archive = _set.Archive().Single();
        Diagnostic found = new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub).ValidateArchive(archive.Library, archive.Path, archive.Data).Single().ToDiagnostic();
        Assert.Equal((code, DiagnosticSeverity.Error, archive.Path), (found.Code, found.Severity, found.File));
        Assert.StartsWith("member member.o: ", found.Message);
        Assert.Contains(what, found.Message);
        Assert.Contains(rule, found.Message);
    }

    [Fact]
    public void Common_symbols_are_errors_even_inside_the_namespace()
    {
        _set.AddC("core", "a", "int _minios_common;", "-fcommon");
        Assert.Equal(["MINIOS1414"], Archives(BuiltInPolicy.Minios).Select(found => found.Code));
    }

    [Theory]
    [InlineData(LibcMode.Stub, "strlen", false)]
    [InlineData(LibcMode.Stub, "reallocarray", false)]
    [InlineData(LibcMode.Stub, "memcpy", false)]
    [InlineData(LibcMode.Stub, "print_number", true)]
    [InlineData(LibcMode.Stub, "_minios_print_number", false)]
    [InlineData(LibcMode.Private, "strlen", true)]
    [InlineData(LibcMode.Private, "memcpy", true)]
    [InlineData(LibcMode.Private, "__udivdi3", false)]
    [InlineData(LibcMode.Private, "_minios_strlen", false)]
    public void A_libc_archive_has_C_names_or_internal_ones(LibcMode libc, string name, bool isError)
    {
        Finding[] found = [.. new NamespaceValidator(BuiltInPolicy.Minios, libc).ValidateObject("libc", "a.o", Function(name))];
        Assert.Equal(isError ? ["MINIOS1411"] : [], found.Select(error => error.Code));
    }

    [Fact]
    public void A_strict_policy_wants_drivers_under_its_prefix()
    {
        var validator = new NamespaceValidator(BuiltInPolicy.Strict, LibcMode.Stub);
        Assert.Contains("rule 6", validator.ValidateObject("blkfront", "a.o", Function("blkfront_io")).Single().Message);
        Assert.Empty(validator.ValidateObject("blkfront", "a.o", Function("minios_blkfront_io")));
        Assert.Equal("MINIOS1410", validator.ValidateObject("blkfront", "a.o", Function("blkfront_init")).Single().Code);
    }

    /// <summary>Traps 14 and 15.</summary>
    [Theory]
    [InlineData("__x86_get_pc_thunk.bx")]
    [InlineData("__aarch64_cas4_relax")]
    [InlineData("__start_tests")]
    [InlineData("_erodata")]
    [InlineData("HYPERVISOR_shared_info")]
    public void Names_of_tools_and_kept_names_are_permitted(string name) =>
        Assert.Empty(new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub).ValidateObject("core", "a.o", Function(name)));

    /// <summary>Trap 16.</summary>
    [Fact]
    public void A_hook_that_became_local_is_an_error()
    {
        string path = _set.AddC("core", "a", "__attribute__((weak)) int app_main(void) { return 0; } int minios_f(void) { return app_main(); }");
        RealTool.Run("objcopy", "--localize-symbol=app_main", path);
        Diagnostic found = Set(BuiltInPolicy.Minios).Single();
        Assert.Equal("MINIOS1413", found.Code);
        Assert.Contains("\"app_main\" is local here and global nowhere", found.Message);
    }

    [Fact]
    public void A_name_of_C_that_another_library_has_for_itself_is_not_hidden()
    {
        _set.AddC("core", "a", "extern void *realloc(void *, unsigned long); void *minios_f(void *p) { return realloc(p, 1); }");
        _set.AddC("console", "b", "static int log; static __attribute__((noinline)) void *realloc(void *p, unsigned long n) { log += n; return p; } void *minios_g(void *p) { return realloc(p, 1); }");
        Assert.Empty(Set(BuiltInPolicy.Minios));
    }

    [Fact]
    public void A_weak_reference_whose_target_was_hidden_is_an_error()
    {
        string owner = _set.AddC("core", "a", "int _minios_optional(void) { return 0; }");
        _set.AddC("core", "b", "extern int _minios_optional(void) __attribute__((weak)); int minios_f(void) { return _minios_optional ? 1 : 0; }");
        RealTool.Run("objcopy", "--localize-symbol=_minios_optional", owner);
        Diagnostic found = Set(BuiltInPolicy.Minios).Single();
        Assert.Equal("MINIOS1413", found.Code);
        Assert.StartsWith("member b.o: \"_minios_optional\"", found.Message);
        Assert.Contains("silently becomes 0", found.Message);
    }

    [Fact]
    public void References_that_nothing_defines_are_warnings()
    {
        _set.AddC("core", "a", """
            extern int old_name(void), strcmp(void), app_main(void), _minios_gone(void); extern char _end[]; extern int maybe(void) __attribute__((weak));
            int minios_f(void) { return old_name() + strcmp() + app_main() + _minios_gone() + _end[0] + (maybe ? 1 : 0); }
            """);
        Assert.Equal(
            [("MINIOS1416", "_minios_gone"), ("MINIOS1428", "app_main"), ("MINIOS1426", "maybe"), ("MINIOS1416", "old_name")],
            Set(BuiltInPolicy.Minios).Select(found => (found.Code, found.Message.Split('"')[1])));
    }

    [Fact]
    public void A_name_that_two_archives_define_is_an_error()
    {
        _set.AddC("console", "a", "int minios_f(void) { return 0; }");
        _set.AddC("core", "b", "int minios_f(void) { return 1; } __attribute__((weak)) int minios_w(void) { return 0; }");
        _set.AddC("core", "c", "int minios_w(void) { return 1; }");
        Diagnostic found = Set(BuiltInPolicy.Minios).Single();
        Assert.Equal("MINIOS1420", found.Code);
        Assert.EndsWith("libminios-core.a", found.File);
        Assert.Contains("libminios-console.a(a.o)", found.Message);
    }

    [Fact]
    public void A_policy_that_hides_reports_what_should_have_been_hidden()
    {
        _set.AddC("core", "a", "int leftover(void) { return 0; } int used(void) { return 0; } int declared(void) { return 0; } int spare = 1;");
        _set.AddC("core", "b", "extern int used(void); int minios_f(void) { return used(); }");
        Diagnostic[] found = [.. Set(BuiltInPolicy.HideOnly, _set.Declare("int declared(void); int minios_f(void);"))];
        Assert.Equal([("MINIOS1415", "leftover"), ("MINIOS1415", "spare")], found.Select(error => (error.Code, error.Message.Split('"')[1])));
        Assert.Empty(Set(BuiltInPolicy.HideOnly));
    }

    /// <summary>Traps 9 and 10, and what else is in an archive by mistake.</summary>
    [Fact]
    public void Members_that_no_link_could_take_are_errors()
    {
        byte[] whole = Function("minios_f");
        byte[] lto = File.ReadAllBytes(_set.AddC("core", "lto", "int minios_l(void) { return 0; }", "-flto", "-fno-fat-lto-objects"));
        byte[] archive = new ArWriter(ArVariant.Gnu)
            .Add("good.o", whole)
            .Add("foreign.o", new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Machine = ElfMachine.AArch64 }.Write().Bytes)
            .Add("short.o", whole[..40])
            .Add("text.txt", "hello"u8.ToArray())
            .Add("nested.a", "!<arch>\n"u8.ToArray())
            .Add("lto.o", lto)
            .Add("image", new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Type = ElfType.Executable }.Write().Bytes)
            .Write().Bytes;
        Diagnostic[] found = [.. new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub).ValidateArchive("core", "x.a", archive).Select(error => error.ToDiagnostic())];
        Assert.Equal(
            [("MINIOS1418", "foreign.o"), ("MINIOS20", "short.o"), ("MINIOS1417", "text.txt"), ("MINIOS1417", "nested.a"), ("MINIOS1419", "lto.o"), ("MINIOS1417", "image")],
            found.Select(error => (error.Code.StartsWith("MINIOS20", StringComparison.Ordinal) ? "MINIOS20" : error.Code, error.Message.Split(' ')[1].TrimEnd(':'))));
        Assert.Contains("x.a(good.o) is for X86_64", found[0].Message);
    }

    [Fact]
    public void Archives_that_cannot_be_read_or_shipped_are_errors()
    {
        var validator = new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub);
        byte[] thin = new ArWriter(ArVariant.Gnu) { IsThin = true }.Add("a.o", [1, 2]).Write().Bytes;
        byte[] whole = new ArWriter(ArVariant.Gnu).Add("a.o", Function("minios_f")).Write().Bytes;
        Assert.Equal("MINIOS1417", validator.ValidateArchive("core", "x.a", thin).Single().Code);
        Assert.Equal("MINIOS1417", validator.ValidateArchive("core", "x.a", "x"u8.ToArray()).Single().Code);
        Finding truncated = validator.ValidateArchive("core", "x.a", whole.AsMemory(0, whole.Length / 2)).Single();
        Assert.StartsWith("MINIOS21", truncated.Code);
        Assert.Equal("x.a", truncated.File);
    }

    [Fact]
    public void Members_of_one_name_are_told_apart_by_their_offset()
    {
        byte[] archive = new ArWriter(ArVariant.Gnu).Add("a.o", Function("minios_f")).Add("a.o", Function("leak")).Write().Bytes;
        Assert.Contains("member a.o at offset 0x", new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub).ValidateArchive("core", "x.a", archive).Single().ToDiagnostic().Message);
    }

    [Fact]
    public void Archives_of_two_machines_make_no_set()
    {
        byte[] odd = new ElfWriter(ElfClass.Elf32, ElfByteOrder.LittleEndian) { Machine = ElfMachine.Arm }.Write().Bytes;
        Finding found = new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub)
            .ValidateSet([new("core", "a.o", Function("minios_f")), new("libc", "b.o", odd)]).Single();
        Assert.Equal(("MINIOS1418", "b.o"), (found.Code, found.File));
    }

    [Fact]
    public void A_header_that_declares_a_name_outside_the_policy_is_an_error_at_its_line()
    {
        PublicDeclarations staged = _set.Declare("\nint minios_f(void);\nint leak(void);\nextern int spare;\nextern int _minios_v; int blkfront_io(void); int app_main(void *); unsigned long strlen(const char *);");
        Diagnostic[] found = [.. new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub).ValidateHeaders(staged).Select(error => error.ToDiagnostic())];
        Assert.Equal([("MINIOS1501", 3), ("MINIOS1502", 4)], found.Select(error => (error.Code, error.Line)));
        Assert.All(found, error => Assert.EndsWith("public.h", error.File));
    }

    private IEnumerable<Finding> Archives(NamespacePolicy policy) =>
        _set.Archive().SelectMany(archive => new NamespaceValidator(policy, LibcMode.Stub).ValidateArchive(archive.Library, archive.Path, archive.Data));

    private IReadOnlyList<Diagnostic> Set(NamespacePolicy policy, PublicDeclarations? staged = null) =>
        [.. new NamespaceValidator(policy, LibcMode.Stub).ValidateSet(_set.Archive(), staged).Select(found => found.ToDiagnostic())];

    private static byte[] Function(string name)
    {
        ElfWriter elf = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        int text = elf.AddSection(".text", ElfSectionType.ProgramBits, [0xC3], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        elf.AddSection(".note.GNU-stack", ElfSectionType.ProgramBits, []);
        elf.AddSymbol(name, ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text);
        return elf.Write().Bytes;
    }
}
