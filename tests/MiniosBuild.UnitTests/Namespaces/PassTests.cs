using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The plan applied by real tools, planned again, checked by the validator, and linked.</summary>
public sealed class PassTests : IDisposable
{
    private const string PublicHeader = """
        int schedule(void);
        void wake(int thread);
        extern int current_count;
        int xenbus_read(const char *path);
        int init_blkfront(void);
        int blkfront_io(int sector);
        """;

    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    /// <summary>The public header with the names that the plan gives.</summary>
    private static string Staged(NamespacePlan plan)
    {
        NameMap names = NameMap.Of(plan.HeaderRenames.Select(rename => new NameMapEntry(HeaderNameKind.Function, rename.Key, rename.Value)));
        return Encoding.UTF8.GetString(SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(PublicHeader), names, new RewriteOptions()).Bytes);
    }

    [Fact]
    public void A_plan_over_passed_objects_changes_nothing()
    {
        NamespacePlan first = Populate();
        Assert.DoesNotContain(first.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        Assert.NotEmpty(first.Renames);
        _set.Apply(first);
        NamespacePlan second = _set.Plan(declarations: _set.Declare(Staged(first)));
        Assert.DoesNotContain(second.Diagnostics, found => found.Severity != DiagnosticSeverity.Message);
        Assert.Empty(second.Renames);
        Assert.Empty(second.HeaderRenames);
        Assert.All(second.Decisions, decision => Assert.Equal(SymbolAction.Keep, decision.Action));
        Assert.Equal(
            ["HYPERVISOR_shared_info", "_minios_current_count", "_minios_ready", "_start", "app_main", "blkfront_init", "blkfront_io", "memcpy", "minios_schedule", "minios_wake", "strlen", "xenbus_read"],
            second.Decisions.Select(decision => decision.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("minios", LibcMode.Stub)]
    [InlineData("minios", LibcMode.Private)]
    [InlineData("minios-strict", LibcMode.Stub)]
    [InlineData("hide-only", LibcMode.Stub)]
    public void Passed_archives_and_headers_keep_to_the_policy_and_link(string name, LibcMode libc)
    {
        NamespacePolicy policy = BuiltInPolicy.Load(name);
        Populate();
        PublicDeclarations declared = _set.Declare(PublicHeader);
        NamespacePlan plan = _set.Plan(policy, declared, libc);
        _set.Apply(plan);
        PublicDeclarations staged = _set.Declare(Staged(plan));
        var validator = new NamespaceValidator(policy, libc);
        IReadOnlyList<ValidatedFile> archives = _set.Archive();
        Assert.Empty(archives.SelectMany(archive => validator.ValidateArchive(archive.Library, archive.Path, archive.Data)));
        Assert.Empty(validator.ValidateSet(archives, staged));
        Assert.Empty(validator.ValidateHeaders(staged));
        RealTool.Run("ld", ["-o", Path.Combine(_set.Folder, "image"), "-u", "_start", "--start-group", .. archives.Select(archive => archive.Path), "--end-group"]);
    }

    /// <summary>The negative control: without the pass the validator finds exactly the names that are outside.</summary>
    [Fact]
    public void Objects_without_the_pass_fail_with_exactly_the_known_list()
    {
        Populate();
        var validator = new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub);
        IReadOnlyList<Finding> found = validator.ValidateSet(_set.Archive(), _set.Declare(PublicHeader));
        Assert.All(found, error => Assert.Equal(("MINIOS1410", DiagnosticSeverity.Error), (error.Code, error.Severity)));
        Assert.Equal(
            [
                "libminios-blkfront.a|blk.o|data|blk_state", "libminios-blkfront.a|blk.o|function|init_blkfront",
                "libminios-core.a|sched.o|data|current_count", "libminios-core.a|sched.o|function|lone",
                "libminios-core.a|sched.o|function|ready", "libminios-core.a|sched.o|function|schedule", "libminios-core.a|sched.o|function|wake",
            ],
            found.Select(error => $"{Path.GetFileName(error.File)}|{error.Member}|{error.Kind}|{error.Symbol}"));
        Assert.Contains("rule 4 renames it to \"blkfront_init\"", found[1].Message);
        Assert.Equal(["MINIOS1502", "MINIOS1501", "MINIOS1501", "MINIOS1501"], validator.ValidateHeaders(_set.Declare(PublicHeader)).Select(error => error.Code).OrderDescending());
    }

    [Fact]
    public void A_definition_made_local_still_serves_its_own_object()
    {
        string path = _set.AddC("core", "a", "int secret = 40; int add(int n) { return secret + n; } void _start(void) { __asm__ volatile(\"syscall\" :: \"a\"(60), \"D\"(add(2)) : \"rcx\", \"r11\", \"memory\"); }");
        NamespacePlan plan = _set.Plan();
        Assert.Equal(["add", "secret"], plan.LocalsFor(path));
        _set.Apply(plan);
        string image = Path.Combine(_set.Folder, "image");
        RealTool.Run("ld", "-o", image, path);
        InvalidOperationException exit = Assert.Throws<InvalidOperationException>(() => RealTool.Run(image));
        Assert.Contains("ended with 42", exit.Message);
    }

    [Fact]
    public void A_plan_survives_its_file()
    {
        NamespacePlan plan = Populate();
        NamespacePlan back = NamespacePlan.Parse(plan.Serialize(), "plan.json");
        Assert.Equal(plan, back);
        Assert.Equal(plan.Decisions, back.Decisions);
        Assert.Equal(plan.Unresolved, back.Unresolved);
        Assert.Equal(plan.Diagnostics, back.Diagnostics);
        Assert.Equal(plan.HeaderRenames, back.HeaderRenames);
        Assert.Equal(plan.RenameMapText(), back.RenameMapText());
        Assert.All(plan.Objects, planned => Assert.Equal(plan.RenamesFor(planned.Path), back.RenamesFor(planned.Path)));
        Assert.Contains("schedule minios_schedule\n", plan.RenameMapText());
    }

    [Fact]
    public void A_plan_does_not_depend_on_the_order_of_its_objects()
    {
        Populate();
        CensusInput[] inputs = [.. _set.Inputs()];
        byte[] forward = Plan(inputs);
        Array.Reverse(inputs);
        Assert.Equal(forward, Plan(inputs));

        static byte[] Plan(CensusInput[] inputs) =>
            NamespacePlanner.Plan(BuiltInPolicy.Minios, SymbolCensus.Read(inputs), PublicDeclarations.Empty, LibcMode.Stub).Serialize();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1,\"policy\":\"p\",\"libc\":\"Stub\",\"objects\":[{\"library\":\"a\",\"path\":\"b\",\"names\":[[\"x\"]],\"uses\":[]}],\"headers\":[],\"unresolved\":[],\"diagnostics\":[]}")]
    [InlineData("{\"format\":1,\"policy\":\"p\",\"libc\":\"Mine\",\"objects\":[],\"headers\":[],\"unresolved\":[],\"diagnostics\":[]}")]
    public void A_file_that_is_no_plan_is_refused(string text)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => NamespacePlan.Parse(System.Text.Encoding.UTF8.GetBytes(text), "plan.json")).Diagnostic;
        Assert.Equal(("MINIOS1316", "plan.json"), (found.Code, found.File));
    }

    /// <summary>Whatever names and bindings objects have: the file gives the plan back, and no two names meet unless it says so.</summary>
    [Fact]
    public void Any_plan_survives_its_file_and_keeps_names_apart()
    {
        Gen<string> names = Gen.Elements("a", "b", "minios_a", "_minios_a", "memcpy", "app_main", "xenbus_x", "init_xenbus", "printf", "x.y", "é\"\\");
        Gen<ElfSymbolBinding> bindings = Gen.Elements(ElfSymbolBinding.Global, ElfSymbolBinding.Weak, ElfSymbolBinding.GnuUnique);
        Gen<(string, ElfSymbolBinding, int)> symbols =
            from name in names from binding in bindings from place in Gen.Choose(0, 2) select (name, binding, place);
        Gen<(string, (string, ElfSymbolBinding, int)[])> objects =
            from library in Gen.Elements("core", "libc", "xenbus") from content in symbols.ArrayOf() select (library, content);
        Prop.ForAll(objects.ArrayOf().ToArbitrary(), sources =>
        {
            CensusInput[] inputs = [.. sources.Select((source, index) => new CensusInput(source.Item1, $"o{index}", Write(source.Item2)))];
            NamespacePlan plan = NamespacePlanner.Plan(BuiltInPolicy.Minios, SymbolCensus.Read(inputs), PublicDeclarations.Empty, LibcMode.Stub);
            NamespacePlan back = NamespacePlan.Parse(plan.Serialize(), "plan.json");
            string[] outcomes = [.. plan.Decisions.Where(decision => decision.Action != SymbolAction.Localize).Select(decision => (decision.Name, decision.NewName)).Distinct().Select(pair => pair.NewName)];
            bool apart = outcomes.Distinct().Count() == outcomes.Length;
            return plan.Equals(back) && (apart || plan.Diagnostics.Any(found => found.Code is "MINIOS1310" or "MINIOS1311"));
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Write((string Name, ElfSymbolBinding Binding, int Place)[] symbols)
    {
        ElfWriter elf = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        elf.AddSection(".text", ElfSectionType.ProgramBits, [0xC3], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        elf.AddSection(".data", ElfSectionType.ProgramBits, [0], ElfSectionFlags.Alloc | ElfSectionFlags.Write);
        foreach ((string name, ElfSymbolBinding binding, int place) in symbols.DistinctBy(symbol => symbol.Name))
        {
            elf.AddSymbol(name, binding, ElfSymbolType.NoType, (uint)place);
        }

        return elf.Write().Bytes;
    }

    private NamespacePlan Populate()
    {
        _set.AddC("core", "sched", """
            extern unsigned long strlen(const char *); extern int app_main(void *); char HYPERVISOR_shared_info[64];
            int current_count = 0; int lone(void) { return current_count; } int ready(void) { return lone(); }
            int schedule(void) { return app_main("") + strlen("x"); } void wake(int thread) { current_count += thread; }
            void _start(void) { schedule(); }
            """);
        _set.AddC("core", "hooks", "extern int ready(void); __attribute__((weak)) int app_main(void *p) { return ready(); }");
        _set.AddC("xenbus", "xenbus", "extern int current_count; int xenbus_read(const char *path) { return current_count; }");
        _set.AddC("blkfront", "blk", """
            extern int xenbus_read(const char *); extern void wake(int); int blk_state = 3;
            int init_blkfront(void) { wake(blk_state); return xenbus_read("x"); } int blkfront_io(int s) { return s + blk_state; }
            """);
        _set.AddC("libc", "string", "unsigned long strlen(const char *s) { unsigned long n = 0; while (s[n]) n++; return n; } void *memcpy(void *d, const void *s, unsigned long n) { return d; }", "-fno-tree-loop-distribute-patterns", "-fno-builtin");
        return _set.Plan(declarations: _set.Declare(PublicHeader));
    }
}
