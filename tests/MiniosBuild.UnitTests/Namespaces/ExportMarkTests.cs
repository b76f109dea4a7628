using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Api;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Export marks of sources: what they make public, what is said of them, and that they leave.</summary>
public sealed class ExportMarkTests : IDisposable
{
    private const string Mark = "#define MARK(name) __asm__(\".section .export_symbol\\n\\t.ascii \\\"\" #name \"\\\\n\\\"\\n\\t.previous\")\n";

    private readonly CompiledSet _set = new();
    private readonly List<string> _objects = [];

    public void Dispose() => _set.Dispose();

    /// <summary>The oracle is what upstream's makefile does since 2023: one relocatable, the names of the section kept, and those under xenos_.</summary>
    [Fact]
    public void Hide_only_leaves_the_names_that_the_trees_own_link_leaves()
    {
        AddTree();
        string[] theirs = TheirLink();
        NamespacePolicy policy = BuiltInPolicy.HideOnly;
        NamespacePlan plan = _set.Plan(policy);
        Assert.DoesNotContain(plan.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        SymbolCensus census = SymbolCensus.Read(_set.Inputs());
        string[] api = [.. ApiList.Of(plan, census, policy, []).Symbols.Select(symbol => symbol.Name)];

        // A hook stays in archives for guests to replace, which the one relocatable of upstream has no way for.
        Assert.Equal(theirs, api.Except(["app_main"]).Order(StringComparer.Ordinal));
        Assert.Equal(["_start", "hello_value", "memcpy", "minios_marked", "strlen", "wake", "weak_one", "xenos_api"], theirs.Order(StringComparer.Ordinal));

        Pass(policy, plan);
        string[] wanted = [.. _objects.SelectMany(path => Names("--undefined-only", path))];
        string[] left = [.. _objects.SelectMany(path => Names("--defined-only", path)).Order(StringComparer.Ordinal)];
        Assert.Equal(theirs.Concat(["app_main", "helper", "__stack_chk_fail"]).Order(StringComparer.Ordinal), left);
        Assert.Contains("helper", wanted); // Another object needs it: only one relocatable can do without.

        string joined = Path.Combine(_set.Folder, "joined.o"), keep = Path.Combine(_set.Folder, "keep");
        RealTool.Run("ld", ["-r", "-o", joined, .. _objects]);
        File.WriteAllLines(keep, api.Except(["app_main"]));
        RealTool.Run("objcopy", $"--keep-global-symbols={keep}", joined);
        Assert.Equal(theirs, Names("--defined-only", joined).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(".export_symbol", RealTool.Run("readelf", "-SW", joined));
    }

    [Fact]
    public void The_validator_accepts_that_set_and_nothing_more()
    {
        AddTree();
        NamespacePolicy policy = BuiltInPolicy.HideOnly;
        ValidatedFile[] unpassed = [.. _set.Inputs().Select(input => new ValidatedFile(input.Library, input.Path, input.Data))];
        Pass(policy, _set.Plan(policy));
        var settings = new ValidationSettings { Unpassed = unpassed };
        Assert.DoesNotContain(
            new NamespaceValidator(policy, LibcMode.Stub, settings).ValidateSet(_set.Archive()), finding => finding.Severity == DiagnosticSeverity.Error);

        // What somebody made global again, in the namespace or out of it, is one name too many.
        RealTool.Run("objcopy", "--globalize-symbol=minios_unmarked", "--globalize-symbol=lonely", "--globalize-symbol=blkfront_unmarked", "--globalize-symbol=strchr", _objects[0]);
        RealTool.Run("objcopy", "--globalize-symbol=blkfront_unmarked", _objects[2]);
        RealTool.Run("objcopy", "--globalize-symbol=strchr", _objects[3]);
        IReadOnlyList<Finding> found = new NamespaceValidator(policy, LibcMode.Stub, settings).ValidateSet(_set.Archive());
        Assert.Equal(
            ["blkfront_unmarked", "lonely", "minios_unmarked", "strchr"],
            found.Where(finding => finding.Code == "MINIOS1415").Select(finding => finding.Symbol).Order(StringComparer.Ordinal));
        Assert.All(found.Where(finding => finding.Code == "MINIOS1415"), finding => Assert.Contains("(consumers, marks)", finding.Message));
    }

    [Theory]
    [InlineData("objcopy")]
    [InlineData("llvm-objcopy")]
    public void Marks_leave_whatever_changes_the_symbols(string tool)
    {
        AddTree();
        var backEnd = new MiniosBuild.Toolchain.Passes.ObjcopyRewriter(
            new MiniosBuild.Toolchain.Processes.ToolRunner(), tool == "objcopy" ? "/usr/bin/objcopy" : LlvmTool.Find(tool),
            tool == "objcopy" ? MiniosBuild.Toolchain.Passes.ObjcopyKind.Gnu : MiniosBuild.Toolchain.Passes.ObjcopyKind.Llvm, _set.Folder);
        Pass(BuiltInPolicy.HideOnly, _set.Plan(BuiltInPolicy.HideOnly), backEnd);
        Assert.All(_objects, path => Assert.DoesNotContain(".export_symbol", RealTool.Run("readelf", "-SW", path)));
    }

    [Fact]
    public void Under_a_policy_that_renames_marks_decide_who_gets_the_public_prefix()
    {
        _set.AddC("core", "a", Mark + "int one(void) { return 1; } MARK(one); int two(void) { return 2; } int three(void) { return 3; } int v = 1; MARK(v);");
        _set.AddC("core", "b", "int two(void); int four(void) { return two(); } extern int v; int *pv(void) { return &v; }");
        PublicDeclarations declared = _set.Declare("int three(void); int four(void);");
        NamespacePlan marks = _set.Plan(Policy("\"marks\""), declared);
        Assert.Equal(["_minios_two", "_minios_v", "minios_one"], marks.Renames.Values.Order(StringComparer.Ordinal));
        Assert.Equal("a function with an export mark", marks.Decisions.Single(decision => decision.Name == "one").Reason);
        Assert.Equal(["_minios_four", "_minios_three"], marks.HeaderRenames.Where(rename => rename.Key is "three" or "four").Select(rename => rename.Value).Order());

        NamespacePlan both = _set.Plan(Policy("[\"headers\", \"marks\"]"), declared);
        Assert.Equal(["minios_four", "minios_one", "minios_three"], both.Renames.Values.Where(name => name[0] == 'm').Order(StringComparer.Ordinal));
        Assert.Equal(["minios_four", "minios_three"], _set.Plan(Policy("\"headers\""), declared).Renames.Values.Where(name => name[0] == 'm').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Headers_stand_in_for_a_set_without_marks()
    {
        _set.AddC("core", "a", "int one(void) { return 1; } int two(void) { return 2; }");
        NamespacePlan plan = _set.Plan(BuiltInPolicy.HideOnly, _set.Declare("int one(void);"));
        Assert.Equal(["Keep one", "Localize two"], plan.Decisions.Select(decision => $"{decision.Action} {decision.Name}"));
        Assert.Equal(DiagnosticSeverity.Message, plan.Diagnostics.Single(diagnostic => diagnostic.Code == "MINIOS1454").Severity);
    }

    [Fact]
    public void A_section_that_is_no_list_is_an_error_where_marks_count()
    {
        string path = _set.AddC("core", "a", "__asm__(\".section .export_symbol\\n\\t.ascii \\\"one\\\"\\n\\t.previous\"); int one(void) { return 1; }");
        Diagnostic error = _set.Plan(BuiltInPolicy.HideOnly).Diagnostics.Single(diagnostic => diagnostic.Code == "MINIOS1450");
        Assert.Equal((DiagnosticSeverity.Error, path), (error.Severity, error.File));
        Assert.Matches("^offset 0x[0-9a-f]+: .*\"one\", has neither", error.Message);
        Assert.DoesNotContain(_set.Plan().Diagnostics, diagnostic => diagnostic.Code == "MINIOS1450");
        Assert.Contains(Check(BuiltInPolicy.Minios, null), finding => finding is { Code: "MINIOS1450", Severity: DiagnosticSeverity.Warning });
    }

    [Fact]
    public void Marks_are_held_against_definitions_and_headers_each_at_its_line()
    {
        string path = _set.AddC("core", "a", Mark + """
            int shown(void) { return 1; }
            MARK(shown);
            int undeclared(void) { return 2; }
            MARK(undeclared);
            int unmarked(void) { return 3; }
            static int __attribute__((used)) inner(void) { return 4; }
            MARK(inner);
            int minios_early(void) { return 5; }
            MARK(early);
            MARK(shownn);
            """, "-g");
        NamespacePolicy policy = BuiltInPolicy.Minios;
        PublicDeclarations staged = _set.Declare("int minios_shown(void); int minios_unmarked(void); int minios_early(void);");
        ValidatedFile[] unpassed = [.. _set.Inputs().Select(input => new ValidatedFile(input.Library, input.Path, input.Data))];
        NamespacePlan plan = _set.Plan(policy, _set.Declare("int shown(void); int undeclared(void); int unmarked(void); int minios_early(void);"));
        ArchivePass pass = new(SymbolMap.Of(plan), new PassOptions { DropsMarks = true, Note = PassNote.TextFor(policy, LibcMode.Stub) });
        pass.Apply(path, path);
        Finding[] found = Marks(unpassed, FindingLevels.Default);

        Assert.Equal(
            [
                "MINIOS1433 undeclared 4", "MINIOS1434 minios_early 9", "MINIOS1434 unmarked 6", "MINIOS1435 shownn 0", "MINIOS1436 inner 7", "MINIOS1439 early 9",
            ],
            found.Select(finding => $"{finding.Code} {finding.Symbol} {finding.Position?.Line ?? 0}").Order(StringComparer.Ordinal));
        Assert.Contains("Did you mean \"shown\"?", found.Single(finding => finding.Code == "MINIOS1435").Message);
        Assert.All(found.Where(finding => finding.Position is not null), finding => Assert.EndsWith("a.c", finding.Position!.Value.File));
        Assert.DoesNotContain(found, finding => finding.Severity == DiagnosticSeverity.Error);

        // As other findings they have levels, and a baseline accepts them.
        Assert.Equal(["MINIOS1433 Error"], Marks(unpassed, FindingLevels.Parse("MINIOS1433=error;MINIOS1434=none;MINIOS1435=none;MINIOS1436=none;MINIOS1439=none")).Select(finding => $"{finding.Code} {finding.Severity}"));
        Finding[] warned = Marks(unpassed, FindingLevels.Parse("MINIOS1433=warning;MINIOS1434=warning"));
        Assert.Equal(found.Length, warned.Length);
        Assert.Empty(Baseline.Parse(Baseline.Write(warned), "baseline").Apply(warned).Remaining);

        Finding[] Marks(IReadOnlyList<ValidatedFile> before, FindingLevels levels) =>
        [
            .. new NamespaceValidator(policy, LibcMode.Stub, new ValidationSettings { Unpassed = before, Levels = levels }).ValidateSet(_set.Archive(), staged)
                .Where(finding => string.CompareOrdinal(finding.Code, "MINIOS1433") >= 0 && string.CompareOrdinal(finding.Code, "MINIOS1439") <= 0),
        ];
    }

    [Fact]
    public void A_marked_name_that_was_hidden_is_lost()
    {
        string path = _set.AddC("core", "a", Mark + "int shown(void) { return 1; } MARK(shown);", "-g");
        ValidatedFile[] unpassed = [.. _set.Inputs().Select(input => new ValidatedFile(input.Library, input.Path, input.Data))];
        RealTool.Run("objcopy", "--localize-symbol=shown", "--remove-section=.export_symbol", path);
        Finding lost = new NamespaceValidator(BuiltInPolicy.HideOnly, LibcMode.Stub, new ValidationSettings { Unpassed = unpassed }).ValidateSet(_set.Archive())
            .Single(finding => finding.Code == "MINIOS1437");
        Assert.Equal((DiagnosticSeverity.Error, "shown", 2), (lost.Severity, lost.Symbol, lost.Position!.Value.Line));
        Assert.DoesNotContain(
            new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub, new ValidationSettings { Unpassed = unpassed }).ValidateSet(_set.Archive()), finding => finding.Code == "MINIOS1437");
    }

    [Fact]
    public void Marks_that_stayed_are_told()
    {
        _set.AddC("core", "a", Mark + "int shown(void) { return 1; } MARK(shown);");
        Assert.Contains(Check(BuiltInPolicy.HideOnly, null), finding => finding is { Code: "MINIOS1438", Member: "a.o", Severity: DiagnosticSeverity.Warning });
    }

    private IReadOnlyList<Finding> Check(NamespacePolicy policy, PublicDeclarations? staged) =>
        new NamespaceValidator(policy, LibcMode.Stub).ValidateSet(_set.Archive(), staged);

    private static NamespacePolicy Policy(string sources) => NamespacePolicy.Parse(
        System.Text.Encoding.UTF8.GetBytes($$"""{ "publicPrefix": "minios_", "unmatched": "message", "public": {{sources}} }"""), "policy.json");

    /// <summary>Names of every kind that a rule would keep for its spelling, each with a mark and without one.</summary>
    private void AddTree()
    {
        _objects.Add(_set.AddC("core", "core", Mark + """
            int helper(int); int strlen(const char *);
            void _start(void) {} MARK(_start);
            int wake(void) { return helper(1); } MARK(wake);
            int minios_marked(void) { return 1; } MARK(minios_marked);
            int minios_unmarked(void) { return 2; }
            int lonely(void) { return 3; }
            int hello_value = 4; MARK(hello_value);
            int other_value = 5;
            int xenos_api(void) { return strlen("a") + other_value; }
            __attribute__((weak)) int app_main(void *p) { return 0; }
            __attribute__((weak)) int weak_one(void) { return 6; } MARK(weak_one);
            __attribute__((weak)) int weak_two(void) { return 7; }
            """));
        _objects.Add(_set.AddC("core", "helper", "int helper(int a) { return a; } void __stack_chk_fail(void) {}"));
        _objects.Add(_set.AddC("blkfront", "blkfront", "int blkfront_unmarked(void) { return 1; }"));
        _objects.Add(_set.AddC("libc", "string", Mark + """
            int strlen(const char *s) { return s[0]; } MARK(strlen);
            char *strchr(const char *s, int c) { return 0; }
            void *memcpy(void *d, const void *s, unsigned long n) { return d; } MARK(memcpy);
            """));
    }

    private string[] TheirLink()
    {
        string joined = Path.Combine(_set.Folder, "theirs.o"), names = Path.Combine(_set.Folder, "names");
        RealTool.Run("ld", ["-r", "-o", joined, .. _objects]);
        RealTool.Run("objcopy", "--set-section-flags", ".export_symbol=alloc", "-O", "binary", "--only-section=.export_symbol", joined, names);
        RealTool.Run("objcopy", "-w", "-G", "xenos_*", $"--keep-global-symbols={names}", "--remove-section=.export_symbol", joined, joined);
        return [.. Names("--defined-only", joined).Order(StringComparer.Ordinal)];
    }

    private void Pass(NamespacePolicy policy, NamespacePlan plan, IElfSymbolRewriter? backEnd = null)
    {
        var pass = new ArchivePass(SymbolMap.Of(plan), new PassOptions { DropsMarks = true, Note = PassNote.TextFor(policy, LibcMode.Stub), BackEnd = backEnd });
        foreach (string path in _objects)
        {
            pass.Apply(path, path);
        }
    }

    private static string[] Names(string which, string path) =>
        RealTool.Run("nm", "-g", which, "-j", path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
