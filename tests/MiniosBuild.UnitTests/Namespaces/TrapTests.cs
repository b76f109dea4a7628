using System.Text;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Passes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>
/// What symbol tools get wrong without a word, shown with the real tools, and what the pass does instead. Each test is named after the
/// trap's number in the notes on the namespace. Tested elsewhere:
/// <list type="table">
/// <item><term>1, 4, 6, 16, 17, 18</term><description>as the planner sees them: <see cref="PlannerTrapTests"/></description></item>
/// <item><term>5, 9, 10, 11</term><description>as the census sees them: <see cref="CensusTests"/></description></item>
/// <item><term>12</term><description>reading: ArReadingTests, ArDamageTests, MadeArchivesTests; writing: ArWritingTests; kept by the pass:
/// <see cref="PassingTests.Members_keep_their_names_dates_and_order"/></description></item>
/// <item><term>16</term><description>a hook made local: <see cref="ValidatorTests.A_hook_that_became_local_is_an_error"/></description></item>
/// <item><term>19</term><description><see cref="PlannerTrapTests.References_in_inline_assembly_follow"/></description></item>
/// <item><term>22</term><description>a pass belongs to the libc of its configuration too:
/// <see cref="PassingTests.The_note_tells_policies_and_configurations_apart"/></description></item>
/// <item><term>24, 25, 26</term><description><see cref="HeaderTrapTests"/></description></item>
/// </list>
/// </summary>
public sealed class TrapTests : IDisposable
{
    private readonly PassingSamples _samples = new();

    public static TheoryData<ObjcopyKind> Tools => [ObjcopyKind.Gnu, ObjcopyKind.Llvm];

    public void Dispose() => _samples.Dispose();

    /// <summary>GNU makes the signature local and leaves the group COMDAT; LLVM drops the flag, and keeps both copies.</summary>
    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_1_a_comdat_group_made_local(ObjcopyKind kind)
    {
        const string Inline = "inline int __attribute__((noinline)) shared(int n) { static int calls; return n + ++calls; }";
        string one = _samples.CompileBy("g++", "one.o", Inline + " int one(int n) { return shared(n); }");
        string two = _samples.CompileBy("g++", "two.o", Inline + " int two(int n) { return shared(n); }");
        foreach (string path in (string[])[one, two])
        {
            File.Copy(path, path + ".tool");
            PassingSamples.Objcopy(kind, "-L", "_Z6sharedi", path + ".tool");
        }

        ElfFile passed = PassingSamples.Objects(one + ".tool").Single();
        Assert.Contains("t _Z6sharedi", PassingSamples.Symbols(one + ".tool"));
        ElfSectionGroup group = passed.Groups.Single(group => passed.Symbols[group.SignatureIndex].Name == "_Z6sharedi");
        Assert.Equal(kind == ObjcopyKind.Gnu, group.IsComdat);
        Assert.Equal("", RealTool.Run("ld", "-r", "-o", _samples.File("both.o"), one, two)); // the control: as compiled they link
        if (kind == ObjcopyKind.Gnu)
        {
            string error = Assert.Throws<InvalidOperationException>(
                () => RealTool.Run("ld", "-e", "0", "-o", _samples.File("both"), one + ".tool", two + ".tool")).Message;
            Assert.Contains("defined in discarded section", error);
        }

        Assert.Equal("MINIOS2013", RefusedLocal(one, "_Z6sharedi", BackEnd(kind)).Code);
    }

    /// <summary>One call for both renames and keeps: GNU matches new names, LLVM old ones, and either hides all when it is given the other.</summary>
    [Theory]
    [InlineData(ObjcopyKind.Gnu, "wake", "minios_wake")]
    [InlineData(ObjcopyKind.Llvm, "minios_wake", "wake")]
    public void Trap_2_rename_and_keep_in_one_call(ObjcopyKind kind, string wrong, string right)
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; } int other(void) { return 2; }");
        string output = _samples.File("out.o");
        PassingSamples.Objcopy(kind, "--redefine-sym", "wake=minios_wake", "-G", wrong, input, output);
        Assert.Equal(["t minios_wake", "t other"], PassingSamples.Symbols(output));
        PassingSamples.Objcopy(kind, "--redefine-sym", "wake=minios_wake", "-G", right, input, output);
        Assert.Equal(["T minios_wake", "t other"], PassingSamples.Symbols(output));

        Assert.Equal(["T minios_wake", "t other"], PassingSamples.Symbols(Planned(input, "out2.o", BackEnd(kind), ("wake", "minios_wake"), ("other", null))));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_3_a_prefix_for_all_takes_undefined_names_too(ObjcopyKind kind)
    {
        string input = _samples.Compile("a.o", "extern int ext; extern char __start_set[]; long f(void) { return ext + (long)__start_set; }", "-fPIC");
        PassingSamples.Objcopy(kind, "--prefix-symbols=p_", input, _samples.File("tool.o"));
        string[] wrong = [.. PassingSamples.Symbols(_samples.File("tool.o"))];
        Assert.Contains("U p___start_set", wrong);
        Assert.Contains("U p__GLOBAL_OFFSET_TABLE_", wrong);

        Assert.Equal(
            ["T p_f", "U _GLOBAL_OFFSET_TABLE_", "U __start_set", "U ext"],
            PassingSamples.Symbols(_samples.Apply("f p_f", input, "out.o", new PassOptions { BackEnd = BackEnd(kind) })));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_4_a_rename_onto_a_name_that_is_there(ObjcopyKind kind)
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; } int minios_wake(void) { return 2; }");
        PassingSamples.Objcopy(kind, "--redefine-sym", "wake=minios_wake", input, _samples.File("tool.o"));
        Assert.Equal(["T minios_wake", "T minios_wake"], PassingSamples.Symbols(_samples.File("tool.o")));

        Assert.Equal("MINIOS2014", _samples.Refused("wake minios_wake", input, new PassOptions { BackEnd = BackEnd(kind) }).Code);
        string archive = _samples.Archive("in.a", _samples.Compile("b.o", "int wake(void) { return 1; }"), _samples.Compile("c.o", "int minios_wake(void) { return 2; }"));
        Assert.Equal("MINIOS1333", _samples.Refused("wake minios_wake", archive, new PassOptions { BackEnd = BackEnd(kind) }).Code);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_5_common_symbols_stay_global(ObjcopyKind kind)
    {
        string input = _samples.Compile("a.o", "int shared; int f(void) { return shared; }", "-fcommon");
        PassingSamples.Objcopy(kind, "-G", "f", input, _samples.File("tool.o"));
        Assert.Contains("C shared", PassingSamples.Symbols(_samples.File("tool.o")));

        Diagnostic found = RefusedLocal(input, "shared", BackEnd(kind));
        Assert.Equal("MINIOS2013", found.Code);
        Assert.Contains("-fno-common", found.Message);
        Assert.Contains("C mine", PassingSamples.Symbols(_samples.Apply("shared mine", input, "out.o", new PassOptions { BackEnd = BackEnd(kind) })));
    }

    [Fact]
    public void Trap_6_unique_symbols_stay_global_under_gnu()
    {
        string input = _samples.Compile("a.o", "__asm__(\".data; .globl only; .type only, @gnu_unique_object; only: .byte 1; .text\"); int f(void) { return 1; }");
        PassingSamples.Objcopy(ObjcopyKind.Gnu, "-L", "only", input, _samples.File("tool.o"));
        Assert.Contains("u only", PassingSamples.Symbols(_samples.File("tool.o")));

        Assert.Equal("MINIOS1336", RefusedLocal(input, "only", BackEnd(ObjcopyKind.Gnu)).Code);
        Assert.Contains("t only", PassingSamples.Symbols(Planned(input, "llvm.o", BackEnd(ObjcopyKind.Llvm), ("only", null))));
        Assert.Contains("t only", PassingSamples.Symbols(Planned(input, "managed.o", null, ("only", null))));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_7_an_entry_that_matches_nothing(ObjcopyKind kind)
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; }");
        PassingSamples.Objcopy(kind, "--redefine-syms=" + _samples.Write("list", "wkae minios_wake\n"), input, _samples.File("tool.o"));
        Assert.Equal(["T wake"], PassingSamples.Symbols(_samples.File("tool.o")));

        SymbolMap map = PassingSamples.Map("# why\nwkae minios_wake\n");
        PassReport report = new ArchivePass(map, new PassOptions()).Apply(input, _samples.File("out.o"));
        Diagnostic found = Assert.Single(UnmatchedEntries.Of(map, [report]));
        Assert.Equal(("MINIOS1332", 2), (found.Code, found.Line));
    }

    /// <summary>LLVM writes into the files that the archive names, though it was told to write elsewhere.</summary>
    [Fact]
    public void Trap_8_a_thin_archive()
    {
        string member = _samples.Compile("a.o", "int wake(void) { return 1; }");
        byte[] before = File.ReadAllBytes(member);
        string thin = _samples.ArchiveAs("rcsT", "thin.a", member);
        Assert.Equal("MINIOS2108", _samples.Refused("wake minios_wake", thin).Code);
        Assert.Equal(before, File.ReadAllBytes(member));

        PassingSamples.Objcopy(ObjcopyKind.Llvm, "--redefine-sym", "wake=minios_wake", thin, _samples.File("tool.a"));
        Assert.NotEqual(before, File.ReadAllBytes(member));
    }

    /// <summary>GNU prints a line and ends with 0; the archive has both names.</summary>
    [Fact]
    public void Trap_9_a_member_for_another_machine()
    {
        string own = _samples.Compile("own.o", "int wake(void) { return 1; }");
        string foreign = _samples.CompileBy("clang", "foreign.o", "int sleep(void); int wake(void) { return sleep(); }", "-target", "powerpc-linux-gnu");
        string archive = _samples.Archive("in.a", own, foreign);
        PassingSamples.Objcopy(ObjcopyKind.Gnu, "--redefine-sym", "wake=minios_wake", archive, _samples.File("tool.a"));
        string[] wrong = [.. PassingSamples.Symbols(_samples.File("tool.a"))];
        Assert.Contains("T minios_wake", wrong);
        Assert.Contains("T wake", wrong);

        Diagnostic found = _samples.Refused("wake minios_wake", archive);
        Assert.Equal("MINIOS1302", found.Code);
        Assert.EndsWith("in.a(foreign.o)", found.File);
        Assert.Contains("PowerPc (Elf32, BigEndian)", found.Message);
        Assert.Equal(["T minios_wake", "U sleep"], PassingSamples.Symbols(_samples.Apply("wake minios_wake", foreign, "ppc.o")));
    }

    [Fact]
    public void Trap_9_members_that_are_no_objects()
    {
        string own = _samples.Compile("own.o", "int wake(void) { return 1; }");
        string inner = _samples.Archive("inner.a", own);
        string nested = _samples.Archive("nested.a", inner);
        PassingSamples.Objcopy(ObjcopyKind.Gnu, "--redefine-sym", "wake=minios_wake", nested, _samples.File("tool.a"));
        byte[] copied = ArArchive.Parse(File.ReadAllBytes(_samples.File("tool.a"))).Members.Single().Data.ToArray();
        Assert.Equal(File.ReadAllBytes(inner), copied);

        Diagnostic found = _samples.Refused("wake minios_wake", nested, new PassOptions { CopyNonObjects = true });
        Assert.Equal("MINIOS1301", found.Code);
        Assert.Contains("it is an archive", found.Message);
        RealTool.Run("gcc", "-shared", "-o", _samples.File("shared.so"), own);
        Assert.Equal("MINIOS1301", _samples.Refused("wake minios_wake", _samples.Archive("linked.a", _samples.File("shared.so"))).Code);
    }

    [Theory]
    [InlineData(ObjcopyKind.Llvm, "-flto", "nothing else")]
    [InlineData(ObjcopyKind.Llvm, "-flto -ffat-lto-objects", "beside machine code")]
    [InlineData(ObjcopyKind.Gnu, "-flto -ffat-lto-objects", "beside machine code")]
    public void Trap_10_intermediate_code_keeps_the_old_name(ObjcopyKind kind, string flags, string what)
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; }", flags.Split(' '));
        string tool = _samples.File("tool.o");
        PassingSamples.Objcopy(kind, "--redefine-sym", "wake=minios_wake", input, tool);
        string user = _samples.Compile("main.o", "int minios_wake(void); int main(void) { return minios_wake(); }", "-flto");
        string error = Assert.Throws<InvalidOperationException>(() => RealTool.Run("gcc", "-flto", "-o", _samples.File("program"), user, tool)).Message;
        Assert.Contains("undefined reference to `minios_wake'", error);

        Diagnostic found = _samples.Refused("wake minios_wake", _samples.Archive("in.a", input));
        Assert.Equal("MINIOS1303", found.Code);
        Assert.Contains(what, found.Message);
        string bitcode = _samples.CompileBy("clang", "b.o", "int wake(void) { return 1; }", "-flto");
        Assert.Equal("MINIOS1303", _samples.Refused("wake minios_wake", bitcode, new PassOptions { CopyNonObjects = true }).Code);
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_11_undefined_names_and_versions(ObjcopyKind kind)
    {
        string input = _samples.Compile("a.o", "__asm__(\".symver wake_1, wake@@V1\"); int wake_1(void) { return 2; } extern int ext; int f(void) { return ext; }");
        string tool = _samples.File("tool.o");
        PassingSamples.Objcopy(kind, "-L", "ext", "--redefine-sym", "wake=minios_wake", input, tool);
        Assert.Equal(PassingSamples.Symbols(input), PassingSamples.Symbols(tool));
        Assert.Contains("T wake@@V1", PassingSamples.Symbols(tool));

        Diagnostic found = _samples.Refused("wake minios_wake", input, new PassOptions { BackEnd = BackEnd(kind) });
        Assert.Equal("MINIOS1305", found.Code);
        Assert.Contains("\"wake@@V1\"", found.Message);
        SymbolMap local = Planner(("ext", null));
        PassReport report = new ArchivePass(local, new PassOptions { BackEnd = BackEnd(kind) }).Apply(input, _samples.File("out.o"));
        Assert.Equal((0, 0, false), (report.MadeLocal, report.Renamed, report.HasMatched(0)));
    }

    /// <summary>The index is the linker's way to a member: a stale one leads to nothing, and a new one has the new names.</summary>
    [Fact]
    public void Trap_12_odd_archives()
    {
        string one = _samples.Compile("one.o", "int wake(void) { return 1; }");
        string two = _samples.Compile("two.o", "int minios_wake(void); int _start(void) { return minios_wake(); }");
        byte[] data = new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow, PadLast = false, Trailer = [10] }
            .Add("../x", [.. File.ReadAllBytes(one), 0], "stale").Add("../x", File.ReadAllBytes(_samples.Compile("other.o", "int other;")), "wake").Write().Bytes;
        File.WriteAllBytes(_samples.File("odd.a"), data);
        string output = _samples.Apply("wake minios_wake", _samples.File("odd.a"), "out.a");

        ArArchive archive = ArArchive.Parse(File.ReadAllBytes(output));
        Assert.Equal(["../x", "../x"], archive.Members.Select(member => member.Name));
        Assert.Equal(["minios_wake", "other"], archive.Index!.Select(entry => entry.Symbol));
        RealTool.Run("ld", "-o", _samples.File("image"), two, output);
    }

    /// <summary>Whether dates of members are kept is the distribution's choice; here it is the caller's, and the same everywhere.</summary>
    [Fact]
    public void Trap_13_dates_are_kept_or_not_as_asked()
    {
        string input = _samples.ArchiveAs("rcsU", "in.a", _samples.Compile("a.o", "int wake(void) { return 1; }"));
        PassingSamples.Objcopy(ObjcopyKind.Gnu, "-D", input, _samples.File("d.a"));
        PassingSamples.Objcopy(ObjcopyKind.Gnu, "-U", input, _samples.File("u.a"));
        Assert.NotEqual(Date(_samples.File("d.a")), Date(_samples.File("u.a")));

        Assert.Equal(Date(input), Date(_samples.Apply("wake w", input, "kept.a")));
        Assert.Equal(0, Date(_samples.Apply("wake w", input, "none.a", new PassOptions { Deterministic = true })));

        static long Date(string path) => ArArchive.Parse(File.ReadAllBytes(path)).Members.Single().ModificationTime;
    }

    /// <summary>The reference stays 0 where the tool hides the definition, and nothing says so before the program runs.</summary>
    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_16_a_weak_reference_whose_target_was_hidden(ObjcopyKind kind)
    {
        string hook = _samples.Compile("hook.o", "int hook(void) { return 7; }");
        string user = _samples.Compile("user.o", "__attribute__((weak)) int hook(void); int main(void) { return hook ? hook() : 3; }", "-fno-pie");
        string tool = _samples.File("tool.o");
        PassingSamples.Objcopy(kind, "-L", "hook", hook, tool);
        RealTool.Run("gcc", "-no-pie", "-o", _samples.File("right"), user, hook);
        RealTool.Run("gcc", "-no-pie", "-o", _samples.File("wrong"), user, tool);
        Assert.Equal((7, 3), (PassingSamples.Run(_samples.File("right")), PassingSamples.Run(_samples.File("wrong"))));

        string archive = _samples.Archive("in.a", hook, user);
        Diagnostic found = Assert.Throws<DiagnosticException>(() => new ArchivePass(Planner(("hook", null)), new PassOptions { BackEnd = BackEnd(kind) }).Apply(archive, _samples.File("out.a"))).Diagnostic;
        Assert.Equal("MINIOS1334", found.Code);
        Assert.Contains("(hook.o)", found.Message);
        Assert.Contains("(user.o)", found.Message);
    }

    [Fact]
    public void Trap_17_aliases_are_decided_one_by_one()
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; } int alias(void) __attribute__((alias(\"wake\"))); __attribute__((visibility(\"hidden\"))) int hidden(void) { return 2; }");
        string output = Planned(input, "out.o", null, ("wake", "minios_wake"), ("hidden", "_minios_hidden"));
        ElfSymbol[] symbols = [.. PassingSamples.Objects(output).Single().Symbols.Where(symbol => symbol.IsGlobal)];
        Assert.Equal(["_minios_hidden", "alias", "minios_wake"], symbols.Select(symbol => symbol.Name).Order());
        Assert.Equal(symbols.Single(symbol => symbol.Name == "alias").Value, symbols.Single(symbol => symbol.Name == "minios_wake").Value);
        Assert.Equal(ElfSymbolVisibility.Hidden, symbols.Single(symbol => symbol.Name == "_minios_hidden").Visibility);
    }

    /// <summary>Both tools change every symbol of a name, a static one and a section's too; only the global one is meant.</summary>
    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_18_only_global_symbols_are_renamed_and_keep_their_type(ObjcopyKind kind)
    {
        string one = _samples.Compile("one.o", "__asm__(\".globl fixed; fixed = 42\"); _Thread_local int slot = 1; static int own(void) { return 1; } int (*pick(void))(void) { return own; } int chosen(void) __attribute__((ifunc(\"pick\")));");
        string two = _samples.Compile("two.o", "int own(void) { return 2; }");
        string joined = _samples.File("joined.o");
        RealTool.Run("ld", "-r", "-o", joined, one, two);
        PassingSamples.Objcopy(kind, "--redefine-sym", "own=minios_own", joined, _samples.File("tool.o"));
        Assert.Contains("t minios_own", PassingSamples.Symbols(_samples.File("tool.o")));

        Assert.Equal("MINIOS1336", _samples.Refused("own minios_own", joined, new PassOptions { BackEnd = BackEnd(kind) }).Code);
        ElfFile passed = PassingSamples.Objects(_samples.Apply("own minios_own\nfixed f\nslot s\nchosen c\n.text x\none.c y\n", joined, "out.o")).Single();
        Assert.Contains(passed.Symbols, symbol => symbol is { Name: "own", IsGlobal: false });
        Assert.Contains(passed.Symbols, symbol => symbol is { Name: "minios_own", IsGlobal: true, Type: ElfSymbolType.Func });
        Assert.Contains(passed.Symbols, symbol => symbol is { Name: "f", IsAbsolute: true, Value: 42 });
        Assert.Contains(passed.Symbols, symbol => symbol is { Name: "s", Type: ElfSymbolType.Tls });
        Assert.Contains(passed.Symbols, symbol => symbol is { Name: "c", Type: ElfSymbolType.GnuIfunc });
        Assert.Contains(passed.Symbols, symbol => symbol is { Type: ElfSymbolType.File, Name: "source.c" or "one.o.c" });
    }

    /// <summary>Names as data are no symbols: a program that looks names up as text still has the old ones.</summary>
    [Fact]
    public void Trap_20_names_in_data_stay()
    {
        string input = _samples.Compile("a.o", "struct { const char *name; int (*run)(void); } table; int wake(void) { return 1; } void fill(void) { table.name = \"wake\"; table.run = wake; }");
        string output = _samples.Apply("wake minios_wake", input, "out.o");
        Assert.Contains("T minios_wake", PassingSamples.Symbols(output));
        ElfFile file = PassingSamples.Objects(output).Single();
        Assert.Contains(file.Sections, section => section.Name.StartsWith(".rodata", StringComparison.Ordinal) && file.Contents(section.Index).Span.IndexOf("wake\0"u8) >= 0);
    }

    /// <summary>The debugger's names are those of the source, whatever the symbol is called: hence the map that a build leaves.</summary>
    [Fact]
    public void Trap_21_debug_information_keeps_the_source_name()
    {
        string input = _samples.Compile("a.o", "int init_blkfront(void) { return 1; }", "-g");
        string output = _samples.Apply("init_blkfront blkfront_init", input, "out.o");
        Assert.Equal(["T blkfront_init"], PassingSamples.Symbols(output).Where(symbol => symbol.Contains("blkfront", StringComparison.Ordinal)));
        Assert.Contains("init_blkfront", RealTool.Run("readelf", "--debug-dump=info", output));
    }

    /// <summary>Tools take an archive through the same prefix as often as they are asked.</summary>
    [Theory]
    [MemberData(nameof(Tools))]
    public void Trap_23_a_prefix_twice(ObjcopyKind kind)
    {
        string input = _samples.Compile("a.o", "int wake(void) { return 1; }");
        string tool = _samples.File("tool.o");
        PassingSamples.Objcopy(kind, "--prefix-symbols=p_", input, tool);
        PassingSamples.Objcopy(kind, "--prefix-symbols=p_", tool);
        Assert.Equal(["T p_p_wake"], PassingSamples.Symbols(tool));

        var options = new PassOptions { Note = "policy", BackEnd = BackEnd(kind) };
        string once = _samples.Apply("wake p_wake\np_wake p_p_wake", input, "once.o", options);
        Assert.Equal(["T p_wake"], PassingSamples.Symbols(once));
        Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(_samples.Apply("wake p_wake\np_wake p_p_wake", once, "twice.o", options)));
        Assert.Equal("MINIOS1335", _samples.Refused("p_wake q_wake", once, options with { Note = "another" }).Code);
    }

    private ObjcopyRewriter BackEnd(ObjcopyKind kind) => _samples.BackEnd(kind);

    private string Planned(string input, string output, IElfSymbolRewriter? backEnd, params (string Name, string? NewName)[] changes)
    {
        new ArchivePass(Planner(changes), new PassOptions { BackEnd = backEnd }).Apply(input, _samples.File(output));
        return _samples.File(output);
    }

    private Diagnostic RefusedLocal(string input, string name, IElfSymbolRewriter? backEnd) =>
        Assert.Throws<DiagnosticException>(() => Planned(input, "refused", backEnd, (name, null))).Diagnostic;

    /// <summary>The map that does just this, as a plan would: null makes local.</summary>
    private static SymbolMap Planner(params (string Name, string? NewName)[] changes) => SymbolMap.Of(
        [.. changes.Select(change => new SymbolMapEntry(
            Encoding.UTF8.GetBytes(change.Name), Encoding.UTF8.GetBytes(change.NewName ?? change.Name), change.NewName is null, Line: 0))]);
}
