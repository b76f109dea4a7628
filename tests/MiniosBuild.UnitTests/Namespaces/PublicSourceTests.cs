using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Api;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What a policy's <c>public</c> makes public, and what is wrong when it makes nothing so.</summary>
public sealed class PublicSourceTests : IDisposable
{
    private readonly CompiledSet _set = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _set.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Consumers_alone_leave_declared_names_to_the_set()
    {
        AddSet();
        PublicDeclarations declared = _set.Declare(Header);
        NamespacePlan plan = _set.Plan(Policy("\"public\": \"consumers\""), declared, needs: new HashSet<string> { "asked", "minios_asked_later" });

        Assert.Equal(["_minios_shared", "_minios_used", "minios_asked", "minios_asked_later"], plan.Renames.Values.Order(StringComparer.Ordinal));
        Assert.Equal("Localize", plan.Decisions.Single(decision => decision.Name == "declared").Action.ToString());
        Assert.Equal("a function that a registered consumer needs", plan.Decisions.Single(decision => decision.Name == "asked").Reason);

        // Headers say what the symbols say: nobody's name is left outside the namespace.
        Assert.Equal(
            ["absent _minios_absent", "asked minios_asked", "declared _minios_declared", "shared _minios_shared", "used _minios_used"],
            plan.HeaderRenames.Where(rename => rename.Key != "asked_later").Select(rename => $"{rename.Key} {rename.Value}"));
        Assert.Equal(
            ["minios_asked", "minios_asked_later"],
            ApiList.Of(plan, SymbolCensus.Read(_set.Inputs()), Policy("\"public\": \"consumers\""), []).Symbols.Select(symbol => symbol.Name));
    }

    [Fact]
    public void A_list_has_old_names_or_new_ones_and_sources_add_up()
    {
        AddSet();
        _folder.Write("names.txt", "# ours\nasked  # with a word\n\nminios_asked_later function core\n");
        NamespacePlan list = _set.Plan(Policy("\"public\": \"list\", \"publicList\": \"names.txt\""), _set.Declare(Header));
        Assert.Equal(["minios_asked", "minios_asked_later"], list.Renames.Values.Where(name => name[0] == 'm').Order(StringComparer.Ordinal));
        Assert.Equal($"a function that {_folder.File("names.txt")}(4) lists as public", list.Decisions.Single(decision => decision.Name == "asked_later").Reason);

        NamespacePlan all = _set.Plan(Policy("\"public\": [\"headers\", \"list\", \"consumers\"], \"publicList\": \"names.txt\""), _set.Declare(Header), needs: new HashSet<string> { "lonely" });
        Assert.Equal(
            ["minios_asked", "minios_asked_later", "minios_declared", "minios_lonely", "minios_shared", "minios_used"],
            all.Renames.Values.Where(name => name[0] == 'm').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_listed_name_that_nobody_defines_is_told_with_what_may_be_meant()
    {
        AddSet();
        string list = _folder.Write("names.txt", "asked\naskde_later\nno_such_thing_at_all\n");
        Diagnostic[] found = [.. _set.Plan(Policy("\"public\": \"list\", \"publicList\": \"names.txt\"")).Diagnostics.Where(diagnostic => diagnostic.Code == "MINIOS1453")];
        Assert.Equal([(list, 2), (list, 3)], found.Select(diagnostic => (diagnostic.File, diagnostic.Line)));
        Assert.Contains("Did you mean \"asked_later\"?", found[0].Message);
        Assert.All(found, diagnostic => Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity));
        Assert.DoesNotContain(
            _set.Plan(Policy("\"public\": \"list\", \"publicList\": \"names.txt\", \"levels\": { \"MINIOS1453\": \"none\" }")).Diagnostics, diagnostic => diagnostic.Code == "MINIOS1453");
    }

    [Theory]
    [InlineData("\"public\": \"consumers\"", "no consumer is named")]
    [InlineData("\"public\": \"list\", \"publicList\": \"empty.txt\"", "lists nothing")]
    public void Nothing_public_is_an_error(string sources, string what)
    {
        AddSet();
        _folder.Write("empty.txt", "# nothing\n");
        Diagnostic error = _set.Plan(Policy(sources)).Diagnostics.Single(diagnostic => diagnostic.Code == "MINIOS1452");
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Contains(what, error.Message);
        Assert.DoesNotContain(_set.Plan(Policy(sources), needs: new HashSet<string> { "asked" }).Diagnostics, diagnostic => diagnostic.Code == "MINIOS1452");
        Assert.DoesNotContain(_set.Plan(Policy("\"public\": []")).Diagnostics, diagnostic => diagnostic.Code == "MINIOS1452");
    }

    [Theory]
    [InlineData("\"public\": \"consumer\"", "MINIOS1402", "did you mean \"consumers\"?")]
    [InlineData("\"public\": [\"marks\", \"marks\"]", "MINIOS1404", "listed twice")]
    [InlineData("\"public\": 1", "MINIOS1402", "expected a string")]
    [InlineData("\"public\": \"list\"", "MINIOS1402", "name its file under \"publicList\"")]
    [InlineData("\"public\": \"marks\", \"publicList\": \"a\"", "MINIOS1402", "does not say \"list\"")]
    [InlineData("\"publicList\": \"a\"", "MINIOS1402", "does not say \"list\"")]
    [InlineData("\"public\": \"list\", \"publicList\": \"none.txt\"", "MINIOS1451", "cannot read the list")]
    [InlineData("\"public\": \"list\", \"publicList\": \"bad.txt\"", "MINIOS1451", "\"no-name\" is no name of a symbol")]
    public void The_reader_refuses_what_makes_no_sense(string sources, string code, string what)
    {
        _folder.Write("bad.txt", "fine\nno-name\n");
        Diagnostic error = Assert.Throws<DiagnosticException>(() => Policy(sources)).Diagnostic;
        Assert.Equal(code, error.Code);
        Assert.Contains(what, error.Message);
        Assert.NotEqual(0, what.Contains("cannot") ? 1 : error.Line);
    }

    [Fact]
    public void The_digest_knows_what_is_public_and_what_a_list_says()
    {
        _folder.Write("names.txt", "b\na\n");
        string list = Policy("\"public\": \"list\", \"publicList\": \"names.txt\"").Digest;
        string[] digests = [Policy("\"data\": \"rename\"").Digest, Policy("\"public\": \"marks\"").Digest, Policy("\"public\": \"consumers\"").Digest, Policy("\"public\": []").Digest, list];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(digests[0], Policy("\"public\": \"headers\"").Digest);
        Assert.Equal(digests[0], Policy("\"description\": \"of no account\"").Digest);
        _folder.Write("names.txt", "# another order\na\nb\n");
        Assert.Equal(list, Policy("\"public\": \"list\", \"publicList\": \"names.txt\"").Digest);
        _folder.Write("names.txt", "a\n");
        Assert.NotEqual(list, Policy("\"public\": \"list\", \"publicList\": \"names.txt\"").Digest);
    }

    [Fact]
    public void The_validator_denies_what_nothing_makes_public_and_accepts_what_the_plan_made()
    {
        AddSet();
        NamespacePolicy policy = Policy("\"public\": \"consumers\"");
        var needs = new HashSet<string> { "asked" };
        var settings = new ValidationSettings
        {
            ConsumerNeeds = new HashSet<string> { "asked", "minios_asked", "_minios_asked" },
            Unpassed = [.. _set.Inputs().Select(input => new ValidatedFile(input.Library, input.Path, input.Data))],
        };
        _set.Apply(_set.Plan(policy, _set.Declare(Header), needs: needs));
        Assert.DoesNotContain(new NamespaceValidator(policy, LibcMode.Stub, settings).ValidateSet(_set.Archive()), finding => finding.Severity != DiagnosticSeverity.Message);

        // A plan by the headers gives more than the consumers need; a name that the sources have under the prefix is nobody's doing.
        string more = _set.AddC("core", "more", "int minios_more(void) { return 1; } int minios_own(void) { return 2; }", "-g");
        settings = settings with { Unpassed = [.. settings.Unpassed, new ValidatedFile("core", more, Renamed(more))] };
        Finding denied = Assert.Single(new NamespaceValidator(policy, LibcMode.Stub, settings).ValidateSet(_set.Archive()), finding => finding.Code == "MINIOS1455");
        Assert.Equal(("minios_more", DiagnosticSeverity.Error, 1), (denied.Symbol, denied.Severity, denied.Position!.Value.Line));
        Assert.DoesNotContain(new NamespaceValidator(Policy("\"public\": \"headers\""), LibcMode.Stub, settings).ValidateSet(_set.Archive()), finding => finding.Code == "MINIOS1455");
    }

    [Fact]
    public void Keep_takes_patterns_on_both_sides()
    {
        _set.AddC("core", "a", "int xenos_one(void) { return 1; } int xeno(void) { return 2; } int xenos_v;");
        NamespacePolicy policy = Policy("\"keep\": [\"xenos_*\", \"none_*\"]");
        NamespacePlan plan = _set.Plan(policy);
        Assert.Equal(["Keep xenos_one 2", "Keep xenos_v 2", "Localize xeno 8"], plan.Decisions.Select(decision => $"{decision.Action} {decision.Name} {decision.Rule}").Order(StringComparer.Ordinal));
        Assert.Contains("\"none_*\" under keep", Assert.Single(plan.Diagnostics).Message);
        Assert.Equal(["xeno"], new NamespaceValidator(policy, LibcMode.Stub).ValidateSet(_set.Archive()).Where(finding => finding.Code == "MINIOS1410").Select(finding => finding.Symbol));
    }

    /// <summary>The choices of rumprun-xen, on names of every kind that they are about.</summary>
    [Fact]
    public void Rumprun_names_entry_points_calls_variables_and_drivers_as_it_did()
    {
        NamespacePolicy policy = BuiltInPolicy.Load("rumprun");
        Assert.Contains("9fe6b0a", policy.Description);
        _set.AddAssembly("entry", "entry", """
            .text
            .globl _start, page_fault, debug, thread_starter, error_path, hypercall_page
            _start: call page_fault
            page_fault: ret
            debug: ret
            thread_starter: ret
            error_path: ret
            hypercall_page: ret
            .section .note.GNU-stack,"",@progbits
            """);
        _set.AddC("core", "core", """
            void page_fault(void); void debug(void); void thread_starter(void); void hypercall_page(void);
            int in_callback, lonely_value; char HYPERVISOR_shared_info[8];
            int helper(int);
            int wake(int a) { page_fault(); debug(); thread_starter(); hypercall_page(); return helper(a); }
            int debugged(void) { return 0; }
            int gntmap_init(void) { return 0; }
            """);
        _set.AddC("core", "helper", "extern int in_callback; int helper(int a) { return in_callback + a; } int debug_helper(void) { return 1; }");
        _set.AddC("blkfront", "blkfront", "int init_blkfront(void) { return 0; } int blkfront_read(void) { return 1; }");
        NamespacePlan plan = _set.Plan(policy, _set.Declare("int helper(int); int debugged(void);"));

        Assert.Equal(
            [
                "debug _minios_entry_debug", "hypercall_page _minios_hypercall_page", "in_callback _minios_in_hypervisor_callback",
                "init_blkfront blkfront_init", "page_fault _minios_entry_page_fault", "thread_starter _minios_entry_thread_starter", "wake minios_wake",
            ],
            plan.Renames.Select(rename => $"{rename.Key} {rename.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(["debug_helper", "debugged", "error_path", "lonely_value"], plan.Decisions.Where(decision => decision.Action == SymbolAction.Localize).Select(decision => decision.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["HYPERVISOR_shared_info", "_start", "blkfront_init", "blkfront_read", "gntmap_init", "minios_wake"],
            ApiList.Of(plan, SymbolCensus.Read(_set.Inputs()), policy, []).Symbols.Select(symbol => symbol.Name));
        _set.Apply(plan);
        Assert.DoesNotContain(new NamespaceValidator(policy, LibcMode.Stub).ValidateSet(_set.Archive()), finding => finding.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>A header declares what the program has to bring: nobody is sent to the symbol pass for it.</summary>
    [Fact]
    public void Advice_for_names_that_a_program_defines_fits()
    {
        _set.AddC("core", "a", "void *memalloc(unsigned long); void *get(void) { return memalloc(1); }");
        const string header = "void *memalloc(unsigned long); void appcode(void); void *get(void);";
        NamespacePolicy policy = Policy("\"headers\": { \"kinds\": [] }");
        PublicDeclarations declared = _set.Declare(header);
        string program = _folder.File("program.o");
        RealTool.Run("gcc", "-c", "-o", program, _folder.Write("program.c", "void *memalloc(unsigned long n) { return 0; } void appcode(void) {}"));
        ConsumerNeeds consumer = ConsumerNeeds.Read([new ConsumerFile(program, File.ReadAllBytes(program))]);

        // The consumer defines what is declared and not defined: the headers keep its names, and it is no consumer of nothing.
        NamespacePlan plan = NamespacePlanner.Plan(policy, SymbolCensus.Read(_set.Inputs()), declared, LibcMode.Stub, consumer.Names, consumerDefinitions: consumer.Definitions);
        Assert.Equal(["get minios_get"], plan.HeaderRenames.Select(rename => $"{rename.Key} {rename.Value}"));
        Assert.Empty(ConsumerReport.Of(plan, policy, consumer).UnusedFiles);
        Assert.Contains("appcode", _set.Plan(policy, declared).HeaderRenames.Keys);

        ValidatedFile[] unpassed = [.. _set.Inputs().Select(input => new ValidatedFile(input.Library, input.Path, input.Data))];
        _set.Apply(plan);
        PublicDeclarations staged = _set.Declare("void *memalloc(unsigned long); void appcode(void); void *minios_get(void);");
        var known = new NamespaceValidator(policy, LibcMode.Stub, new ValidationSettings { ConsumerDefinitions = consumer.Definitions, Unpassed = unpassed });
        Assert.DoesNotContain(known.ValidateSet(_set.Archive(), staged), finding => finding.Severity != DiagnosticSeverity.Message);
        Assert.Empty(known.ValidateHeaders(staged));

        // Without it both findings say what can be done.
        var unknown = new NamespaceValidator(policy, LibcMode.Stub);
        Finding unresolved = Assert.Single(unknown.ValidateSet(_set.Archive(), staged), finding => finding.Code == "MINIOS1416");
        Finding header1501 = Assert.Single(unknown.ValidateHeaders(staged), finding => finding.Symbol == "memalloc");
        Assert.All((Finding[])[unresolved, header1501], finding =>
        {
            Assert.Contains("as a consumer", finding.Message);
            Assert.Contains("under keep", finding.Message);
            Assert.Contains("under hooks", finding.Message);
        });
        Assert.Contains("Rewrite the header", Assert.Single(unknown.ValidateHeaders(staged), finding => finding.Symbol == "appcode").Message);

        // Listed under keep it is settled.
        var kept = new NamespaceValidator(Policy("\"keep\": [\"memalloc\", \"appcode\"]"), LibcMode.Stub);
        Assert.DoesNotContain(kept.ValidateSet(_set.Archive(), staged), finding => finding.Code == "MINIOS1416");
        Assert.Empty(kept.ValidateHeaders(staged));
    }

    private const string Header = "int declared(void); int used(void); int absent(void); extern int shared; int asked(void);";

    private void AddSet()
    {
        _set.AddC("core", "a", "int declared(void) { return 1; } int used(void) { return 2; } int asked(void) { return 3; } int asked_later(void) { return 4; } int shared; int lonely(void) { return 5; }");
        _set.AddC("core", "b", "int used(void); extern int shared; static int __attribute__((used)) f(void) { return used() + shared; }");
    }

    private static byte[] Renamed(string path)
    {
        string before = path + ".before";
        RealTool.Run("objcopy", "--redefine-sym", "minios_more=more", path, before);
        return File.ReadAllBytes(before);
    }

    private NamespacePolicy Policy(string members) => NamespacePolicy.Load(_folder.Write("policy.json", $$"""
        { "publicPrefix": "minios_", {{members}} }
        """));
}
