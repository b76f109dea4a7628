using System.Text.Json;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary><c>minios headers</c>: the names of public headers outside a policy, and headers with names inside it, on libraries that know nothing of it.</summary>
public sealed class HeadersTests : IDisposable
{
    private const string Header = """
        #ifndef PARTS_H
        #define PARTS_H
        #define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
        #define PARTS_MAX 8
        typedef unsigned int part_id;
        enum colour { RED, GREEN };
        struct part { part_id id; enum colour colour; int frob; };
        static inline part_id id_of(const struct part *part) { return part->id; }
        int frob(int n);
        extern int acme_version;
        #endif

        """;

    private readonly SmallLibrary _library = new();

    public HeadersTests()
    {
        _library.Write("include/parts.h", Header);
        _library.Write("policy.json", """
            { "name": "acme", "publicPrefix": "acme_", "internalPrefix": "_acme_",
              "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
            """);
    }

    public void Dispose() => _library.Dispose();

    [Fact]
    public void Names_outside_the_policy_are_listed_where_they_are_declared_and_counted()
    {
        Minios.Result result = _library.Run("headers", "include", "--policy", "policy.json").MustEndWith(0);
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(3): macro ARRAY_SIZE -> ACME_ARRAY_SIZE (", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(5): typedef part_id -> acme_part_id (", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(6): enumerator RED -> ACME_RED (", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(7): tag part -> acme_part (", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(8): function id_of -> acme_id_of (", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("include/parts.h(9): function frob -> acme_frob (", StringComparison.Ordinal));
        Assert.DoesNotContain("acme_acme", result.Output);
        Assert.Equal(
            ["macro 2 0 0 2", "function 2 0 0 2", "variable 1 1 0 0", "typedef 1 0 0 1", "tag 2 0 0 2", "enumerator 2 0 0 2", "guard 1 0 0 1"],
            result.Lines[^7..].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Matches(@"^minios headers: 1 header in \d runs? of the preprocessor: 10 names, 9 outside the policy\n$", result.Errors);
    }

    [Fact]
    public void Json_has_every_decision_and_the_counts()
    {
        JsonElement report = _library.Run("headers", "include", "--policy", "policy.json", "--format", "json").MustEndWith(0).Json;
        Assert.Equal("acme", report.GetProperty("policy").GetString());
        JsonElement macros = report.GetProperty("kinds").EnumerateArray().Single(kind => kind.GetProperty("kind").GetString() == "macro");
        Assert.Equal((2, 0, 0, 2), (Number("total"), Number("inside"), Number("kept"), Number("outside")));
        JsonElement tag = report.GetProperty("decisions").EnumerateArray().Single(decision => decision.GetProperty("name").GetString() == "part");
        Assert.Equal(
            ("tag", "rename", "acme_part", "parts.h", "include/parts.h", 7),
            (Text("kind"), Text("action"), Text("newName"), Text("header"), Text("file"), tag.GetProperty("line").GetInt32()));

        int Number(string name) => macros.GetProperty(name).GetInt32();
        string? Text(string name) => tag.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("gcc", "-std=c11")]
    [InlineData("clang", "-std=c11")]
    [InlineData("gcc", "-xc++", "-std=c++17")]
    public void Rewritten_headers_go_with_the_archive_and_old_code_with_them(string compiler, params string[] options)
    {
        _library.Compile("frob", "int acme_version = 1;\nint frob(int n) { return n + acme_version; }\n").Archive("libparts.a", "frob");
        _library.Run("apply", "libparts.a", "-o", "out.a", "--policy", "policy.json", "--headers", "include").MustEndWith(0);
        _library.Run("headers", "include", "--policy", "policy.json", "--archive", "libparts.a", "--rewrite", "out").MustEndWith(0);

        // The program has every old name for itself.
        string fresh = _library.Write("fresh.c", """
            #include <parts.h>
            #define ARRAY_SIZE 1
            struct part { int red; };
            enum { RED, part_id };
            static int frob(struct part *p) { return p->red + part_id + RED; }
            int main(void)
            {
            	struct part own = { 1 };
            	struct acme_part parts[2] = { { 1, ACME_GREEN, 0 }, { 2, ACME_RED, 0 } };
            	return acme_frob((int)acme_id_of(&parts[0])) - 2 + frob(&own) - 2 + (int)ACME_ARRAY_SIZE(parts) - 2 * ARRAY_SIZE;
            }

            """);
        string old = _library.Write("old.c", """
            #include <parts.h>
            int main(void)
            {
            	struct part parts[PARTS_MAX] = { { 1, GREEN, 0 } };
            	part_id id = id_of(&parts[0]);
            	return frob((int)id) - 2 + (int)ARRAY_SIZE(parts) - 8;
            }

            """);
        string program = Path.Combine(_library.Folder, "program"), include = Path.Combine(_library.Folder, "out/include");
        string[] usual = [.. options, "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "-I", include, "-o", program];
        string[] archive = [options[0] == "-xc++" ? "-xnone" : "-O0", Path.Combine(_library.Folder, "out.a")];
        if (options[0] != "-xc++") // The header has no extern "C".
        {
            RealTool.Run(compiler, [.. usual, fresh, .. archive]);
            RealTool.Run(program);
            RealTool.Run(compiler, [.. usual, "-include", "mini-os/compat.h", old, .. archive]);
            RealTool.Run(program);
        }

        RealTool.Run(compiler, [.. usual, "-c", "-Wno-unused-function", fresh]);
        RealTool.Run(compiler, [.. usual, "-c", "-include", "mini-os/compat.h", old]);
        Assert.ThrowsAny<InvalidOperationException>(() => RealTool.Run(compiler, [.. usual, "-c", old]));
    }

    /// <summary>The archives decide about both functions, and no spelling of what is joined gives both names.</summary>
    [Fact]
    public void A_rewrite_that_cannot_be_proven_leaves_what_was_written_before()
    {
        _library.Write("keeping.json", """
            { "name": "acme", "publicPrefix": "acme_", "internalPrefix": "_acme_", "keep": ["lib_two"], "unmatched": "message",
              "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
            """);
        string header = _library.Write("include/parts.h", "int lib_one(void);\nint lib_two(void);\n"), written = Path.Combine(_library.Folder, "out/include/parts.h");
        string[] rewrite = ["headers", "include", "--policy", "keeping.json", "--rewrite", "out"];
        _library.Run(rewrite).MustEndWith(0);
        Assert.Equal("int acme_lib_one(void);\nint lib_two(void);\n", File.ReadAllText(written));

        File.WriteAllText(header, "#define API(n) int lib_##n(void)\nAPI(one);\nAPI(two);\n");
        Minios.Result result = _library.Run(rewrite).MustEndWith(1);
        Assert.Contains("include/parts.h(2): error MINIOS1541: \"lib_one\" would become \"lib_one\", which is \"acme_lib_one\" in the table", result.Errors);
        Assert.Contains("the rewrite could not be proven, and nothing was written", result.Errors);
        Assert.Equal("int acme_lib_one(void);\nint lib_two(void);\n", File.ReadAllText(written));

        _library.Run([.. rewrite, "--no-proof"]).MustEndWith(0);
        Assert.Equal("#define ACME_API(n) int lib_##n(void)\nACME_API(one);\nACME_API(two);\n", File.ReadAllText(written));
    }

    [Theory]
    [InlineData("--exclude", "internal/*", "--exclude", "win?2.h")]
    [InlineData("--policy", "excluding.json")]
    public void Headers_that_are_excluded_are_neither_read_nor_written(params string[] options)
    {
        _library.Write("excluding.json", """
            { "name": "acme", "publicPrefix": "acme_", "internalPrefix": "_acme_", "headers": { "kinds": ["macro"], "exclude": ["internal/*", "win?2.h"] } }
            """);
        _library.Write("include/internal/secret.h", "#define SECRET 1\n");
        _library.Write("include/win32.h", "#define WINDOWS 1\n");
        string[] policy = options[0] == "--policy" ? [] : ["--policy", "policy.json"];
        Minios.Result result = _library.Run(["headers", "include", "--rewrite", "out", .. policy, .. options]).MustEndWith(0);
        Assert.Contains(": 1 header in ", result.Errors);
        Assert.Equal(["mini-os/compat.h", "parts.h"], Directory.GetFiles(Path.Combine(_library.Folder, "out/include"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(_library.Folder, "out/include"), file)).Order());
    }

    [Fact]
    public void What_is_excluded_in_vain_is_told() =>
        Assert.Contains("MINIOS1804: --exclude no.h is none of the headers", _library.Run("headers", "include", "--policy", "policy.json", "--exclude", "no.h").MustEndWith(2).Errors);

    /// <summary>The folder of one machine's headers lies in that of all, as on Debian.</summary>
    [Fact]
    public void A_header_belongs_to_the_innermost_folder_that_is_named()
    {
        _library.Write("include/machine/config.h", "#define PARTS_WIDTH 8\n");
        _library.Write("include/parts.h", "#include <config.h>\nstatic inline int width(void) { return PARTS_WIDTH; }\n");
        _library.Run("headers", "include", "include/machine", "--policy", "policy.json", "--rewrite", "out").MustEndWith(0);
        Assert.Equal("#define ACME_PARTS_WIDTH 8\n", File.ReadAllText(Path.Combine(_library.Folder, "out/include/config.h")));
        Assert.Equal("#include <config.h>\nstatic inline int acme_width(void) { return ACME_PARTS_WIDTH; }\n", File.ReadAllText(Path.Combine(_library.Folder, "out/include/parts.h")));
    }

    /// <summary>Data that a header declares is for users, unless the policy leaves it to the set: then what nobody else needs is local, and told.</summary>
    [Fact]
    public void Data_that_a_header_declares_can_be_linked()
    {
        _library.Write("include/parts.h", "extern const char lib_version[];\n");
        _library.Compile("version", "const char lib_version[] = \"1\";\n").Archive("libparts.a", "version");
        _library.Run("apply", "libparts.a", "-o", "out.a", "--policy", "policy.json", "--headers", "include").MustEndWith(0);
        _library.Run("headers", "include", "--policy", "policy.json", "--archive", "libparts.a", "--rewrite", "out").MustEndWith(0);
        string user = _library.Write("user.c", "#include <parts.h>\nint main(void) { return acme_lib_version[0] != '1'; }\n"), program = Path.Combine(_library.Folder, "program");
        RealTool.Run("gcc", "-I", Path.Combine(_library.Folder, "out/include"), "-o", program, user, Path.Combine(_library.Folder, "out.a"));
        RealTool.Run(program);
        Assert.DoesNotContain("MINIOS1456", _library.Run("check", "out.a", "--policy", "policy.json", "--headers", "out/include", "--verbose").Output);

        _library.Write("own.json", """{ "name": "own", "publicPrefix": "acme_", "internalPrefix": "_acme_", "declaredData": "internal" }""");
        _library.Run("apply", "libparts.a", "-o", "own.a", "--policy", "own.json", "--headers", "include").MustEndWith(0);
        _library.Run("headers", "include", "--policy", "own.json", "--archive", "libparts.a", "--rewrite", "own").MustEndWith(0);
        Minios.Result check = _library.Run("check", "own.a", "--policy", "own.json", "--headers", "own/include", "--verbose");
        Assert.Contains("message MINIOS1456: own.a(version.o): data \"lib_version\" is local, but a public header declares it", check.Output + check.Errors);
    }

    [Fact]
    public void A_second_rewrite_touches_nothing_and_the_new_headers_are_clean()
    {
        string[] rewrite = ["headers", "include", "--policy", "policy.json", "--rewrite", "out"];
        _library.Run(rewrite).MustEndWith(0);
        var written = File.GetLastWriteTimeUtc(Path.Combine(_library.Folder, "out/include/parts.h"));
        _library.Run(rewrite).MustEndWith(0);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_library.Folder, "out/include/parts.h")));
        Minios.Result result = _library.Run("headers", "out/include/parts.h", "--policy", "policy.json").MustEndWith(0);
        Assert.Contains(" 0 outside the policy", result.Errors);
        Assert.Contains("#ifndef ACME_PARTS_H\n#define ACME_PARTS_H\n", File.ReadAllText(Path.Combine(_library.Folder, "out/include/parts.h")));
    }

    [Fact]
    public void Headers_find_each_other_below_the_folder_that_they_are_published_in()
    {
        _library.Write("tree/more.h", "#include <acme/parts.h>\n#include <sub/less.h>\nstruct more { struct part part; };\n");
        _library.Write("tree/sub/less.h", "struct less { int n; };\n");
        _library.Write("tree/parts.h", Header);
        Directory.CreateSymbolicLink(Path.Combine(_library.Folder, "tree/acme"), "."); // As upstream's include/mini-os.
        _library.Run("headers", "tree", "--below", "acme", "--policy", "policy.json", "--rewrite", "out").MustEndWith(0);
        Assert.Equal(
            "#include <acme/parts.h>\n#include <acme/sub/less.h>\nstruct acme_more { struct acme_part part; };\n",
            File.ReadAllText(Path.Combine(_library.Folder, "out/include/acme/more.h")));
        string user = _library.Write("user.c", "#include <acme/more.h>\nstruct acme_more m;\n");
        RealTool.Run("gcc", "-fsyntax-only", "-I", Path.Combine(_library.Folder, "out/include"), user);
    }

    [Fact]
    public void What_a_compiler_does_wrong_in_one_of_many_runs_is_said_and_no_crash()
    {
        // It reads headers together, but leaves no list of what it read when there is one only.
        string compiler = ProgramFile.Write(Path.Combine(_library.Folder, "cc"), "#!/bin/sh\nfor last; do :; done\ncase $last in *headers.c) exec gcc \"$@\" ;; esac\nexit 0\n");
        _library.Write("include/once.h", "#pragma once\nint once;\n");
        Assert.Contains("error MINIOS", _library.Run("headers", "include", "--policy", "policy.json", "--cc", compiler).MustEndWith(2).Errors);
    }

    [Fact]
    public void The_header_that_brings_old_names_back_is_not_judged()
    {
        _library.Run("headers", "include", "--policy", "policy.json", "--rewrite", "out").MustEndWith(0);
        Assert.True(File.Exists(Path.Combine(_library.Folder, "out/include/mini-os/compat.h")));
        _library.Run("check", "--headers", "out/include", "--policy", "policy.json").MustEndWith(0);
    }

    [Fact]
    public void A_plan_with_errors_writes_nothing()
    {
        _library.Write("include/other.h", "typedef int acme_part_id;\n");
        Minios.Result result = _library.Run("headers", "include", "--policy", "policy.json", "--rewrite", "out").MustEndWith(1);
        Assert.Contains("error MINIOS1516", result.Errors);
        Assert.Contains("nothing was written", result.Errors);
        Assert.False(Directory.Exists(Path.Combine(_library.Folder, "out")));
    }

    [Fact]
    public void Two_headers_in_one_place_are_refused()
    {
        _library.Write("more/parts.h", "int x;\n");
        Assert.Contains("MINIOS1814", _library.Run("headers", "include", "more", "--policy", "policy.json").MustEndWith(2).Errors);
    }

    [Theory]
    [InlineData("part", "tag part -> acme_part (", "  declared at include/parts.h(7)")]
    [InlineData("ACME_ARRAY_SIZE", "macro ARRAY_SIZE -> ACME_ARRAY_SIZE (", "  declared at include/parts.h(3)")]
    public void What_headers_declare_is_explained(string name, string decision, string site)
    {
        _library.Compile("frob", "int frob(int n) { return n; }\n");
        string[] lines = _library.Run("explain", name, "frob.o", "--policy", "policy.json", "--headers", "include").MustEndWith(0).Lines;
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(decision, lines[0]);
        Assert.Equal(site, lines[1]);
        Assert.EndsWith("Did you mean ARRAY_SIZE?\n", _library.Run("explain", "ARAY_SIZE", "frob.o", "--policy", "policy.json", "--headers", "include").MustEndWith(2).Errors);
    }
}
