using System.Text.Json;

namespace MiniosBuild.ToolTests;

public sealed class CheckTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public CheckTests() => _library.WritePolicy();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void Names_outside_the_policy_are_errors_on_the_lines_that_define_them()
    {
        Minios.Result result = _library.Run("check", "--policy", "policy.json", "libparts.a").MustEndWith(1);
        Assert.Equal(
            ["frob.c(1,", "twice.c(1,", "twice.c(2,", "twice.c(3,"],
            result.Lines.Where(line => line.Contains("MINIOS1410")).Select(line => line[..(line.IndexOf(',') + 1)]).Order());
        Assert.StartsWith("minios check: 1 file against the policy acme: 4 errors", result.Errors);
    }

    [Fact]
    public void A_library_inside_the_policy_has_nothing_to_say()
    {
        _library.Compile("good", "int acme_frob(int n) { return n; }\n").Archive("libgood.a", "good");
        Minios.Result result = _library.Run("check", "--policy", "policy.json", "libgood.a").MustEndWith(0);
        Assert.Equal(("", "minios check: 1 file against the policy acme: 0 errors, 0 warnings\n"), (result.Output, result.Errors));
    }

    [Fact]
    public void What_the_linker_script_defines_nobody_else_has_to()
    {
        _library.Compile("moved", "extern char _moved_start[]; char *acme_moved(void) { return _moved_start; }\n").Archive("libmoved.a", "moved");
        _library.Write("image.lds", "SECTIONS { PROVIDE(_moved_start = .); .text : { *(.text) } }\n");
        string[] check = ["check", "--policy", "policy.json", "libmoved.a"];
        Assert.Contains("MINIOS1416", _library.Run(check).MustEndWith(0).Output);
        Assert.Equal("", _library.Run([.. check, "--linker-script", "image.lds"]).MustEndWith(0).Output);
        Assert.Contains("other.lds", _library.Run([.. check, "--linker-script", "other.lds"]).MustEndWith(2).Errors);
    }

    [Fact]
    public void Headers_are_checked_with_the_archives()
    {
        _library.Compile("good", "int acme_frob(int n) { return n; }\n").Archive("libgood.a", "good");
        Minios.Result result = _library.Run("check", "--policy", "policy.json", "libgood.a", "--headers", "include").MustEndWith(1);
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(1,5): error MINIOS1501: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_name_of_headers_is_checked_if_the_policy_says_so()
    {
        const string Text = """
            #ifndef ACME_BAD_H
            #define ACME_BAD_H
            #define BAD_MAX 3
            typedef int bad_t;
            struct bad { int n; };
            enum acme_state { ACME_ON, OFF };
            static inline int twice(int n) { return 2 * n; }
            #endif

            """;
        _library.Write("bad/bad.h", Text);
        Assert.Equal("", _library.Run("check", "--policy", "policy.json", "--headers", "bad").MustEndWith(0).Output);
        _library.Write("strict.json", """
            { "name": "acme", "publicPrefix": "acme_", "internalPrefix": "_acme_",
              "headers": { "kinds": ["macro", "function", "typedef", "tag", "enumerator"] } }
            """);
        string[] check = ["check", "--policy", "strict.json", "--headers", "bad"];
        Minios.Result result = _library.Run(check).MustEndWith(1);
        Assert.Equal(
            ["bad/bad.h(3,9): error MINIOS1507", "bad/bad.h(4,13): error MINIOS1504", "bad/bad.h(5,8): error MINIOS1505", "bad/bad.h(6,28): error MINIOS1506", "bad/bad.h(7,19): error MINIOS1501"],
            result.Lines.Select(line => line[..line.IndexOf(": ", line.IndexOf("MINIOS", StringComparison.Ordinal), StringComparison.Ordinal)]));
        Assert.StartsWith("minios check: 1 header against the policy acme: 5 errors", result.Errors);
        _library.Run([.. check, "--baseline", "known.txt", "--update-baseline"]).MustEndWith(0);
        _library.Run([.. check, "--baseline", "known.txt"]).MustEndWith(0);
        _library.Run([.. check, "--nowarn", "MINIOS1501,MINIOS1504,MINIOS1505,MINIOS1506,MINIOS1507"]).MustEndWith(0);

        _library.Run("headers", "bad", "--policy", "strict.json", "--rewrite", "set").MustEndWith(0);
        _library.Run("check", "--policy", "strict.json", "--headers", "set/include/bad.h").MustEndWith(0);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void A_name_that_only_the_compiler_sees_is_judged_too(string compiler)
    {
        _library.Write("policy.json", """{ "name": "acme", "publicPrefix": "acme_", "internalPrefix": "_acme_", "headers": { "kinds": ["function", "variable", "typedef"] } }""");
        _library.Write("odd/odd.h", "int acme_fine(void);\nundeclared_type(void);\nconst no_type;\ntypedef no_type_t;\n");
        string found = _library.Run("check", "--headers", "odd", "--policy", "policy.json", "--cc", compiler).MustEndWith(1).Output;
        Assert.Contains("odd/odd.h(2", found);
        Assert.Contains("the function \"undeclared_type\"", found);
        Assert.Contains("the variable \"no_type\"", found);
        Assert.Contains("the typedef \"no_type_t\"", found);
        Assert.DoesNotContain("fine", found);
    }

    [Fact]
    public void A_header_that_is_not_compiled_is_told()
    {
        _library.Write("odd/odd.h", "int acme_f(unknown_t x);\n");
        Assert.Contains("odd/odd.h: message MINIOS1544", _library.Run("check", "--headers", "odd", "--policy", "policy.json", "--verbose").MustEndWith(0).Output);
    }

    [Fact]
    public void A_library_of_a_set_may_be_named()
    {
        _library.Compile("memory", "void *memcpy(void *to, const void *from, unsigned long n) { (void)from; (void)n; return to; }\nint puts(const char *s) { return !s; }\n");
        _library.Run("check", "--policy", "policy.json", "memory.o").MustEndWith(1);
        _library.Run("check", "--policy", "policy.json", "libc=memory.o").MustEndWith(0);
        _library.Run("check", "--policy", "policy.json", "libc=memory.o", "--libc", "private").MustEndWith(1);
    }

    [Fact]
    public void A_level_turns_errors_into_warnings_or_into_nothing()
    {
        Minios.Result warned = _library.Run("check", "--policy", "policy.json", "libparts.a", "--level", "MINIOS1410=warning").MustEndWith(0);
        Assert.Equal(4, warned.Lines.Count(line => line.Contains("warning MINIOS1410")));
        Assert.DoesNotContain("MINIOS1410", _library.Run("check", "--policy", "policy.json", "libparts.a", "--nowarn", "MINIOS1410,CS1591").MustEndWith(0).Output);
        Assert.DoesNotContain("MINIOS1410", _library.Run("check", "--policy", "policy.json", "libparts.a", "--level", "MINIOS1410=error", "--nowarn", "MINIOS1410").MustEndWith(0).Output);
        Assert.Contains("MINIOS1442", _library.Run("check", "--policy", "policy.json", "libparts.a", "--level", "MINIOS2001=none").MustEndWith(2).Errors);
    }

    [Theory]
    [InlineData("MINIOS141O", "Did you mean MINIOS1410?")]
    [InlineData("minios1410", "Did you mean MINIOS1410?")]
    [InlineData("MINOS1410", "Did you mean MINIOS1410?")]
    [InlineData("MINIOS2001", "is about damage")]
    [InlineData("MINIOS1801", "is no code of a finding")]
    public void A_code_that_leaves_nothing_out_is_a_warning(string code, string why)
    {
        Minios.Result result = _library.Run("check", "--policy", "policy.json", "libparts.a", "--nowarn", $"{code},CS1591,MINIOS1420").MustEndWith(1);
        string warning = Assert.Single(result.Lines, line => line.StartsWith("warning MINIOS1813: ", StringComparison.Ordinal));
        Assert.Contains(why, warning);
        Assert.Contains("4 errors, 1 warning\n", result.Errors);
    }

    [Fact]
    public void A_baseline_accepts_what_was_there_and_reports_what_is_new_or_gone()
    {
        string[] check = ["check", "--policy", "policy.json", "libparts.a", "--baseline", "known.txt"];
        Assert.Contains("known.txt", _library.Run(check).MustEndWith(2).Errors);
        _library.Run([.. check, "--update-baseline"]).MustEndWith(0);
        _library.Run(check).MustEndWith(0);

        _library.Compile("twice", "int count;\nint more(void) { return 3; }\nint twice(int n) { return 2 * n; }\n").Archive("libparts.a", "frob", "twice");
        Minios.Result result = _library.Run(check).MustEndWith(1);
        Assert.Contains(result.Lines, line => line.StartsWith("twice.c(2,", StringComparison.Ordinal) && line.Contains("\"more\""));
        Assert.Contains(result.Lines, line => line.StartsWith("known.txt(", StringComparison.Ordinal) && line.Contains("warning MINIOS1440") && line.Contains("spare"));
    }

    [Fact]
    public void A_path_map_leads_to_the_sources()
    {
        Minios.Result result = _library.Run("check", "--policy", "policy.json", "libparts.a", "--path-map", ".=/src").MustEndWith(1);
        Assert.Contains(result.Lines, line => line.StartsWith("/src/frob.c(1,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_path_map_to_nothing_leaves_paths_that_are_relative()
    {
        Minios.Result result = _library.Run("check", "--policy", "policy.json", "libparts.a", "--path-map", ".=/src", "--path-map", "/src=").MustEndWith(1);
        Assert.Contains(result.Lines, line => line.StartsWith("/src/frob.c(1,", StringComparison.Ordinal));
        _library.Compile("frob", "int frob(void) { return 1; }\n", $"-ffile-prefix-map={_library.Folder}=/usr/src");
        result = _library.Run("check", "--policy", "policy.json", "frob.o", "--path-map", "/usr/src=").MustEndWith(1);
        Assert.Contains(result.Lines, line => line.StartsWith("frob.c(1,", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_consumer_calls_by_its_old_name_is_no_over_export()
    {
        _library.Compile("user", "int frob(int); int main(void) { return frob(1); }\n");
        _library.Write("nothing.txt", "# minios public declarations 1\n");
        string[] consumer = ["--consumer", "user.o"];
        _library.Run(["apply", "--policy", "policy.json", "libparts.a", "-o", "out.a", .. consumer]).MustEndWith(0);
        string[] check = ["check", "--policy", "policy.json", "parts=out.a", "--declarations", "nothing.txt", "--verbose"];
        Assert.Contains("MINIOS1421: out.a(frob.o): function \"acme_frob\"", _library.Run(check).MustEndWith(0).Output);
        Assert.DoesNotContain("MINIOS1421", _library.Run([.. check, .. consumer]).MustEndWith(0).Output);
    }

    [Fact]
    public void Damage_is_found_and_not_thrown()
    {
        byte[] archive = File.ReadAllBytes(Path.Combine(_library.Folder, "libparts.a"));
        File.WriteAllBytes(Path.Combine(_library.Folder, "libcut.a"), archive[..(archive.Length / 2)]);
        Assert.Contains("error MINIOS2", _library.Run("check", "libcut.a").MustEndWith(1).Output);
    }

    [Fact]
    public void Json_has_every_finding_in_parts()
    {
        JsonElement report = _library.Run("check", "--policy", "policy.json", "libparts.a", "--format", "json").MustEndWith(1).Json;
        Assert.Equal((1, "check", 1, 4), (
            report.GetProperty("version").GetInt32(), report.GetProperty("command").GetString(), report.GetProperty("exitCode").GetInt32(),
            report.GetProperty("counts").GetProperty("error").GetInt32()));
        JsonElement spare = report.GetProperty("findings").EnumerateArray().Single(finding =>
            finding.GetProperty("code").GetString() == "MINIOS1410" && finding.GetProperty("symbol").GetString() == "spare");
        Assert.Equal(
            ("error", "twice.c", 2, "parts", "libparts.a", "twice.o", "function", "MINIOS1410 parts twice.o spare"),
            (Text("severity"), Text("file"), spare.GetProperty("line").GetInt32(), Text("library"), Text("object"), Text("member"), Text("kind"), Text("baseline")));

        string? Text(string name) => spare.GetProperty(name).GetString();
    }
}
