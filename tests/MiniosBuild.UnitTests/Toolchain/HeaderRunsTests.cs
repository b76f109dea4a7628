using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Headers that are read together against the same headers, each in a run of the real preprocessor.</summary>
public sealed partial class HeaderRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void Headers_of_the_reference_tree_are_as_if_alone_after_two_runs(string compiler)
    {
        string tree = Path.Combine(Repository.Root, "src", "mini-os"), include = Path.Combine(tree, "include");
        List<string> options = ["-std=gnu11", "-ffreestanding", "-D__XEN_INTERFACE_VERSION__=0x00030205"];
        foreach (string part in new[] { "", "x86", "x86/x86_64" })
        {
            string links = Directory.CreateDirectory(_folder.File("links" + part.Replace('/', '-'))).FullName;
            Directory.CreateSymbolicLink(Path.Combine(links, "mini-os"), Path.Combine(include, part));
            options.AddRange(["-isystem", links]);
        }

        options.AddRange(["-isystem", Path.Combine(tree, "lib", "include")]);
        string[] headers = [.. Directory.GetFiles(include, "*.h", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

        Assert.Equal(2, SameAsAlone(compiler, headers, [.. options]).RunCount);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    [Trait("Length", "long")]
    public void Headers_of_Xen_are_as_if_alone(string compiler)
    {
        string[] headers =
        [
            .. Directory.GetFiles("/usr/include/xen", "*.h").Concat(Directory.GetFiles("/usr/include/xen/io", "*.h")).Where(h => IsReadable(compiler, h)).Order(StringComparer.Ordinal),
        ];

        Assert.InRange(headers.Length, 40, 200);
        Assert.InRange(SameAsAlone(compiler, headers, ["-ffreestanding"]).RunCount, 2, 4);
    }

    [Fact]
    [Trait("Length", "long")]
    public void Headers_of_a_libc_are_as_if_alone()
    {
        const string Folder = "/usr/include/x86_64-linux-musl";
        string[] options = ["-nostdinc", "-isystem", Folder], headers = [.. Directory.GetFiles(Folder, "*.h").Where(h => IsReadable("gcc", h, options)).Order(StringComparer.Ordinal)];

        Assert.InRange(headers.Length, 50, 200);
        Assert.InRange(SameAsAlone("gcc", headers, options).RunCount, 2, headers.Length / 2);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void What_a_run_cannot_forget_is_read_by_itself(string compiler)
    {
        string[] headers =
        [
            Header("first", "#ifndef FIRST\n#define FIRST\nint first;\n#endif\n"),
            Header("hidden", "#ifdef FIRST\n#define SEEN 1\n#else\n#define UNSEEN 1\nint alone;\n#endif\n"), // Defines a macro only when it is alone.
            Header("predefined", "#undef __linux__\n#define __CHAR_BIT__ 9\n#include \"first.h\"\n"),
            Header("stack", "#define KEPT 1\n#pragma push_macro(\"KEPT\")\n#undef KEPT\n"),
            Header("poison", "#define GONE 2\n#pragma GCC poison zebra\n"),
            Header("victim", "#ifdef __linux__\nint zebra;\n#endif\n#ifndef UNSEEN\nint unseen = __CHAR_BIT__;\n#endif\n#pragma pop_macro(\"KEPT\")\n#ifdef KEPT\nint kept;\n#endif\n"),
        ];

        Assert.InRange(SameAsAlone(compiler, headers, []).RunCount, 4, 9);
    }

    [Theory]
    [InlineData("#pragma once\n")]
    [InlineData("  # pragma  once\n")]
    [InlineData("_Pragma ( \"once\" )\n")]
    public void A_header_that_is_read_once_is_there_for_all(string once)
    {
        string[] headers = [Header("a", once + "#define A 1\nint a;\n"), Header("b", "#include \"a.h\"\nint b;\n"), Header("c", "#include \"b.h\"\n#include \"a.h\"\nint c = A;\n")];

        Assert.Equal(1 + headers.Length, SameAsAlone("gcc", headers, []).RunCount);
    }

    [Fact]
    public void Headers_are_read_twice_if_one_that_they_include_mentions_the_macro()
    {
        Header("c", "#ifdef __INSIDE_MINIOS__\nint inside;\n#endif\n");
        string[] headers = [Header("a", "int a;\n"), Header("b", "#include \"c.h\"\n")];

        var read = Read("gcc", headers, []);

        Assert.Equal(2, read.RunCount);
        Assert.DoesNotContain("inside", read.Outside[1].Text);
        Assert.Contains("int inside;", read.Inside![1].Text);
        Assert.DoesNotContain("inside", read.Inside[0].Text);
        Assert.Contains(_folder.File("c.h"), read.Inputs);
        Assert.Null(Read("gcc", headers[..1], []).Inside);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void Only_what_includes_a_file_that_mentions_the_macro_is_read_with_it(string compiler)
    {
        Header("c", "#ifdef __INSIDE_MINIOS__\nint inside;\n#endif\n");
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.Path);
        Directory.CreateDirectory(_folder.File("é"));
        string[] headers =
        [
            Header("plain", "int a;\n"), Header("up", $"#include \"link/../{Path.GetFileName(_folder.Path)}/c.h\"\n"), Header("linked", "#include \"link/c.h\"\n"),
            Header("é/escaped", "#include \"../c.h\"\n"), Header("twice", "#include \"plain.h\"\n#include \"c.h\"\n#include \"plain.h\"\n"), Header("empty", ""),
        ];

        var read = SameAsAlone(compiler, headers, []);

        Assert.Equal([true, false, false, false, false, true], read.Outside.Zip(read.Inside!, ReferenceEquals));
        Assert.Equal([false, true, true, true, true, false], read.Inside!.Select(r => r.Text!.Contains("int inside;", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void What_an_option_includes_before_all_headers_concerns_them_all(string compiler)
    {
        string before = Header("before", "#ifdef __INSIDE_MINIOS__\n#define KIND inside\n#else\n#define KIND outside\n#endif\n");
        string[] headers = [Header("a", "#define A 1\nint a, KIND;\n"), Header("b", "int b, KIND;\n")];

        var read = Read(compiler, headers, ["-include", before]);

        Assert.All(read.Outside, reading => Assert.Contains("outside;", reading.Text!, StringComparison.Ordinal));
        Assert.All(read.Inside!, reading => Assert.Contains(" inside;", reading.Text!, StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_that_needs_another_is_read_after_it_and_named()
    {
        string[] headers =
        [
            Header("a", "#define A 1\n"), Header("needy", "\n#ifndef B\n#error include z.h first\n#endif\nint needy;\n"), Header("other", "int other;\n"), Header("z", "#define B 2\n"),
        ];

        var read = Read("gcc", headers, []);

        var failure = read.Outside[1].Failure!;
        Assert.Equal((ToolchainCodes.CompileError, headers[1], 3, 2), (failure.Code, failure.File, failure.Line, failure.Column));
        Assert.Contains("int needy;", read.Outside[1].Text);
        Assert.All(new[] { 0, 2, 3 }, i => Assert.Null(read.Outside[i].Failure));
        Assert.DoesNotContain("#define A", read.Outside[2].Text);
    }

    [Fact]
    public void A_header_that_needs_one_that_needs_another_is_read_after_both()
    {
        string[] headers =
        [
            Header("last", "#ifndef MIDDLE\n#error include middle.h first\n#endif\nint last;\n"), Header("middle", "#ifndef Z\n#error include z.h first\n#endif\n#define MIDDLE 1\n"),
            Header("z", "#define Z 2\n"),
        ];

        var read = Read("gcc", headers, []);

        Assert.Contains("int last;", read.Outside[0].Text);
        Assert.Equal([ToolchainCodes.CompileError, ToolchainCodes.CompileError, null], read.Outside.Select(reading => reading.Failure?.Code));
    }

    [Theory]
    [InlineData("gcc", "#include <not/there.h>")]
    [InlineData("clang", "#include <not/there.h>")]
    [InlineData("gcc", "# error \"include x.h\"")]
    [InlineData("clang", "# error \"include x.h\"")]
    [InlineData("gcc", "#if UNKNOWN(1)\n#endif")]
    [InlineData("clang", "#if UNKNOWN(1)\n#endif")]
    public void A_header_that_asks_for_what_is_nowhere_is_read_as_nothing(string compiler, string asking)
    {
        string[] headers = [Header("a", "int a;\n"), Header("b", "int b;\n" + asking + "\n")];

        var read = Read(compiler, headers, []);

        Assert.Contains("int a;", read.Outside[0].Text);
        Assert.Null(read.Outside[1].Text);
        var failure = read.Outside[1].Failure!;
        Assert.Equal((ToolchainCodes.CompileError, DiagnosticSeverity.Error, headers[1], 2), (failure.Code, failure.Severity, failure.File, failure.Line));
        Assert.Contains(headers[1], read.Inputs);
    }

    [Theory]
    [InlineData("gcc", "#ifndef B")]
    [InlineData("clang", "#ifndef B")]
    [InlineData("gcc", "#define")]
    [InlineData("clang", "#include nothing")]
    [InlineData("gcc", "#if 1 +\n#endif")]
    public void A_header_that_is_broken_is_read_as_nothing_and_says_where(string compiler, string broken)
    {
        string[] headers = [Header("a", "int a;\n"), Header("b", "#include \"c.h\"\n")];
        string inner = Header("c", "int c;\n" + broken + "\n");

        var read = Read(compiler, headers, []).Outside;

        Assert.Contains("int a;", read[0].Text);
        Assert.Null(read[1].Text);
        Diagnostic failure = read[1].Failure!;
        Assert.Equal((ToolchainCodes.CompileError, inner, 2), (failure.Code, failure.File, failure.Line));
        Assert.EndsWith($"; included from {headers[1]}(1)", failure.Message);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void A_macro_that_two_files_define_is_forgotten_whichever_of_them_was_read(string compiler)
    {
        const string Both = "#ifndef NOTHING\n#define NOTHING 0\n#endif\n";
        string[] headers =
        [
            Header("a", "#ifndef A_H\n#define A_H\n" + Both + "#endif\n"), Header("b", "#ifndef B_H\n#define B_H\n" + Both + "#undef B_H\n#endif\n"),
            Header("c", "#ifdef NOTHING\nint seen;\n#endif\n"), Header("d", "#define D(x) x\nint d = D(1);\n"),
        ];

        Assert.Equal(3, SameAsAlone(compiler, headers, []).RunCount);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void All_headers_that_fail_are_told_in_one_run(string compiler)
    {
        string[] sound = [.. Enumerable.Range(0, 6).Select(i => Header($"a{i}", $"#ifndef A{i}\n#define A{i}\nint a{i};\n#endif\n"))];
        string[] failing = [.. Enumerable.Range(0, 3).Select(i => Header($"b{i}", $"int b{i};\n#ifndef NOWHERE\n# error ask for NOWHERE\n#endif\n"))];
        string[] headers = [sound[0], failing[0], .. sound[1..3], .. failing[1..], .. sound[3..]];

        var read = Read(compiler, headers, []);

        Assert.Equal(failing, read.Outside.Where(reading => reading.Failure is not null).Select(reading => reading.Header));
        Assert.All(read.Outside.Where(reading => reading.Failure is null), reading => Assert.Contains($"int {Path.GetFileNameWithoutExtension(reading.Header)};", reading.Text!, StringComparison.Ordinal));
        // The one that fails and finds the macros of the others, the one that counts; each failing one alone and after the others.
        Assert.Equal(2 + failing.Length + failing.Length, read.RunCount);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void After_an_error_that_ends_the_preprocessor_the_others_are_read_from_the_start(string compiler)
    {
        string[] headers =
        [
            Header("a", "#ifndef A\n#define A\nint a;\n#endif\n"), Header("b", "#define B 1\n#include <nowhere/at_all.h>\n"),
            Header("c", "#ifdef A\nint seen;\n#endif\n#define C 1\nint c;\n"), Header("d", "#ifdef C\nint seen;\n#endif\n#ifdef B\nint seen;\n#endif\nint d;\n"),
        ];

        var read = Read(compiler, headers, []);

        Assert.Equal(headers[1], Assert.Single(read.Outside, reading => reading.Failure is not null).Header);
        Assert.All(new[] { 0, 2, 3 }, i => Assert.Contains($"int {"abcd"[i]};", read.Outside[i].Text!, StringComparison.Ordinal));
        Assert.All(read.Outside, reading => Assert.DoesNotContain("int seen;", reading.Text ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void What_headers_lead_to_may_be_read_besides()
    {
        string inner = Header("inner", "#ifndef INNER\n#define INNER\nint inner;\n#endif\n"), hidden = Header("hidden", "int hidden;\n");
        string[] headers =
        [
            Header("a", "#ifndef A\n#define A\n#include \"inner.h\"\n#endif\n"), Header("b", "#ifndef A\n#include \"hidden.h\"\n#endif\nint b;\n"),
        ];
        var asked = new HashSet<string>(headers);

        var read = new HeaderRuns(new ToolRunner(), "gcc", _folder.Path).Read(
            headers, _folder.File("umbrella.c"), [], null, 2, CancellationToken.None, files => [.. files.Where(file => file.StartsWith(_folder.Path, StringComparison.Ordinal) && asked.Add(file)).Order(StringComparer.Ordinal)]);

        // Only when b is read alone does it lead to the first of them.
        Assert.Equal([.. headers, hidden, inner], read.Outside.Select(reading => reading.Header));
        Assert.Contains("int hidden;", read.Outside[1].Text);
        Assert.All(read.Outside, reading => Assert.Null(reading.Failure));
        Assert.DoesNotContain("int b;", read.Outside[2].Text);
    }

    [Fact]
    public void What_only_a_macro_of_another_header_leads_to_is_not_led_to()
    {
        Header("hidden", "int hidden;\n");
        string[] headers = [Header("a", "#define WANTED 1\n"), Header("b", "#ifdef WANTED\n#include \"hidden.h\"\n#endif\nint b;\n")];
        List<string> offered = [];

        new HeaderRuns(new ToolRunner(), "gcc", _folder.Path).Read(headers, _folder.File("umbrella.c"), [], null, 2, CancellationToken.None, files =>
        {
            offered.AddRange(files);
            return [];
        });

        Assert.Contains(headers[1], offered);
        Assert.DoesNotContain(offered, file => file.EndsWith("hidden.h", StringComparison.Ordinal));
    }

    [Fact]
    public void What_headers_lead_to_may_need_those_that_were_read_late()
    {
        string inner = Header("r", "#include WHICH\n");
        Header("leaf", "int leaf;\n");
        string[] headers = [Header("a", "#include \"r.h\"\n"), Header("refused", "#error never\n"), Header("z", "#define WHICH \"leaf.h\"\n")];
        var asked = new HashSet<string>(headers);

        var read = new HeaderRuns(new ToolRunner(), "gcc", _folder.Path).Read(
            headers, _folder.File("umbrella.c"), [], null, 2, CancellationToken.None,
            files => [.. files.Where(file => file.StartsWith(_folder.Path, StringComparison.Ordinal) && asked.Add(file))]);

        var late = read.Outside.Single(reading => reading.Header == inner);
        Assert.Contains("int leaf;", late.Text);
        Assert.NotNull(late.Failure);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void A_header_that_defines_the_macro_itself_does_not_take_it_from_the_others(string compiler)
    {
        string[] headers =
        [
            Header("a", "#ifndef __INSIDE_MINIOS__\n#define __INSIDE_MINIOS__ 1\nint outside;\n#endif\n"), Header("b", "#define B 1\n#ifdef __INSIDE_MINIOS__\nint inside;\n#endif\n"),
            Header("c", "#ifdef B\nint after;\n#endif\n#ifdef __INSIDE_MINIOS__\nint inside_too;\n#endif\n"),
        ];

        var read = Read(compiler, headers, []);

        Assert.DoesNotContain("int inside;", read.Outside[1].Text);
        Assert.DoesNotContain("int outside;", read.Inside![0].Text);
        Assert.Contains("int inside;", read.Inside[1].Text);
        Assert.Contains("int inside_too;", read.Inside[2].Text);
        Assert.DoesNotContain("int after;", read.Inside[2].Text);
    }

    [Fact]
    public void One_header_and_none_need_no_more_runs_than_headers()
    {
        Assert.Equal(0, Read("gcc", [], []).RunCount);
        Assert.Equal(1, SameAsAlone("gcc", [Header("a", "#define A 1\n")], []).RunCount);
    }

    private string Header(string name, string text) => _folder.Write(name + ".h", text);

    private HeaderReadings Read(string compiler, string[] headers, string[] options) =>
        new HeaderRuns(new ToolRunner(), compiler, _folder.Path).Read(headers, _folder.File("umbrella.c"), options, "__INSIDE_MINIOS__", 2, CancellationToken.None);

    private HeaderReadings SameAsAlone(string compiler, string[] headers, string[] options)
    {
        var read = Read(compiler, headers, options);

        Assert.Equal(headers, read.Outside.Select(r => r.Header));
        string alone = _folder.File("alone.c");
        foreach (var reading in read.Outside)
        {
            AssertSameAsAlone(reading, options);
        }

        foreach (var reading in read.Inside ?? [])
        {
            AssertSameAsAlone(reading, [.. options, "-D__INSIDE_MINIOS__"]);
        }

        return read;

        void AssertSameAsAlone(HeaderReading reading, string[] with)
        {
            File.WriteAllText(alone, $"#include \"{reading.Header}\"\n");
            string truth = RealTool.Run(compiler, [.. with, "-w", "-E", "-dD", alone]);
            Assert.Null(reading.Failure);
            Assert.Equal(Own(truth, alone), Own(reading.Text!, _folder.File("umbrella.c")));
        }
    }

    // Every line of the header and of what it includes, with its place. How blank lines and markers bring a reader there is the compiler's choice.
    private static List<string> Own(string text, string including)
    {
        var (lines, real) = (new List<string>(), new RealPath());
        (string file, int number) = ("", 0);
        foreach (string line in text.Split('\n'))
        {
            if (Marker().Match(line) is { Success: true } marker)
            {
                (file, number) = (real.Of(Path.GetFullPath(marker.Groups["file"].Value)), int.Parse(marker.Groups["line"].Value));
                continue;
            }

            if (line.Trim().Length > 0 && file != including && file.StartsWith('/') && !file.EndsWith('>') && !file.EndsWith("/stdc-predef.h", StringComparison.Ordinal))
            {
                lines.Add($"{file}({number}): {line}");
            }

            number++;
        }

        return lines;
    }

    [GeneratedRegex("^# (?<line>\\d+) \"(?<file>[^\"]*)\"")]
    private static partial Regex Marker();

    private bool IsReadable(string compiler, string header, params string[] options)
    {
        string alone = _folder.Write("alone.c", $"#include \"{header}\"\n");
        return DotnetCommand.RunProgram(compiler, _folder.Path, new Dictionary<string, string>(), [.. options, "-w", "-E", "-o", "/dev/null", alone]).ExitCode == 0;
    }
}
