using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary><c>minios migrate</c>: which words of which files get new names, what is shown, and what is written.</summary>
public sealed class MigrateTests : IDisposable
{
    private readonly MigratedProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Without_write_the_difference_is_shown_and_nothing_changes()
    {
        Minios.Result result = _program.Migrate("src").MustEndWith(1);
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
        Assert.Contains("--- src/guest.c\n+++ src/guest.c\n@@ -2,28 +2,28 @@\n", result.Output);
        Assert.Contains("\n-struct job { int wake; struct thread *thread; };\n+struct job { int wake; struct minios_thread *thread; };\n", result.Output);
        Assert.Equal(
            "minios migrate: 14 names (3 macros, 5 functions, 1 variable, 3 typedefs, 1 tag, 1 enumerator) change in 2 of 2 sources; --write writes them\n",
            result.Errors);
    }

    [Fact]
    public void Written_sources_compile_against_the_new_headers()
    {
        _program.MustCompile("src/guest.c", "old");
        Minios.Result result = _program.Migrate("src", "--write").MustEndWith(0);
        Assert.Equal("src/guest.c: 2 macros, 5 functions, 1 variable, 2 typedefs, 1 tag, 1 enumerator\nsrc/util.h: 1 macro, 1 typedef\n", result.Output);
        _program.MustCompile("src/guest.c", "set/include");
        Assert.Equal(
            MigratedProgram.Guest
                .Replace("struct thread *", "struct minios_thread *").Replace("s_time_t ", "minios_s_time_t ").Replace("NOW()", "minios_NOW()")
                .Replace("SLEEPING", "MINIOS_SLEEPING").Replace("\twake(job", "\tminios_wake(job").Replace("\tschedule();", "\tminios_schedule();")
                .Replace("idle_thread", "minios_idle_thread").Replace("PAGE_SIZE", "MINIOS_PAGE_SIZE").Replace("ARRAY_SIZE(", "MINIOS_ARRAY_SIZE("),
            _program.Read("src/guest.c"));
    }

    [Fact]
    public void A_second_run_has_nothing_to_do()
    {
        _program.Migrate("src", "--write").MustEndWith(0);
        var written = File.GetLastWriteTimeUtc(Path.Combine(_program.Folder, "src/guest.c"));
        Minios.Result result = _program.Migrate("src", "--write").MustEndWith(0);
        Assert.Equal(("", "minios migrate: 0 names changed in 0 of 2 sources\n"), (result.Output, result.Errors));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_program.Folder, "src/guest.c")));
        Assert.Equal("", _program.Migrate("src").MustEndWith(0).Output);
    }

    [Fact]
    public void The_way_back_gives_the_first_bytes()
    {
        _program.Migrate("src", "--write").MustEndWith(0);
        Assert.NotEqual(MigratedProgram.Guest, _program.Read("src/guest.c"));
        _program.Migrate("src", "--write", "--inverse").MustEndWith(0);
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
    }

    [Theory]
    [InlineData("patch", "-s", "--binary", "-p0", "-i")]
    [InlineData("git", "apply", "-p0")]
    public void The_difference_is_one_that_other_tools_apply(string tool, params string[] arguments)
    {
        // Windows line ends, a byte order mark, a name in Latin-1, a blank in a file name, and no line end at the end.
        _program.WriteBytes("src/dos.c", Encoding.UTF8.GetBytes(MigratedProgram.Guest.Replace("\n", "\r\n")));
        _program.WriteBytes("src/mark.c", [0xef, 0xbb, 0xbf, .. "#include <mini-os/sched.h>\nvoid f(void) { schedule(); }"u8]);
        _program.WriteBytes("src/two words.c", [.. "#include <mini-os/sched.h>\n// na"u8, 0xef, .. "ve\nvoid g(void)\n{\n\tschedule(); // caf"u8, 0xe9, .. "\n}\n"u8]);
        string[] files = ["src/guest.c", "src/util.h", "src/dos.c", "src/mark.c", "src/two words.c"];
        string patch = Path.Combine(_program.Folder, "migrate.diff");
        RealTool.Run("sh", "-c", $"cd {_program.Folder}; dotnet exec {AppContext.BaseDirectory}minios.dll migrate --set set src >{patch}; test $? = 1");

        byte[][] before = [.. files.Select(_program.Bytes)];
        RealTool.Run("sh", "-c", $"cd {_program.Folder}; {tool} {string.Join(' ', arguments)} {patch}");
        byte[][] patched = [.. files.Select(_program.Bytes)];
        for (int i = 0; i < files.Length; i++)
        {
            Assert.NotEqual(before[i], patched[i]);
            _program.WriteBytes(files[i], before[i]);
        }

        _program.Migrate("src", "--write").MustEndWith(0);
        Assert.Equal(patched, files.Select(_program.Bytes));
        Assert.Equal(Encoding.Latin1.GetString(_program.Bytes("src/guest.c")).Replace("\n", "\r\n"), Encoding.Latin1.GetString(_program.Bytes("src/dos.c")));
    }

    [Fact]
    public void Rights_and_links_stay_and_nothing_outside_the_paths_is_written()
    {
        string guest = Path.Combine(_program.Folder, "src/guest.c"), outside = _program.Write("elsewhere/port.c", MigratedProgram.Guest);
        File.SetUnixFileMode(guest, (UnixFileMode)0b111_101_000);
        File.CreateSymbolicLink(Path.Combine(_program.Folder, "src/inside.c"), "guest.c");
        File.CreateSymbolicLink(Path.Combine(_program.Folder, "src/port.c"), "../elsewhere/port.c");
        Directory.CreateSymbolicLink(Path.Combine(_program.Folder, "src/elsewhere"), "../elsewhere");

        Assert.Contains("src/port.c: message MINIOS1811", _program.Migrate("src", "--write", "--verbose").MustEndWith(0).Errors);
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(guest));
        Assert.Equal("guest.c", new FileInfo(Path.Combine(_program.Folder, "src/inside.c")).LinkTarget);
        Assert.Equal(MigratedProgram.Guest, File.ReadAllText(outside));

        // Named itself, the file behind the link is one of the sources.
        _program.Migrate("src/port.c", "--write").MustEndWith(0);
        Assert.Equal(_program.Read("src/guest.c"), File.ReadAllText(outside));
        Assert.Equal("../elsewhere/port.c", new FileInfo(Path.Combine(_program.Folder, "src/port.c")).LinkTarget);
    }

    [Fact]
    public void Owner_and_hard_links_stay()
    {
        string guest = Path.Combine(_program.Folder, "src/guest.c"), other = Path.Combine(_program.Folder, "other.c");
        RealTool.Run("ln", guest, other);
        if (Environment.UserName == "root")
        {
            RealTool.Run("chown", "4321:4321", guest); // Nobody else can give files away.
        }

        string before = RealTool.Run("stat", "-c", "%i %u %g %a %h", guest);
        _program.Migrate("src", "--write").MustEndWith(0);
        Assert.Equal(before, RealTool.Run("stat", "-c", "%i %u %g %a %h", guest));
        Assert.Contains("minios_wake(", File.ReadAllText(other));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(25)]
    public void A_run_that_is_killed_is_ended_by_the_next(int milliseconds)
    {
        const int Count = 400;
        for (int i = 0; i < Count; i++)
        {
            _program.Write($"src/copy{i}.c", MigratedProgram.Guest);
        }

        string journal = Path.Combine(_program.Folder, "src/.minios-migrate");
        using (Process run = Minios.Start(_program.Folder, "migrate", "--set", "set", "src", "--write"))
        {
            SpinWait.SpinUntil(() => Directory.Exists(journal) || run.HasExited);
            Thread.Sleep(milliseconds);
            RealTool.Run("sh", "-c", $"kill -9 {run.Id} 2>/dev/null || true");
            run.WaitForExit();
        }

        _program.Migrate("src", "--write").MustEndWith(0);
        Assert.False(Directory.Exists(journal));
        string written = _program.Read("src/guest.c");
        Assert.Contains("minios_wake(", written);
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(written, _program.Read($"src/copy{i}.c")));
        Assert.Equal(Count + 2, Directory.GetFileSystemEntries(Path.Combine(_program.Folder, "src")).Length);
    }

    [Theory]
    [InlineData(MigratedProgram.Guest)] // Not begun.
    [InlineData("")] // Cut, and not written.
    [InlineData("// new\n#inc")]
    public void What_a_killed_run_left_is_put_in_place(string left)
    {
        Killed("// new\n#include <mini-os/sched.h>\n");
        _program.Write("src/guest.c", left);
        Assert.Contains("src/.minios-migrate: error MINIOS1818: minios migrate --write was killed here, and 1 of 1 sources are not written", _program.Migrate("src").MustEndWith(2).Errors);
        Assert.Equal(left, _program.Read("src/guest.c"));

        Assert.Contains("warning MINIOS1819: minios migrate --write was killed here before it had written 1 of 1 sources", _program.Migrate("src", "--write").MustEndWith(0).Errors);
        Assert.Equal("// new\n#include <mini-os/sched.h>\n", _program.Read("src/guest.c"));
        Assert.False(Directory.Exists(Path.Combine(_program.Folder, "src/.minios-migrate")));
    }

    [Fact]
    public void What_was_changed_after_a_run_was_killed_stays()
    {
        Killed("// new\n");
        _program.Write("src/guest.c", "// mine\n");
        Assert.Contains("src/guest.c: error MINIOS1818: minios migrate --write was killed before it wrote this source, which has changed since", _program.Migrate("src", "--write").MustEndWith(2).Errors);
        Assert.Equal("// mine\n", _program.Read("src/guest.c"));
        Assert.Equal("// new\n", _program.Read("src/.minios-migrate/0.new"));
    }

    [Theory]
    [InlineData("[{ \"Target\": \"OUTSIDE\", \"Old\": \"0.old\", \"New\": \"0.new\" }]")]
    [InlineData("[{ \"Target\": \"INSIDE\", \"Old\": \"../guest.c\", \"New\": \"0.new\" }]")]
    [InlineData("[{}]")]
    [InlineData("{")]
    public void A_list_that_no_run_of_ours_wrote_writes_nothing(string list)
    {
        Killed("// new\n");
        string outside = Path.Combine(_program.Folder, "outside.c");
        _program.Write("src/.minios-migrate/list.json", list.Replace("OUTSIDE", outside).Replace("INSIDE", Path.Combine(_program.Folder, "src/guest.c")));
        Assert.Contains("error MINIOS1818", _program.Migrate("src", "--write").MustEndWith(2).Errors);
        Assert.False(File.Exists(outside));
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
    }

    [Fact]
    public void A_run_at_work_keeps_others_out()
    {
        string held = _program.Write("src/.minios-migrate/lock", "");
        using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("error MINIOS1818: another run of minios migrate is writing", _program.Migrate("src", "--write").MustEndWith(2).Errors);
        }

        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
        _program.Migrate("src", "--write").MustEndWith(0);
    }

    // What a run leaves that was killed when it had told all that it would write.
    private void Killed(string text)
    {
        _program.Write("src/.minios-migrate/0.old", MigratedProgram.Guest);
        _program.Write("src/.minios-migrate/0.new", text);
        _program.Write("src/.minios-migrate/list.json", JsonSerializer.Serialize(new[] { new { Target = Path.Combine(_program.Folder, "src/guest.c"), Old = "0.old", New = "0.new" } }));
    }

    [Fact]
    public void A_source_that_is_read_only_keeps_all_from_being_written()
    {
        File.SetUnixFileMode(Path.Combine(_program.Folder, "src/util.h"), UnixFileMode.UserRead);
        Assert.Contains("src/util.h: error MINIOS1812", _program.Migrate("src", "--write").MustEndWith(2).Errors);
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
        Assert.Equal(["src/guest.c", "src/util.h"], Directory.GetFiles(Path.Combine(_program.Folder, "src")).Select(path => Path.GetRelativePath(_program.Folder, path)).Order());
    }

    [Fact]
    public void What_nobody_can_decide_is_said_at_its_place_and_left()
    {
        _program.Write("src/paste.c", "#include <mini-os/sched.h>\n#define CALL(name) name##_now()\n#define TEXT \\\n\t#PAGE_SIZE\n#define DO(x) x ## wake\nvoid f(void) { schedule(); }\n");
        Minios.Result result = _program.Migrate("src/paste.c", "--write").MustEndWith(1);
        Assert.Matches(@"(?m)^src/paste\.c\(5,\d+\): warning MINIOS1530: ", result.Errors);
        Assert.Contains("1 place to decide", result.Errors);
        Assert.Contains("{ minios_schedule(); }", _program.Read("src/paste.c"));
        Assert.Contains("x ## wake\n", _program.Read("src/paste.c"));
    }

    [Fact]
    public void Names_that_the_sources_define_are_theirs()
    {
        _program.Write("src/own.h", "#define ARRAY_SIZE(x) 3\n");
        _program.Write("src/own.c", "#include <mini-os/sched.h>\n#include \"own.h\"\nstatic void wake(int n) { (void)n; }\nint f(int *a) { wake(1); return ARRAY_SIZE(a) + PAGE_SIZE; }\n");
        _program.Write("src/public.c", "#include <mini-os/sched.h>\nvoid schedule(void)\n{\n}\n");
        Minios.Result result = _program.Migrate("src", "--write").MustEndWith(0);

        Assert.Contains("wake(1); return ARRAY_SIZE(a) + MINIOS_PAGE_SIZE;", _program.Read("src/own.c"));
        string guest = _program.Read("src/guest.c");
        Assert.Contains("\tminios_wake(job->thread);\n\t\tschedule();", guest); // Static names are of one file, others of all.
        Assert.Contains("MINIOS_ARRAY_SIZE(words)", guest);
        Assert.Equal(
            ["src/own.c(3): ", "src/own.h(1): ", "src/public.c(2): "],
            result.Errors.Split('\n').Where(line => line.Contains("warning MINIOS1534: ")).Select(line => line[..line.IndexOf("warning", StringComparison.Ordinal)]));
    }

    [Fact]
    public void Sources_that_do_not_know_the_set_are_left()
    {
        const string Other = "void schedule(int);\nvoid f(void) { schedule(1); }\n";
        _program.Write("src/other.c", Other);
        Minios.Result result = _program.Migrate("src", "--write", "-v").MustEndWith(0);
        Assert.Contains("src/other.c(1,6): message MINIOS1810: 2 words here", result.Errors);
        Assert.Contains("in 2 of 3 sources, 1 without a header of the set left\n", result.Errors);
        Assert.Equal(Other, _program.Read("src/other.c"));
        _program.Migrate("src", "--write", "--all").MustEndWith(0);
        Assert.Equal(Other.Replace("schedule", "minios_schedule"), _program.Read("src/other.c"));
    }

    [Fact]
    public void Assembly_has_symbols_and_macros()
    {
        _program.Write("src/entry.S", """
            #include <mini-os/sched.h>
            # the assembler's comment: wake
            #define STACK (2 * PAGE_SIZE)
            .globl mine
            mine:	call schedule@PLT	/* schedule */
            	movq $idle_thread, %rdi // wake
            	lea wake(%rip), %rax	# wake
            	mov $thread, %rax; jmp .Lwake
            .Lwake:	.asciz "wake"
            NOW:	ret
            	.quad NOW, wake+8, STACK

            """);
        _program.Migrate("src/entry.S", "--write").MustEndWith(0);
        Assert.Equal("""
            #include <mini-os/sched.h>
            # the assembler's comment: wake
            #define STACK (2 * MINIOS_PAGE_SIZE)
            .globl mine
            mine:	call minios_schedule@PLT	/* schedule */
            	movq $minios_idle_thread, %rdi // wake
            	lea minios_wake(%rip), %rax	# wake
            	mov $thread, %rax; jmp .Lwake
            .Lwake:	.asciz "wake"
            NOW:	ret
            	.quad NOW, minios_wake+8, STACK

            """, _program.Read("src/entry.S"));
    }

    [Fact]
    public void Old_names_elsewhere_are_pointed_out_but_not_changed()
    {
        _program.Write("src/guest.lds", "ENTRY(start)\nEXTERN(schedule)\n");
        _program.Write("src/README.md", "It calls schedule.\n");
        _program.WriteBytes("src/blob.bin", [.. "schedule"u8, 0]);
        string errors = _program.Migrate("src", "--write", "--verbose").MustEndWith(0).Errors;
        Assert.Contains("src/guest.lds(2): message MINIOS1807: ", errors);
        Assert.DoesNotContain("README.md", errors);
        Assert.DoesNotContain("blob.bin", errors);
        Assert.Equal("ENTRY(start)\nEXTERN(schedule)\n", _program.Read("src/guest.lds"));
    }

    [Fact]
    public void What_builds_leave_is_not_looked_into()
    {
        foreach (string folder in new[] { "obj", "bin", ".cache" })
        {
            _program.Write($"src/{folder}/made.c", MigratedProgram.Guest);
        }

        Directory.Delete(Path.Combine(_program.Folder, "old"), recursive: true); // It defines all names of the set.
        _program.Migrate(".", "--write").MustEndWith(0);
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/obj/made.c"));
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/.cache/made.c"));
        Assert.DoesNotContain("minios_minios_", _program.Read("set/include/mini-os/sched.h"));
        Assert.NotEqual(MigratedProgram.Guest, _program.Read("src/guest.c"));
        _program.Migrate("src/obj", "--write").MustEndWith(0);
        Assert.NotEqual(MigratedProgram.Guest, _program.Read("src/obj/made.c"));
    }

    [Fact]
    public void Exceptions_keep_their_names_and_must_be_names()
    {
        Minios.Result result = _program.Migrate("src", "--write", "--except", "wake,PAGE_SIZE", "--except", "schedul").MustEndWith(0);
        Assert.Contains("warning MINIOS1809: --except schedul excepts nothing: the table has no such old name. Did you mean schedule?", result.Errors);
        Assert.Contains("\t\twake(job->thread);\n\t\tminios_schedule();", _program.Read("src/guest.c"));
        Assert.Contains("[PAGE_SIZE]", _program.Read("src/guest.c"));
    }

    [Fact]
    public void Json_has_every_word()
    {
        JsonElement report = _program.Migrate("src", "--format", "json").MustEndWith(1).Json;
        Assert.Equal((1, "migrate", 1, false, 0), (
            report.GetProperty("version").GetInt32(), report.GetProperty("command").GetString(), report.GetProperty("exitCode").GetInt32(),
            report.GetProperty("written").GetBoolean(), report.GetProperty("undecided").GetInt32()));
        Assert.Equal(5, report.GetProperty("kinds").GetProperty("function").GetInt32());
        JsonElement file = report.GetProperty("files").EnumerateArray().First();
        Assert.Equal(("src/guest.c", true, false), (file.GetProperty("file").GetString(), file.GetProperty("changed").GetBoolean(), file.GetProperty("left").GetBoolean()));
        JsonElement name = file.GetProperty("names").EnumerateArray().First();
        Assert.Equal(
            (5, "struct job { int wake; struct ".Length + 1, "tag", "thread", "minios_thread"),
            (name.GetProperty("line").GetInt32(), name.GetProperty("column").GetInt32(), name.GetProperty("kind").GetString(), name.GetProperty("old").GetString(), name.GetProperty("new").GetString()));
    }

    [Fact]
    public void Sarif_has_the_places_to_decide()
    {
        _program.Write("src/paste.c", "#include <mini-os/sched.h>\n#define DO(x) x ## wake\n");
        JsonElement run = _program.Migrate("src", "--format", "sarif").MustEndWith(1).Json.GetProperty("runs")[0];
        JsonElement result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal("MINIOS1530", result.GetProperty("ruleId").GetString());
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("src/paste.c", 2), (place.GetProperty("artifactLocation").GetProperty("uri").GetString(), place.GetProperty("region").GetProperty("startLine").GetInt32()));
    }

    [Theory]
    [InlineData("give --names or --set", "migrate", "src")]
    [InlineData("MINIOS1801", "migrate", "--names", "none.txt", "src")]
    [InlineData("MINIOS1519", "migrate", "--names", "src/guest.c", "src")]
    [InlineData("MINIOS1808", "migrate", "--set", "set", "nowhere")]
    [InlineData("MINIOS1808", "migrate", "--set", "set", "set/share")]
    public void What_cannot_be_done_ends_with_2_and_says_why(string expected, params string[] arguments)
    {
        Minios.Result result = Minios.Run(_program.Folder, arguments).MustEndWith(2);
        Assert.Contains(expected, result.Errors);
        Assert.Equal("", result.Output);
    }
}
