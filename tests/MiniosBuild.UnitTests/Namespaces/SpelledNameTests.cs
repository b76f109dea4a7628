using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Symbols that public headers spell in assembly and labels: read, kept by the plan, and permitted by the check.</summary>
public sealed class SpelledNameTests
{
    public static TheoryData<string, string> Texts => new()
    {
        { "void f(void) { __asm__ volatile(\"call page + (\" \"29\" \" * 32)\" : : : \"memory\"); }", "page" },
        { "void f(void) { asm(\"call pa\" \"ge\"); }", "page" },
        { "void f(void) { __asm(\"mov %0, %%page\\n\\tcall *%[page]\\n\" :: \"r\"(0), [page] \"r\"(0)); }", "" },
        { "void f(void) { asm(\"call page@PLT; movq page@GOTPCREL(%rip), %rax\"); }", "page" },
        { "void f(void) { asm(\"lock; page\\n rep page\\n page: ret\\n\"); }", "page" },
        { "void f(void) { asm(\"page; lock page %eax\"); }", "" },
        { "asm(\".globl page\\n.section .text.page, \\\"page\\\"\\n\");", "page" },
        { "asm(\".ascii \\\"page\\\" # page\\n\");", "page" }, // Not on all machines does # begin a comment.
        { "asm(\"# call page\\n/* call page */ nop\");", "" },
        { "asm(\"call my_page; call page_2; call .page; call 1page\");", "" },
        { "asm(\"\\143all \\x70\\141ge\");", "page" },
        { "asm(\"mov $page, %eax\");", "page" },
        { "# 5 \"/a.h\"\nasm(\"call \"\n# 6 \"/a.h\"\n\"page\");", "page" },
        { "#define CALL(n) asm(\"call page + (\" STR(n) \" * 32)\")\n", "page" },
        { "#define CALL(n) asm(\"call \" #n \"page\")\n", "" },
        { "#define PAGE \"page\"\n#define CALL() asm(\"call \" PAGE)\n", "page" },
        { "#define PAGE \"page\"\n#define OTHER PAGE\nchar *f(void);\n", "" },
        { "const char *f(void) { return \"call page\"; }", "" },
        { "int wake(void) __asm__(\"page\");", "page" },
        { "extern int wake __asm(\"pa\" \"ge\"), other asm(\"page\");", "page" },
        { "int page(void) asm(\"page\");", "page" },
        { "void f(void) { register unsigned long sp asm(\"page\"); }", "" }, // A register.
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_symbol_is_found_where_assembly_refers_to_it(string text, string expected)
    {
        HeaderCensus census = Census(text);

        Assert.Equal(expected == "page", SpelledNames.Of(census).All.ContainsKey("page"));
        Assert.Equal(expected == "page", new SpelledInHeaders(census).All.ContainsKey("page")); // Code of its own.
    }

    [Fact]
    public void What_only_the_kernel_reads_and_other_headers_say_is_not_the_headers_to_spell()
    {
        HeaderCensus census = HeaderCensus.Of(
        [
            Scanned("/a.h", "# 1 \"/a.h\"\nint a;\n# 1 \"/other.h\" 1\nasm(\"call other\");\n", isInside: false),
            Scanned("/a.h", "# 1 \"/a.h\"\nasm(\"call inside\");\n", isInside: true),
        ]);

        Assert.Empty(SpelledNames.Of(census).All);
    }

    [Theory]
    [InlineData("minios")]
    [InlineData("minios-strict")]
    [InlineData("hide-only")]
    public void A_spelled_symbol_stays_and_the_check_agrees(string policyName)
    {
        NamespacePolicy policy = BuiltInPolicy.Load(policyName);
        HeaderCensus headers = Census("extern char page[4096];\nint wake(void);\nstatic inline void f(void) { asm(\"call page + 32\"); }\n");
        using var set = new CompiledSet();
        set.AddC("core", "entry", "char page[4096]; int wake(void) { return 1; } int unused; int quiet(void) { return wake(); }");

        NamespacePlan plan = set.Plan(policy, Declared(headers), LibcMode.Stub, spelled: SpelledNames.Of(headers));

        SymbolDecision page = Assert.Single(plan.Decisions, decision => decision.Name == "page");
        Assert.Equal((SymbolAction.Keep, "assembly at /a.h(3) spells it"), (page.Action, page.Reason));
        Assert.Empty(Errors(plan.Diagnostics));
        HeaderPlan header = HeaderPlanner.Plan(policy, headers, plan);
        Assert.Empty(Errors(header.Diagnostics));
        Assert.DoesNotContain(header.Names.Entries, entry => entry.Old == "page");
        Assert.DoesNotContain("page", plan.HeaderRenames.Keys);

        set.Apply(plan);
        ValidatedFile archive = Assert.Single(set.Archive());
        Finding[] found = [.. Validator(policy, headers).ValidateArchive(archive.Library, archive.Path, archive.Data)];
        Finding[] unseen = [.. Validator(policy, null).ValidateArchive(archive.Library, archive.Path, archive.Data)];
        if (policyName == "hide-only")
        {
            Assert.Empty(found.Concat(unseen)); // Any name may stay there.
            return;
        }

        Finding spelled = Assert.Single(found);
        Assert.Equal((FindingCodes.Spelled, DiagnosticSeverity.Message, "page"), (spelled.Code, spelled.Severity, spelled.Symbol));
        Assert.Contains("/a.h(3)", spelled.Message);
        Assert.Equal((FindingCodes.OutsideNamespace, "page"), Assert.Single(unseen) is var outside ? (outside.Code, outside.Symbol) : default);
        Assert.DoesNotContain(Validator(policy, null).ValidateHeaders(headers), finding => finding.Symbol == "page");
    }

    [Theory]
    [InlineData("void f(void) { asm(\"call page\"); }", "MINIOS1539")]
    [InlineData("int wake(void) asm(\"page\");", "MINIOS1517")]
    public void A_rule_of_the_policy_for_a_spelled_symbol_is_an_error_at_the_text(string text, string code)
    {
        NamespacePolicy policy = MadeHeaders.Read("""{ "publicPrefix": "minios_", "rename": [{ "from": "page", "to": "minios_hypercalls" }] }""");
        HeaderCensus headers = Census("\n" + text);
        using var set = new CompiledSet();
        set.AddC("core", "entry", "int page(void) { return 1; }");

        NamespacePlan plan = set.Plan(policy, Declared(headers), LibcMode.Stub, spelled: SpelledNames.Of(headers));

        Assert.Equal("minios_hypercalls", plan.Renames["page"]);
        Diagnostic error = Assert.Single(HeaderPlanner.Plan(policy, headers, plan).Diagnostics);
        Assert.Equal((code, DiagnosticSeverity.Error, "/a.h", 2), (error.Code, error.Severity, error.File, error.Line));
        Assert.Contains("minios_hypercalls", error.Message);
    }

    [Theory]
    [InlineData("int open(const char *path) asm(\"open64\");")]
    [InlineData("extern int number asm(\"open64\");")]
    [InlineData("int first(void) asm(\"open64\"); int second(void) asm(\"open64\");")]
    [InlineData("int open64(void) asm(\"open64\");")]
    [InlineData("#pragma redefine_extname opened open64\nint opened(void);")]
    public void A_label_that_nobody_defines_is_no_error(string text)
    {
        HeaderCensus headers = Census(text);
        using var set = new CompiledSet();
        set.AddC("core", "a", "int other(void) { return 1; }");

        NamespacePlan plan = set.Plan(BuiltInPolicy.Minios, Declared(headers), LibcMode.Stub, spelled: SpelledNames.Of(headers));
        HeaderPlan header = HeaderPlanner.Plan(BuiltInPolicy.Minios, headers, plan);

        Assert.Empty(Errors(header.Diagnostics));
        byte[] rewritten = SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), header.Names, new RewriteOptions()).Bytes;
        HeaderName[] staged = [.. HeaderScanner.Scan(Encoding.UTF8.GetString(rewritten))];
        string[] symbols = [.. staged.Select(name => name.Symbol!).Distinct()];
        Assert.Equal([text.StartsWith('#') ? "minios_open64" : "open64"], symbols); // All of one symbol still.
    }

    [Fact]
    public void A_symbol_of_the_set_that_a_pragma_names_is_renamed_in_it()
    {
        const string text = "#pragma redefine_extname opened wake\nint opened(void);\n";
        HeaderCensus headers = Census(text);
        using var set = new CompiledSet();
        set.AddC("core", "a", "int wake(void) { return 1; }");

        NamespacePlan plan = set.Plan(BuiltInPolicy.Minios, Declared(headers), LibcMode.Stub, spelled: SpelledNames.Of(headers));
        HeaderPlan header = HeaderPlanner.Plan(BuiltInPolicy.Minios, headers, plan);

        Assert.Empty(Errors(header.Diagnostics));
        Assert.Equal(
            "#pragma redefine_extname minios_opened minios_wake\nint minios_opened(void);\n",
            Encoding.UTF8.GetString(SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), header.Names, new RewriteOptions()).Bytes));
    }

    [Fact]
    public void A_private_libcs_memcpy_does_not_stay_for_assembly_that_means_the_guests()
    {
        HeaderCensus headers = Census("void f(void) { asm(\"call memcpy; call helper\"); }");
        using var set = new CompiledSet();
        set.AddC("libc", "a", "void *memcpy(void *a, const void *b, unsigned long c) { return a; } int helper(void) { return 1; }");

        NamespacePlan plan = set.Plan(BuiltInPolicy.Minios, PublicDeclarations.Empty, LibcMode.Private, spelled: SpelledNames.Of(headers));

        Assert.Equal(["memcpy"], plan.Renames.Keys);
    }

    [Fact]
    public void The_census_keeps_texts_refusals_and_headers_of_the_host()
    {
        HeaderCensus census = HeaderCensus.Of(
            [
                Scanned("/a.h", "# 1 \"/a.h\"\n# 1 \"/usr/include/x\\303\\244.h\" 1\nint x;\n# 2 \"/a.h\" 2\nasm(\"call page\\n\\ttab\\\\\");\nint b(void) asm(\"c\");\n", isInside: false) with
                {
                    Refusal = new HeaderRefusal("needs\tmore", new DeclarationSite("/b.h", 7), 3),
                },
            ],
            hostName: include => include.File.StartsWith("/usr/", StringComparison.Ordinal) ? "xä.h" : null);

        HeaderCensus loaded = HeaderCensus.Load(census.Save(), "a");

        Assert.Equal(census.Save(), loaded.Save());
        CensusHeader header = loaded.Headers[0];
        Assert.Equal([(false, "call page\n\ttab\\", 2), (true, "c", 3)], header.AssemblyTexts.Select(text => (text.IsLabel, text.Text, text.Site.Line)));
        Assert.Equal(new HeaderRefusal("needs\tmore; it is judged as it is after all others", new DeclarationSite("/b.h", 7), 3), header.Refusal);
        Assert.Equal([new HeaderInclude(new DeclarationSite("/a.h", 1), "xä.h")], loaded.HostHeaders);
    }

    [Fact]
    public void Headers_of_the_host_and_refused_ones_are_told_once_each()
    {
        HeaderCensus census = HeaderCensus.Of(
            [
                Scanned("/a.h", "# 1 \"/a.h\"\n\n# 1 \"/usr/include/y.h\" 1\n# 3 \"/a.h\" 2\n# 1 \"/usr/include/x.h\" 1\n# 1 \"/usr/include/z.h\" 1\n", isInside: false),
                Scanned("/b.h", "# 1 \"/b.h\"\n# 1 \"/usr/include/x.h\" 1\n", isInside: false) with { Refusal = new HeaderRefusal("no", new DeclarationSite("/b.h", 9), 2) },
            ],
            hostName: include => Path.GetFileName(include.File));

        Finding[] found = [.. Validator(BuiltInPolicy.Minios, null).ValidateHeaders(census)];

        Assert.Equal(
            [("MINIOS1536", DiagnosticSeverity.Message, "x.h,y.h", "mini-os/a.h", 3), ("MINIOS1514", DiagnosticSeverity.Message, null, "mini-os/b.h", 9)],
            found.Select(one => (one.Code, one.Severity, one.Symbol, one.Member!, one.Position!.Value.Line)));
        Assert.Contains("x.h (/a.h(3)), y.h (/a.h(2))", found[0].Message);
    }

    /// <summary>Entries of the policy that these small sets do not meet are told as messages.</summary>
    private static IEnumerable<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Where(found => found.Severity != DiagnosticSeverity.Message);

    private static NamespaceValidator Validator(NamespacePolicy policy, HeaderCensus? headers) => new(policy, LibcMode.Stub, new ValidationSettings { Headers = headers });

    private static HeaderCensus Census(string text) => HeaderCensus.Of([Scanned("/a.h", text.StartsWith("# ", StringComparison.Ordinal) ? text : $"# 1 \"/a.h\"\n{text}", isInside: false)]);

    private static ScannedHeader Scanned(string path, string preprocessed, bool isInside) =>
        new HeaderScans(_ => []).Scan(path, "mini-os/" + Path.GetFileName(path), preprocessed, isInside);

    private static PublicDeclarations Declared(HeaderCensus headers) => PublicDeclarations.Of(headers.Headers.SelectMany(header => header.Names).Select(entry => entry.Name), file => file);
}
