using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What a user is told of a link before it is made: with the line of the source, and what to do.</summary>
public sealed class LinkCheckTests : IDisposable
{
    private readonly LinkFolder _link = new();

    public void Dispose() => _link.Dispose();

    [Fact]
    public void A_missing_name_says_who_needs_it_and_what_could_give_it()
    {
        _link.Guest("main", "void frobnicate(void);\nvoid _start(void)\n{\n\tfrobnicate();\n}\n")
            .Guest("two", "void frobnicate(void);\nvoid two(void) { frobnicate(); }")
            .Guest("three", "void frobnicate(void);\nvoid three(void) { frobnicate(); }");
        Assert.Equal(
            ["main.c(4): error MINIOS1620: main.o: \"frobnicate\" is needed here (and in two.o, three.o) and nothing in the link gives it. Provider x has it."],
            _link.Told(_link.Check(input => input with { Hints = missing => missing.Name == "frobnicate" ? ["Provider x has it."] : [] }), "MINIOS1620"));
    }

    [Theory]
    [InlineData("malloc", "It is a name of ISO C or POSIX: choose a libc")]
    [InlineData("__udivti3", "their run-time library has it")]
    [InlineData("create_thread", "calls it \"minios_create_thread\": include mini-os/compat.h")]
    [InlineData("init_blkfront", "calls it \"blkfront_init\"")]
    [InlineData("minios_creat_thread", "Did you mean \"minios_create_thread\" of the library core?")]
    [InlineData("__dso_handle", "Compilers of C++ refer to it by themselves")]
    [InlineData("__cxa_atexit", "Compilers of C++ refer to it by themselves")]
    [InlineData("_Znwm", "and define it.")]
    [InlineData("__muldf3", "MiniosFloatingPoint")]
    [InlineData("quux", "Add the library that defines it, or define it.")]
    public void Hints_know_old_spellings_compilers_and_neighbours(string name, string hint)
    {
        _link.Guest("main", $"void {name}(void); void _start(void) {{ {name}(); }}")
            .Archive(LinkParty.Framework, "core", ("sched", "void minios_create_thread(void) {}")).Archive(LinkParty.Framework, "blkfront", ("blk", "void blkfront_init(void) {}"));
        Assert.Contains(hint, _link.Told(_link.Check(), "MINIOS1620").Single());
    }

    [Theory]
    [InlineData("create_thread", "libold.a(old.o) was not compiled here and says the old name of \"minios_create_thread\": name the file under MiniosAdopt")]
    [InlineData("lonely", "libminios-core.a(sched.o) keeps the name to itself: name the file under MiniosAdopt")]
    public void An_archive_that_was_not_compiled_here_is_told_to_be_adopted_and_nothing_of_its_source(string name, string hint)
    {
        _link.Guest("main", "void f(void); void minios_create_thread(void); void _start(void) { f(); minios_create_thread(); }")
            .Archive(LinkParty.Guest, "old", ("old", $"void {name}(void); void f(void) {{ {name}(); }}"))
            .Archive(LinkParty.Framework, "minios-core", ("sched", "void minios_create_thread(void) {} static __attribute__((used)) void lonely(void) {}"));
        string told = _link.Told(_link.Check(input => input with
        {
            Inputs = [.. input.Inputs.Select(file => file.Library == "old" ? file with { Origin = LinkOrigin.Elsewhere } : file)],
        }), "MINIOS1620").Single();

        Assert.Contains(hint, told);
        Assert.DoesNotContain("compat.h", told);
    }

    [Fact]
    public void A_hint_names_the_object_that_keeps_what_is_missing_to_itself()
    {
        _link.Guest("main", "void helper(void); void _start(void) { helper(); }")
            .Guest("other", "static __attribute__((used)) void helper(void) {}");
        Assert.Contains("other.o has one that is static", _link.Told(_link.Check(), "MINIOS1620").Single());
    }

    [Fact]
    public void Options_that_let_names_be_missing_lower_the_level()
    {
        _link.Guest("main", "void f(void); void _start(void) { f(); }");
        DiagnosticSeverity Of(params string[] options) =>
            _link.Check(input => input with { Options = LinkerOptions.Parse(options) }).Findings.Single(f => f.Code == "MINIOS1620").Severity;
        Assert.Equal(DiagnosticSeverity.Error, Of());
        Assert.Equal(DiagnosticSeverity.Warning, Of("--gc-sections"));
        Assert.Equal(DiagnosticSeverity.Message, Of("--unresolved-symbols=ignore-all"));
    }

    [Fact]
    public void A_duplicate_names_both_places()
    {
        _link.Guest("main", "void f(void);\nvoid g(void) {}\nvoid _start(void) { f(); g(); }").Archive(LinkParty.Libc, "c", ("f", "void f(void) {}\n\nvoid g(void) {}"));
        string[] told = _link.Told(_link.Check(), "MINIOS1630");
        Assert.StartsWith("main.c(2): error MINIOS1630: main.o: \"g\" is defined here and in libc.a(f.o) at f.c(3); the link takes both and fails.", told.Single());
        Assert.EndsWith("With MiniosLibc private every name of C is the guest's own.", told.Single());
    }

    [Fact]
    public void A_duplicate_of_two_guest_objects_is_told_at_the_second()
    {
        _link.Guest("main", "void g(void) {}\nvoid _start(void) {}").Guest("more", "\nvoid g(void) {}");
        string told = _link.Told(_link.Check(), "MINIOS1630").Single();
        Assert.StartsWith("more.c(2): error MINIOS1630: more.o: \"g\" is defined here and in main.o at main.c(1);", told);
        Assert.DoesNotContain("MiniosLibc", told);
    }

    [Theory]
    [InlineData("int main(void) { return 0; }", "main.c(1): warning MINIOS1636: main.o: \"main\" is defined here, but a guest starts at \"app_main\"")]
    [InlineData("int other(void) { return 0; }", "kernel.c(1): warning MINIOS1636: libcore.a(kernel.o): nothing of the guest that is linked defines \"app_main\"")]
    [InlineData("int main(void) { return 0; }\nvoid app_main(void) { main(); }", null)]
    public void A_guest_without_a_start_is_told(string source, string? expected)
    {
        _link.Guest("main", source + "\nvoid start_kernel(void); void _start(void) { start_kernel(); }")
            .Archive(LinkParty.Framework, "core", ("kernel", "__attribute__((weak)) void app_main(void) {} void start_kernel(void) { app_main(); }"));
        string[] told = _link.Told(_link.Check(input => input with { Start = "app_main" }), "MINIOS1636");
        Assert.Equal(expected is null ? 0 : 1, told.Length);
        Assert.All(told, line => Assert.StartsWith(expected!, line));
        Assert.Empty(_link.Told(_link.Check(), "MINIOS1636"));
    }

    [Fact]
    public void A_libc_function_that_the_guest_has_too_is_told_once_a_member()
    {
        _link.Guest("main", "void free(void *p) {}\nvoid *malloc(long n) { return 0; }\nvoid _start(void) { free(malloc(1)); }")
            .Archive(LinkParty.Libc, "c", ("malloc", "void *malloc(long n) { return 0; } void free(void *p) {}"), ("other", "void other(void) {}"));
        string told = _link.Told(_link.Check(), "MINIOS1631").Single();
        Assert.Contains("libc.a(malloc.o)", told);
        Assert.Contains("and 1 more name: main.o at main.c(", told);
        Assert.EndsWith("serves everyone, the C library too.", told);
    }

    [Fact]
    public void A_hook_that_the_guest_defines_weakly_is_decided_by_order()
    {
        _link.Guest("main", "void app_main(void) __attribute__((weak)); void app_main(void) {} void start_kernel(void); void _start(void) { start_kernel(); }")
            .Archive(LinkParty.Framework, "core", ("kernel", "__attribute__((weak)) void app_main(void) {} void start_kernel(void) { app_main(); }"));
        Assert.Contains("the hook \"app_main\" is defined weakly here and in main.o", _link.Told(_link.Check(), "MINIOS1632").Single());
    }

    [Fact]
    public void A_hook_that_the_guest_defines_is_as_it_should_be() => Assert.Empty(
        _link.Guest("main", "void app_main(void) {} void start_kernel(void); void _start(void) { start_kernel(); }")
            .Archive(LinkParty.Framework, "core", ("kernel", "__attribute__((weak)) void app_main(void) {} void start_kernel(void) { app_main(); }")).Check().Findings);

    [Fact]
    public void Common_symbols_of_different_size_are_told()
    {
        _link.Guest("main", "int state; void _start(void) { state = 1; }", "-fcommon").Guest("two", "long state[4]; void two(void) { state[0] = 1; }", "-fcommon");
        Assert.Contains("has 4 bytes here and 32 in two.o", _link.Told(_link.Check(), "MINIOS1633").Single());
        using var same = new LinkFolder();
        Assert.Empty(same.Guest("main", "int state; void _start(void) { state = 1; }", "-fcommon").Guest("two", "int state; void two(void) { state = 1; }", "-fcommon").Check().Findings);
    }

    [Fact]
    public void Copies_of_a_group_with_different_sizes_are_told()
    {
        static string Copy(string more) => $"asm(\".section .text.k,\\\"axG\\\",@progbits,k,comdat\\n.weak k\\n.type k,@function\\nk: {more} ret\\n.size k, . - k\\n.text\");";
        _link.Guest("main", Copy("") + "void k(void); void _start(void) { k(); }").Guest("two", Copy("nop;"));
        Assert.Contains("\"k\" has 2 bytes here and 1 in main.o", _link.Told(_link.Check(), "MINIOS1634").Single());
    }

    [Fact]
    public void System_calls_of_members_that_are_taken_are_errors_and_of_others_nothing()
    {
        _link.Guest("main", "long sys_write(void); void _start(void) { sys_write(); }").Archive(
            LinkParty.Libc, "c",
            ("write", "long sys_write(void)\n{\n\tlong r;\n\tasm volatile(\"syscall\" : \"=a\"(r));\n\tasm volatile(\"int $0x80\" : \"+a\"(r));\n\treturn r;\n}"),
            ("read", "long sys_read(void) { asm volatile(\"syscall\"); return 0; }"));
        LinkCheckResult result = _link.Check();
        Assert.StartsWith("write.c(4): error MINIOS1640: libc.a(write.o): \"syscall\" at sys_write+0x0 (and 1 more) calls an operating system", _link.Told(result, "MINIOS1640").Single());
        Assert.Equal("sys_write", result.Findings.Single().Symbol);
        Assert.Empty(_link.Check(input => input with { ScansCode = false }).Findings);
    }

    [Fact]
    public void The_stack_protector_is_told_with_its_option()
    {
        _link.Guest("main", "void fill(char *); void __stack_chk_fail(void) {} void _start(void) { char a[64]; fill(a); } void fill(char *p) { p[0] = 1; }", "-fstack-protector-all", "-fno-inline");
        Assert.Contains("compile it with -fno-stack-protector.", _link.Told(_link.Check(), "MINIOS1641").Single());
    }

    [Fact]
    public void The_red_zone_is_told_at_its_line()
    {
        _link.Guest("main", "void _start(void)\n{\n\tvolatile int x = 1;\n\tx = 2;\n}\n", "-mred-zone", "-O1");
        Assert.StartsWith("main.c(3): warning MINIOS1642: main.o: \"mov", _link.Told(_link.Check(), "MINIOS1642").Single());
    }

    [Fact]
    public void A_thread_local_variable_is_an_error_once_an_object()
    {
        _link.Guest("main", "__thread int a, b; int *_start(void) { return &a; }");
        string told = _link.Told(_link.Check(), "MINIOS1643").Single();
        Assert.Contains("(and 1 more) is thread-local", told);
        Assert.Contains("main.c(1): error", told);
    }

    [Theory]
    [InlineData("-m64", "elf_x86_64", "__tls_get_addr")]
    [InlineData("-m64 -fno-plt", "elf_x86_64", "__tls_get_addr")]
    [InlineData("-m32", "elf_i386", "___tls_get_addr")]
    public void The_call_of_thread_local_code_is_not_missed(string flags, string emulation, string call)
    {
        _link.Guest("main", "extern __thread int a; static __thread int b, c; int *_start(void) { return &a + (long)&b + (long)&c; }", ["-fPIC", "-O1", .. flags.Split(' ')])
            .Guest("a", "__thread int a;", ["-fPIC", .. flags.Split(' ')]);
        string made = _link.Inputs[0].Path;
        Assert.Contains(call, RealTool.Run("nm", made));
        RealTool.Run("ld", ["-m", emulation, "-static", "-o", made + ".image", .. _link.Inputs.Select(input => input.Path)]);
        Assert.Empty(_link.Forecast().Missing);
        Assert.Equal(["MINIOS1643", "MINIOS1643"], _link.Check().Findings.Where(f => f.Severity == DiagnosticSeverity.Error).Select(f => f.Code));
    }

    [Fact]
    public void A_call_that_nothing_thread_local_makes_is_missed()
    {
        _link.Guest("main", "void *__tls_get_addr(void *); void _start(void) { __tls_get_addr(0); }", "-fPIC");
        (_, string errors) = RealTool.TryRun("ld", ["-static", "-o", _link.Inputs[0].Path + ".image", _link.Inputs[0].Path], _ => { });
        Assert.Contains("undefined reference to `__tls_get_addr'", errors);
        Assert.Equal("MINIOS1620", _link.Check().Findings.Single().Code);
    }

    [Fact]
    public void A_call_of_code_that_is_told_to_be_thread_local_is_not_told_as_missing_too()
    {
        // As on machines where the linker does not replace it.
        _link.Guest("main", "__thread int a; void *__tls_get_addr(void *); void *_start(void) { return __tls_get_addr(&a); }");
        Assert.Equal("MINIOS1643", _link.Check().Findings.Single(f => f.Severity == DiagnosticSeverity.Error).Code);
        Assert.Contains(_link.Check(input => input with { Levels = FindingLevels.Parse("MINIOS1643=none") }).Findings, f => f.Code == "MINIOS1620");
    }

    [Theory]
    [InlineData("!<arch>\nshort", true)]
    [InlineData("\u007fELF", true)]
    [InlineData("not an object", true)]
    [InlineData("/* an empty script */", false)]
    public void What_a_file_may_give_that_cannot_be_read_is_no_error(string text, bool isLost)
    {
        _link.Guest("main", "void f(void); void g(void); void h(void) __attribute__((weak)); void _start(void) { f(); if (h) h(); g(); }");
        var bad = new LinkInput(LinkParty.Libc, "libc", "libbad.a", System.Text.Encoding.Latin1.GetBytes(text));
        Finding[] findings = [.. _link.Check(input => input with { Inputs = [.. input.Inputs, bad] }).Findings.Where(f => f.Code is "MINIOS1620" or "MINIOS1621")];
        if (!isLost)
        {
            Assert.Equal(["f", "g"], findings.Where(f => f.Severity == DiagnosticSeverity.Error).Select(f => f.Symbol));
            return;
        }

        Finding note = Assert.Single(findings);
        Assert.Equal(("f", DiagnosticSeverity.Message), (note.Symbol, note.Severity));
        Assert.Contains("libbad.a could not be read and may. The same goes for \"g\".", note.Message);
    }

    [Fact]
    public void An_absent_file_and_a_damaged_member_may_give_names_too()
    {
        _link.Guest("main", "void f(void); void _start(void) { f(); }");
        Assert.Contains("-lgone could not be read", _link.Check(input => input with { Absent = "-lgone" }).Findings.Single(f => f.Severity == DiagnosticSeverity.Message).Message);
        byte[] archive = new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow }.Add("bad.o", "\u007fELF"u8.ToArray(), "f").Write().Bytes;
        Finding[] findings = [.. _link.Check(input => input with { Inputs = [.. input.Inputs, new LinkInput(LinkParty.Libc, "libc", "libc.a", archive)] }).Findings];
        Assert.StartsWith("MINIOS20", Assert.Single(findings, f => f.Severity == DiagnosticSeverity.Error).Code);
    }

    [Fact]
    public void An_archive_without_an_index_hides_no_name()
    {
        _link.Guest("main", "void g(void); void _start(void) { g(); }").Archive(LinkParty.Libc, "c", ("f", "void f(void) {}"));
        string archive = _link.Inputs[1].Path;
        string member = Path.Combine(_link.Path, "f.o");
        File.Delete(archive);
        RealTool.Run("ar", ["rcSD", archive, member]);
        Finding[] findings = [.. _link.Check(input => input with { Inputs = [input.Inputs[0], input.Inputs[1] with { Data = File.ReadAllBytes(archive) }] }).Findings];
        Assert.Equal(["MINIOS1417", "MINIOS1620"], findings.Where(f => f.Severity == DiagnosticSeverity.Error).Select(f => f.Code));
    }

    [Fact]
    public void A_function_that_a_resolver_chooses_is_an_error_once_an_object_that_is_linked()
    {
        const string Chosen = "static int one(void) { return 1; }\nstatic int (*pick(void))(void) { return one; }\n";
        _link.Guest("main", Chosen + "int f(void) __attribute__((ifunc(\"pick\")));\nint g(void) __attribute__((ifunc(\"pick\")));\nint _start(void) { return f() + g(); }")
            .Archive(LinkParty.Libc, "c", ("unused", Chosen + "int h(void) __attribute__((ifunc(\"pick\")));"));
        string told = _link.Told(_link.Check(), "MINIOS1645").Single();
        Assert.Contains("main.c(2): error MINIOS1645: main.o: ", told);
        Assert.Contains(" (and 1 more) is chosen at the start", told);
    }

    [Fact]
    public void Another_machine_is_told_once()
    {
        byte[] other = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Machine = ElfMachine.AArch64 }.Write().Bytes;
        LinkInput[] inputs = [new(LinkParty.Guest, "guest", "a.o", other), new(LinkParty.Guest, "guest", "b.o", other)];
        Finding finding = LinkCheck.Run(new LinkCheckInput(inputs, BuiltInPolicy.Minios)).Findings.Single();
        Assert.Equal(("MINIOS1644", DiagnosticSeverity.Message), (finding.Code, finding.Severity));
    }

    [Fact]
    public void Levels_and_baselines_hold()
    {
        _link.Guest("main", "void f(void); void _start(void) { f(); }");
        Assert.Empty(_link.Check(input => input with { Levels = FindingLevels.Parse("MINIOS1620=none") }).Findings);
        IReadOnlyList<Finding> findings = _link.Check().Findings;
        Assert.Equal("MINIOS1620 guest main.o f", BaselineEntry.Of(findings.Single()).ToString());
        Assert.Empty(Baseline.Parse(Baseline.Write(findings), "b.txt").Apply(findings).Remaining);
    }

    [Fact]
    public void A_script_says_which_of_the_linkers_names_there_are()
    {
        _link.Guest("main", "extern char _end[], _edata[]; char *_start(void) { return _end + (long)_edata; }");
        Assert.Empty(_link.Check().Findings);
        Assert.Equal("_edata", _link.Check(input => input with { Script = "SECTIONS { .text : { *(.text) } _end = .; }" }).Findings.Single().Symbol);
    }

    [Fact]
    public void The_summary_counts_members_and_code()
    {
        _link.Guest("main", "void f(void); void _start(void) { f(); }").Archive(LinkParty.Libc, "c", ("f", "void f(void) {}"), ("g", "void g(void) {}"));
        LinkedLibrary[] libraries = [.. _link.Check().Libraries];
        Assert.Equal([("guest", 1, 1), ("c", 1, 2)], libraries.Select(l => (l.Library, l.Taken, l.Of)));
        Assert.Equal(1UL, libraries[1].CodeBytes);
    }

    [Fact]
    public void The_same_link_tells_the_same()
    {
        _link.Guest("main", "void f(void); void g(void); void h(void); void _start(void) { h(); g(); f(); }").Guest("two", "void g(void); void two(void) { g(); }");
        LinkCheckResult once = _link.Check(), twice = _link.Check();
        Assert.Equal(once.Findings, twice.Findings);
        Assert.Equal(["h", "g", "f"], once.Findings.Select(f => f.Symbol));
    }
}
