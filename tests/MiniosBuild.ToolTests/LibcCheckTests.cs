using System.Text.Json;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.ToolTests;

public sealed class LibcCheckTests : IDisposable
{
    private const string Musl = "/usr/lib/x86_64-linux-musl/libc.a";
    private const string Diet = "/usr/lib/x86_64-linux-gnu/diet/lib-x86_64/libc.a";
    private const string Klibc = "/usr/lib/klibc/lib/libc.a";

    private readonly SmallLibrary _library = new();

    public void Dispose() => _library.Dispose();

    [Theory]
    [InlineData(Musl, "malloc.lo", "MINIOS1640")] // gets its memory from Linux itself
    [InlineData(Musl, "__errno_location.lo", "MINIOS1641")] // errno is behind the thread pointer
    [InlineData(Diet, "unified.o", "MINIOS1640")] // the one place of all system calls
    [InlineData(Klibc, "syscall.o", "MINIOS1640")]
    public void A_libc_for_Linux_would_not_do_and_the_members_that_need_Linux_are_named(string libc, string member, string code)
    {
        Minios.Result result = _library.Run("libc-check", libc).MustEndWith(1);

        Assert.Contains(result.Lines, line => line.StartsWith($"{libc}", StringComparison.Ordinal) && line.Contains($"{code}: member {member}", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith($"snprintf: {libc}(", StringComparison.Ordinal) && line.Contains("needed by core", StringComparison.Ordinal));
        Assert.Contains("minios libc-check: would not do: 18 of 18 names", result.Errors);
    }

    [Fact]
    public void A_libc_that_gives_all_would_do()
    {
        JsonElement needs = _library.Run("libc-check", Klibc, "--format", "json").MustEndWith(1).Json.GetProperty("needs");
        string[] names = [.. needs.EnumerateArray().Select(need => need.GetProperty("name").GetString()!)];
        Assert.Equal(18, names.Length);
        _library.Compile("all", string.Concat(names.Select(name => $"int {name}(void) {{ return 0; }}\n")), "-fno-builtin", "-w").Archive("all.a", "all");

        Minios.Result result = _library.Run("libc-check", "all.a", "--format", "json").MustEndWith(0);

        Assert.All(result.Json.GetProperty("needs").EnumerateArray(), need => Assert.Equal("all.a(all.o)", need.GetProperty("givenBy").GetString()));
        Assert.Contains(result.Json.GetProperty("libraries").EnumerateArray(), library => library.GetProperty("library").GetString() == "all" && library.GetProperty("taken").GetInt32() == 1);
    }

    [Fact]
    public void What_is_missing_is_an_error_for_each_name_and_what_the_framework_gives_is_not()
    {
        _library.Compile("some", "void *minios_alloc_pages(unsigned order); int gone(void); void *malloc(unsigned long size) { return gone() ? minios_alloc_pages(size >> 12) : 0; } void free(void *p) { (void)p; }\n", "-fno-builtin");
        _library.Archive("some.a", "some");

        Minios.Result result = _library.Run("libc-check", "some.a").MustEndWith(1);

        Assert.Equal(17, result.Lines.Count(line => line.Contains("error MINIOS1620", StringComparison.Ordinal)));
        Assert.Contains(result.Lines, line => line.StartsWith("some.c(1,", StringComparison.Ordinal) && line.Contains("error MINIOS1620", StringComparison.Ordinal) && line.Contains("\"gone\"", StringComparison.Ordinal));
        Assert.Contains("memcpy: missing; needed by blkfront, core, netfront, pcifront, xenbus", result.Lines);
        Assert.DoesNotContain(result.Lines, line => line.Contains("\"minios_alloc_pages\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_linker_script_among_the_archives_leads_to_its_files()
    {
        // As Debian's libm.a is one.
        _library.Compile("cosine", "double cosine(double x) { return x; }\n").Archive("libcosine-1.a", "cosine");
        _library.Write("libcosine.a", "/* GNU ld script */\nOUTPUT_FORMAT(elf64-x86-64)\nGROUP ( libcosine-1.a )\n");
        _library.Write("libbroken.a", "GROUP ( libcosine-2.a )\n");

        Minios.Result result = _library.Run("libc-check", Klibc, "libcosine.a", "--need", "cosine", "--need", "sine").MustEndWith(1);
        Assert.Contains("\"sine\"", result.Output);
        Assert.DoesNotContain("\"cosine\"", result.Output);
        Assert.Contains(_library.Run("libc-check", Klibc, "libbroken.a").MustEndWith(1).Lines, line => line.StartsWith("libbroken.a(1): error MINIOS1635", StringComparison.Ordinal));
    }

    [Fact]
    public void An_option_that_there_is_not_is_no_file_that_there_is_not() =>
        Assert.Contains("--jsn: error MINIOS1801: cannot read this input: there is no such file, and no such option", _library.Run("libc-check", Klibc, "--jsn").MustEndWith(2).Errors);

    [Fact]
    public void A_name_of_the_frameworks_is_no_libcs_to_define()
    {
        _library.Compile("twice", "void free(void *p) { (void)p; }\nvoid minios_wake(void) { }\n", "-fno-builtin").Archive("twice.a", "twice");

        Assert.Contains("MINIOS1630", _library.Run("libc-check", "twice.a", "--nowarn", "MINIOS1620").MustEndWith(1).Output);
    }

    [Fact]
    public void What_a_guest_needs_counts_too()
    {
        _library.Compile("guest", "int qsort_r(void); int app_main(void) { return qsort_r(); }\n", "-fno-builtin");

        Assert.DoesNotContain("qsort", _library.Run("libc-check", Klibc).Output);
        Assert.Contains(_library.Run("libc-check", Klibc, "--guest", "guest.o").MustEndWith(1).Lines, line => line.StartsWith("guest.c(1,", StringComparison.Ordinal) && line.Contains("error MINIOS1620", StringComparison.Ordinal) && line.Contains("qsort_r", StringComparison.Ordinal));
        Assert.Contains("\"nothing_like_it\"", _library.Run("libc-check", Klibc, "--need", "nothing_like_it").MustEndWith(1).Output);
    }

    [Fact]
    public void All_members_are_looked_at_when_they_are_asked_for()
    {
        Assert.DoesNotContain("fork.o", _library.Run("libc-check", Klibc).Output);
        Assert.Contains("fork.o", _library.Run("libc-check", Klibc, "--all").MustEndWith(1).Output);
    }

    [Fact]
    public void A_libc_of_another_machine_is_damage()
    {
        RealTool.Run("clang", "--target=aarch64-linux-gnu", "-c", "-ffreestanding", "-o", _library.Folder + "/arm.o", _library.Write("arm.c", "void free(void *p) { (void)p; }\n"));
        RealTool.Run("llvm-ar", "rcs", _library.Folder + "/arm.a", _library.Folder + "/arm.o");

        Assert.Contains("arm.a: error MINIOS1418: member arm.o: for AArch64, but the framework is for x86_64", _library.Run("libc-check", "arm.a").MustEndWith(1).Output);
    }

    [Theory]
    [InlineData("stub", "libc", false)] // the archive is in its place
    [InlineData("private", "libc", true)] // the framework's own, under names of its own
    [InlineData("private", "c", false)] // that of a provider
    public void The_libc_that_a_set_was_made_with_does_not_answer_for_another(string mode, string library, bool isGiven)
    {
        string name = mode == "stub" ? "memcpy" : "_minios_memcpy";
        _library.Compile("core", $"void {name}(void); void minios_start(void); void minios_start(void) {{ {name}(); }}\n", "-fno-builtin");
        _library.Compile("set", $"void {name}(void); void gone(void); void {name}(void) {{ {(isGiven ? "" : "gone();")} }}\n", "-fno-builtin");
        var contract = LibcContract.Compute(
            [Part(LinkParty.Framework, "core", "core.o"), Part(LinkParty.Libc, library, "set.o")],
            NamespacePolicy.Load(Path.Combine(Repository.Root, "build", "policies", "minios.json")), mode == "stub" ? LibcMode.Stub : LibcMode.Private, "x86_64");
        _library.Write("contract.json", contract.ToJson());
        _library.Compile("other", "int other;\n").Archive("other.a", "other");

        Minios.Result result = _library.Run("libc-check", "other.a", "--contract", "contract.json").MustEndWith(isGiven ? 0 : 1);

        Assert.DoesNotContain("gone", result.Output);
        Assert.Equal(!isGiven, result.Lines.Any(line => line.StartsWith($"{name}: missing; needed by core", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_damaged_contract_says_where()
    {
        _library.Write("contract.json", "{\n  \"version\": 1,\n  \"arch\" \"x86_64\"\n}\n");

        Assert.Contains("contract.json(3,10): error MINIOS1650", _library.Run("libc-check", Musl, "--contract", "contract.json").MustEndWith(2).Errors);
    }

    private LinkInput Part(LinkParty party, string library, string file) => new(party, library, file, File.ReadAllBytes(Path.Combine(_library.Folder, file)));
}
