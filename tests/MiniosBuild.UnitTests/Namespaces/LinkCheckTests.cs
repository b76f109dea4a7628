using MiniosBuild.Namespaces;
using MiniosBuild.ObjectFormats.Elf;
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
            _link.Told(_link.Check(input => input with { Hints = name => name == "frobnicate" ? ["Provider x has it."] : [] }), "MINIOS1620"));
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
    [InlineData("quux", "Add the library that defines it, or define it.")]
    public void Hints_know_old_spellings_compilers_and_neighbours(string name, string hint)
    {
        _link.Guest("main", $"void {name}(void); void _start(void) {{ {name}(); }}")
            .Archive(LinkParty.Framework, "core", ("sched", "void minios_create_thread(void) {}")).Archive(LinkParty.Framework, "blkfront", ("blk", "void blkfront_init(void) {}"));
        Assert.Contains(hint, _link.Told(_link.Check(), "MINIOS1620").Single());
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
