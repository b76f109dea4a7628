using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Passes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The pass over whole archives: what it changes, counts, refuses and leaves alone.</summary>
public sealed class PassingTests : IDisposable
{
    private const string Map = "wake minios_wake\nrun_queue _minios_run_queue\nschedule minios_schedule\n";

    private readonly PassingSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public void Definitions_and_references_are_renamed_together_with_the_index()
    {
        string input = Sample();
        PassReport report = PassingSamples.Pass(Map).Apply(input, _samples.File("out.a"));

        Assert.Equal(["T _minios_run_queue", "T minios_wake", "T thread", "U _minios_run_queue", "U minios_wake"], PassingSamples.Symbols(_samples.File("out.a")));
        Assert.Equal((2, 2, 4, 0, 0), (report.Members, report.ChangedMembers, report.Renamed, report.MadeLocal, report.PassedMembers));
        Assert.Equal(new FileInfo(_samples.File("out.a")).Length, report.Size);
        string reindexed = _samples.File("reindexed.a");
        File.Copy(_samples.File("out.a"), reindexed);
        RealTool.Run("ranlib", "-D", reindexed);
        Assert.Equal(File.ReadAllBytes(reindexed), File.ReadAllBytes(_samples.File("out.a")));
        Diagnostic unmatched = Assert.Single(UnmatchedEntries.Of(PassingSamples.Map(Map), [report]));
        Assert.Equal(("MINIOS1332", DiagnosticSeverity.Warning, "names.map", 3), (unmatched.Code, unmatched.Severity, unmatched.File, unmatched.Line));
        Assert.Contains("\"schedule\"", unmatched.Message);
    }

    [Fact]
    public void An_object_by_itself_is_passed_as_well()
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; }");
        PassReport report = PassingSamples.Pass(Map, new PassOptions { Note = "n" }).Apply(input, input);

        Assert.Equal(["T minios_wake"], PassingSamples.Symbols(input));
        Assert.Equal((1, 1, true), (report.Members, report.Renamed, report.Changed));
        Assert.Equal("n", ElfPassNote.Read(PassingSamples.Objects(input).Single()));
    }

    [Fact]
    public void Members_keep_their_names_dates_and_order()
    {
        string one = _samples.Compile("a name with blanks.o", "int wake(void) { return 1; }");
        string two = _samples.Compile("a-name-that-does-not-fit-the-header.o", "int wake(void); int twice(void) { return wake(); }");
        Directory.CreateDirectory(_samples.File("sub"));
        string three = _samples.Compile("sub/a name with blanks.o", "int other(void) { return 2; }");
        string input = _samples.ArchiveAs("rcsU", "in.a", one, two);
        RealTool.Run("ar", "qU", input, three);
        File.WriteAllBytes(input, Replaced(File.ReadAllBytes(input), "a name with blanks.o/\n", "../name with blank.o/\n"));
        string output = _samples.Apply(Map, input, "out.a");

        Assert.Equal(Headers(input), Headers(output));
        Assert.Equal(["../name with blank.o", "a-name-that-does-not-fit-the-header.o", "../name with blank.o"], Headers(output).Select(header => header.Split('|')[0]));
        Assert.All(Headers(_samples.Apply(Map, input, "fixed.a", new PassOptions { Deterministic = true })), header => Assert.EndsWith("|0|0|0|420", header));
    }

    [Fact]
    public void The_same_pass_again_changes_nothing_and_another_is_refused()
    {
        string input = Sample();
        SymbolMap map = PassingSamples.Map(Map);
        var options = new PassOptions { Note = "the pass of this test" };
        string once = _samples.Apply(Map, input, "once.a", options);
        PassReport second = new ArchivePass(map, options).Apply(once, _samples.File("twice.a"));

        Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(_samples.File("twice.a")));
        Assert.Equal((2, 0), (second.PassedMembers, second.ChangedMembers));
        Assert.False(new ArchivePass(map, options).Apply(once, once).Changed);

        Diagnostic other = _samples.Refused("minios_wake other", once, new PassOptions { Note = "another policy" });
        Assert.Equal("MINIOS1335", other.Code);
        Assert.Contains("another policy", other.Message);
        Assert.Contains(options.Note, other.Message);
        Assert.EndsWith("once.a(a.o)", other.File);
        Assert.Equal("MINIOS1335", _samples.Refused("minios_wake other", once).Code);
        string forced = _samples.Apply("minios_wake other", once, "forced.a", new PassOptions { Note = "another policy", AcceptOtherNotes = true });
        Assert.Contains("T other", PassingSamples.Symbols(forced));
        Assert.All(PassingSamples.Objects(forced), file => Assert.Equal("another policy", ElfPassNote.Read(file)));
    }

    [Fact]
    public void The_same_rules_under_another_name_are_the_same_pass()
    {
        PassNote note = PassNote.For(BuiltInPolicy.Minios, LibcMode.Stub);
        string once = _samples.Apply(Map, Sample(), "once.a", new PassOptions { Note = note.ToString() });
        var copied = new PassOptions { Note = (note with { PolicyName = "a copy of it" }).ToString() };

        Assert.Equal(2, PassingSamples.Pass(Map, copied).Apply(once, _samples.File("twice.a")).PassedMembers);
        Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(_samples.File("twice.a")));
        var other = new PassOptions { Note = (note with { Libc = LibcMode.Private }).ToString() };
        Assert.Equal("MINIOS1335", _samples.Refused(Map, once, other).Code);
    }

    [Fact]
    public void Names_that_an_earlier_pass_gave_count_as_matched()
    {
        var options = new PassOptions { Note = "n" };
        string once = _samples.Apply(Map, Sample(), "once.a", options);
        SymbolMap map = PassingSamples.Map("wake minios_wake\nrun_queue _minios_run_queue\nnowhere minios_nowhere\n");
        PassReport second = new ArchivePass(map, options).Apply(once, _samples.File("twice.a"));

        Diagnostic unmatched = Assert.Single(UnmatchedEntries.Of(map, [second]));
        Assert.Contains("nowhere", unmatched.Message);
    }

    [Fact]
    public void A_note_does_not_hide_what_the_pass_has_still_to_do()
    {
        var options = new PassOptions { Note = "n" };
        string once = _samples.Apply("wake minios_wake", _samples.Compile("one.o", "void wake(void) {}"), "once.o", options);
        string joined = _samples.File("joined.o");
        RealTool.Run("ld", ["-r", "-o", joined, once, _samples.Compile("two.o", "void sleep(void) {}")]);

        Diagnostic found = _samples.Refused("wake minios_wake\nsleep minios_sleep\n", joined, options);
        Assert.Equal("MINIOS1335", found.Code);
        Assert.Contains("\"sleep\"", found.Message);
        // Names that change places are there under either map.
        string swapped = _samples.Apply("a b\nb a\n", _samples.Compile("swap.o", "void a(void) {} void b(void) {}"), "swapped.o", options);
        Assert.Equal(1, PassingSamples.Pass("a b\nb a\n", options).Apply(swapped, swapped).PassedMembers);
    }

    [Fact]
    public void The_note_tells_policies_and_configurations_apart()
    {
        string[] notes =
        [
            PassNote.TextFor(BuiltInPolicy.Minios, LibcMode.Stub), PassNote.TextFor(BuiltInPolicy.Strict, LibcMode.Stub),
            PassNote.TextFor(BuiltInPolicy.Minios, LibcMode.Private),
        ];
        Assert.Equal(notes.Length, notes.Distinct().Count());
        Assert.DoesNotContain('\n', string.Concat(notes));
    }

    /// <summary>g++ calls the group of a constructor C5, by a local symbol; that of an inline function is called as the function is.</summary>
    [Theory]
    [InlineData("_ZN1SC1Ei s_one\n_ZN1SC2Ei s_two\n", "_ZN1SC5Ei")]
    [InlineData("_Z5twicei s_twice\n", null)]
    public void A_group_that_keeps_its_name_while_a_definition_in_it_changes_is_reported(string map, string? signature)
    {
        string source = _samples.File("group.cc");
        File.WriteAllText(source, "struct S { int n; S(int i) : n(i) {} }; inline int twice(int n) { return 2 * n; } int use(int n) { S s(n); return twice(s.n); }");
        RealTool.Run("g++", "-O0", "-c", source, "-o", _samples.File("group.o"));
        Diagnostic? found = PassingSamples.Pass(map).Apply(_samples.File("group.o"), _samples.File("group.passed.o")).KeptGroups;
        Assert.Equal(signature is null ? null : "MINIOS1338", found?.Code);
        Assert.Equal(signature is not null, found?.Message.Contains($"\"{signature}\"") ?? false);
    }

    [Fact]
    public void An_archive_that_got_a_new_object_after_the_pass_is_passed_where_it_has_to_be()
    {
        var options = new PassOptions { Note = "n" };
        string output = _samples.Apply(Map, Sample(), "out.a", options);
        RealTool.Run("ar", "rD", output, _samples.Compile("late.o", "void wake(int); void late(void) { wake(1); }"));
        PassReport report = PassingSamples.Pass(Map, options).Apply(output, output);

        Assert.Equal((3, 1, 2), (report.Members, report.Renamed, report.PassedMembers));
        Assert.DoesNotContain("U wake", PassingSamples.Symbols(output));
    }

    /// <summary>No single object shows it, and no symbol tool says it. That two names change places is no such case.</summary>
    [Theory]
    [InlineData("int idle;")]
    [InlineData("extern int idle; int *c(void) { return &idle; }")]
    public void A_new_name_must_not_be_taken_by_another_member(string source)
    {
        string input = Sample();
        RealTool.Run("ar", "rsD", input, _samples.Compile("c.o", source));
        Diagnostic found = _samples.Refused("run_queue idle", input);
        Assert.Equal("MINIOS1333", found.Code);
        Assert.Contains("\"run_queue\" of ", found.Message);
        Assert.Contains("in.a(a.o) would become \"idle\", a name that ", found.Message);
        Assert.Contains("in.a(c.o) has already", found.Message);
        Assert.Contains("T idle", PassingSamples.Symbols(_samples.Apply("run_queue idle\nidle run_queue\n", input, "out.a")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_several_bad_members_the_first_is_named(int degree)
    {
        string[] files = [.. Enumerable.Range(0, 20).Select(index => index is 0 or 3 or 4 or 19
            ? _samples.Compile($"m{index}.o", $"int f{index};") : _samples.Write($"m{index}.o", "text"))];
        Diagnostic found = _samples.Refused(Map, _samples.Archive("in.a", files), new PassOptions { MaxDegreeOfParallelism = degree });
        Assert.Equal("MINIOS1301", found.Code);
        Assert.EndsWith("in.a(m1.o)", found.File);
    }

    [Fact]
    public void A_result_does_not_depend_on_the_number_of_threads()
    {
        string libc = RealTool.Run("gcc", "-print-file-name=libc.a").Trim();
        string map = PrefixMap(libc);
        string one = _samples.Apply(map, libc, "one.a", new PassOptions { MaxDegreeOfParallelism = 1, Note = "n" });
        string many = _samples.Apply(map, libc, "many.a", new PassOptions { MaxDegreeOfParallelism = 7, Note = "n" });
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(many));
    }

    [Fact]
    public void A_failed_pass_leaves_the_old_output()
    {
        string output = _samples.Write("refused.a", "old");
        string input = _samples.Archive("in.a", _samples.Compile("a.o", "int a;"), _samples.Write("b.o", "text"));
        _samples.Refused(Map, input);
        Assert.Equal("old", File.ReadAllText(output));
    }

    [Fact]
    public void A_cancelled_pass_leaves_nothing()
    {
        string input = Sample();
        Assert.ThrowsAny<OperationCanceledException>(() => PassingSamples.Pass(Map).Apply(input, _samples.File("out.a"), new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(input)!, "out.a*"));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("symbols")]
    public void Damage_is_reported_with_file_and_member(string damage)
    {
        byte[] data = File.ReadAllBytes(Sample());
        ArMember second = ArArchive.Parse(data).Members[1];
        byte[] bad = damage == "truncated" ? data[..^100] : [.. data];
        if (damage == "symbols")
        {
            bad.AsSpan((int)second.DataOffset + 40, 8).Fill(0xff); // e_shoff
        }

        File.WriteAllBytes(_samples.File("bad.a"), bad);
        Diagnostic found = _samples.Refused(Map, _samples.File("bad.a"));
        Assert.StartsWith(damage == "truncated" ? "MINIOS21" : "MINIOS20", found.Code);
        Assert.EndsWith(damage == "truncated" ? "bad.a" : "bad.a(b.o)", found.File);
    }

    [Fact]
    public void Texts_are_copied_only_when_the_caller_allows_it()
    {
        string input = _samples.Archive("in.a", _samples.Compile("a.o", "int wake(void) { return 1; }"), _samples.Write("notes.txt", "odd"), _samples.Write("empty", ""));
        Assert.EndsWith("(notes.txt)", _samples.Refused(Map, input).File);
        ArArchive archive = ArArchive.Parse(File.ReadAllBytes(_samples.Apply(Map, input, "out.a", new PassOptions { CopyNonObjects = true })));
        Assert.Equal("odd"u8, archive.Members[1].Data.Span);
        Assert.Equal("minios_wake", Assert.Single(archive.Index!).Symbol);
    }

    [Fact]
    public void Archives_of_bsd_are_written_as_gnu_archives()
    {
        string input = _samples.File("bsd.a");
        RealTool.Run(LlvmTool.Find("llvm-ar"), "--format=bsd", "rcsD", input, _samples.Compile("a-name-of-more-than-sixteen-bytes.o", "int wake(void) { return 1; }"));
        ArArchive archive = ArArchive.Parse(File.ReadAllBytes(_samples.Apply(Map, input, "out.a")));
        Assert.Equal((ArVariant.Gnu, "a-name-of-more-than-sixteen-bytes.o"), (archive.Variant, archive.Members.Single().Name));
        Assert.Equal("minios_wake", Assert.Single(archive.Index!).Symbol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ObjcopyKind.Gnu)]
    [InlineData(ObjcopyKind.Llvm)]
    public void Names_of_a_plan_are_made_local_by_every_back_end(ObjcopyKind? kind)
    {
        using var set = new CompiledSet();
        string one = set.AddC("core", "a", "int shared; static volatile int own; __attribute__((noinline)) int lone(void) { return shared + own; } void _start(void) { lone(); }");
        string two = set.AddC("core", "b", "extern int shared; int *where(void) { return &shared; }");
        var pass = new ArchivePass(SymbolMap.Of(set.Plan()), new PassOptions { Note = "n", BackEnd = kind is { } tool ? _samples.BackEnd(tool) : null });
        PassReport report = pass.Apply(_samples.Archive("in.a", one, two), _samples.File("out.a"));

        Assert.Equal((2, 2), (report.Renamed, report.MadeLocal));
        Assert.Equal(["T _minios_shared", "T _start", "U _minios_shared", "t lone", "t own", "t where"], PassingSamples.Symbols(_samples.File("out.a")));
        Assert.All(PassingSamples.Objects(_samples.File("out.a")), file => Assert.Equal("n", ElfPassNote.Read(file)));
        RealTool.Run("ld", "-o", _samples.File("image"), "--whole-archive", _samples.File("out.a"));
    }

    internal static string PrefixMap(string archive) => string.Concat(PassingSamples.Objects(archive)
        .SelectMany(file => file.Symbols).Where(symbol => symbol is { IsGlobal: true, IsDefined: true }).Select(symbol => symbol.Name)
        .Distinct(StringComparer.Ordinal).Select(name => $"{name} my_{name}\n"));

    private static IEnumerable<string> Headers(string path) => ArArchive.Parse(File.ReadAllBytes(path)).Members
        .Select(member => $"{member.Name}|{member.ModificationTime}|{member.Uid}|{member.Gid}|{member.Mode}");

    private static byte[] Replaced(byte[] data, string old, string text)
    {
        for (int at; (at = data.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(old))) >= 0;)
        {
            System.Text.Encoding.ASCII.GetBytes(text).CopyTo(data, at);
        }

        return data;
    }

    private string Sample() => _samples.Archive(
        "in.a",
        _samples.Compile("a.o", "int run_queue[3]; void wake(int n) { run_queue[n] = 1; }"),
        _samples.Compile("b.o", "extern int run_queue[]; void wake(int); void thread(void) { wake(run_queue[0]); }"));
}
