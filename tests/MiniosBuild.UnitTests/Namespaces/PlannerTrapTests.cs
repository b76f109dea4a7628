using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What symbol tools get wrong without a word, and the plan must say.</summary>
public sealed class PlannerTrapTests : IDisposable
{
    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    /// <summary>Trap 1.</summary>
    [Fact]
    public void A_comdat_group_is_never_made_local()
    {
        const string source = ".section .text.f,\"axG\",@progbits,SIGNATURE,comdat\n.weak f\nf: ret\n.globl g\ng: ret\n";
        _set.AddAssembly("core", "a", source.Replace("SIGNATURE", "f"));
        Diagnostic[] found = [.. Errors(_set.Plan())];
        Assert.Equal(["MINIOS1308", "MINIOS1308"], found.Select(error => error.Code));
        Assert.Contains("is the signature of", found[0].Message);
        Assert.Contains("lies in", found[1].Message);
        Assert.EndsWith("a.o", found[0].File);
    }

    [Fact]
    public void A_comdat_group_in_two_objects_is_renamed_in_both()
    {
        const string source = ".section .text.f,\"axG\",@progbits,f,comdat\n.weak f\nf: ret\n.text\n.globl USER\nUSER: call f\n";
        string[] paths = [_set.AddAssembly("core", "a", source.Replace("USER", "_start")), _set.AddAssembly("core", "b", source.Replace("USER", "minios_b"))];
        NamespacePlan plan = _set.Plan();
        Assert.Empty(Errors(plan));
        _set.Apply(plan);
        RealTool.Run("ld", ["-r", "-o", Path.Combine(_set.Folder, "whole.o"), .. paths]);
        Assert.Contains("_minios_f", RealTool.Run("nm", Path.Combine(_set.Folder, "whole.o")));
    }

    /// <summary>Traps 4 and 2: two names must not become one.</summary>
    [Fact]
    public void A_rename_onto_an_existing_name_is_an_error()
    {
        string path = _set.AddC("core", "a", "int wake(void) { return 0; } int minios_wake(void) { return 1; }");
        Diagnostic found = Errors(_set.Plan(declarations: _set.Declare("int wake(void);"))).Single();
        Assert.Equal(("MINIOS1311", path), (found.Code, found.File));
        Assert.Contains("\"wake\" would become \"minios_wake\" (rule 8", found.Message);
    }

    [Fact]
    public void A_rename_onto_a_hook_is_an_error()
    {
        _set.AddC("core", "a", "int wake(void) { return 0; }");
        Assert.Equal("MINIOS1311", Errors(_set.Plan(Policy("""[{ "from": "wake", "to": "app_main" }]"""))).Single().Code);
    }

    [Fact]
    public void Two_names_onto_one_are_an_error()
    {
        _set.AddC("core", "a", "int wake1(void) { return 0; } int wake2(void) { return 1; }");
        Diagnostic found = Errors(_set.Plan(Policy("""[{ "match": "wake.", "to": "minios_wake" }]"""))).Single();
        Assert.Equal("MINIOS1310", found.Code);
        Assert.Contains("\"wake2\" would become \"minios_wake\"", found.Message);
        Assert.Contains("so would \"wake1\"", found.Message);
    }

    [Fact]
    public void Names_may_change_places()
    {
        _set.AddC("core", "a", "int minios_x(void) { return 1; } int other(void) { return 0; }");
        Assert.Empty(Errors(_set.Plan(Policy("""[{ "from": "other", "to": "third" }, { "from": "third", "to": "other" }]"""))));
    }

    [Fact]
    public void A_replacement_that_gives_no_identifier_is_an_error()
    {
        _set.AddC("core", "a", "int wake(void) { return 0; }");
        Assert.Equal("MINIOS1312", Errors(_set.Plan(Policy("""[{ "match": "wake", "to": "minios-$0" }]"""))).Single().Code);
    }

    [Fact]
    public void What_the_linker_script_defines_keeps_its_name_and_the_policy_its_digest()
    {
        _set.AddC("core", "a", "extern char _moved_start[], other[]; void f(void *); void minios_f(void) { f(_moved_start); f(other); }");
        var policy = NamespacePolicy.Parse("""{ "name": "t", "publicPrefix": "minios_", "internalPrefix": "_minios_" }"""u8.ToArray(), "t.json");
        var linked = policy.LinkedBy(LinkerScriptNames.Parse("SECTIONS { .text : { *(.text) } PROVIDE(_moved_start = .); }").Assigned);
        Assert.Equal(policy.Digest, linked.Digest);
        Assert.Contains("_moved_start", linked.LinkerNames);
        Assert.DoesNotContain("other", linked.LinkerNames);
        Finding[] found = [.. new NamespaceValidator(linked, LibcMode.None, new ValidationSettings()).ValidateSet(_set.Archive(), null)];
        Assert.Equal(["f", "other"], found.Where(f => f.Code == "MINIOS1416").Select(f => f.Symbol).Order(StringComparer.Ordinal));
    }

    /// <summary>Trap 6.</summary>
    [Fact]
    public void A_unique_symbol_that_would_become_local_is_an_error()
    {
        _set.AddAssembly("core", "a", ".data\n.globl u\n.type u, @gnu_unique_object\nu: .long 1\n.size u, 4\n");
        Assert.Equal("MINIOS1307", Errors(_set.Plan()).Single().Code);
    }

    /// <summary>Trap 7.</summary>
    [Theory]
    [InlineData("message", DiagnosticSeverity.Message)]
    [InlineData("error", DiagnosticSeverity.Error)]
    public void Entries_that_match_nothing_are_reported_where_they_stand(string severity, DiagnosticSeverity expected)
    {
        _set.AddC("core", "a", "int f(void) { return 0; } int memcpy(void) { return 0; } int _here_it_is;");
        _set.AddC("console", "b", "int console_f(void) { return 0; }");
        NamespacePolicy policy = NamespacePolicy.Parse(
            Encoding.UTF8.GetBytes($$"""
                { "name": "t", "publicPrefix": "minios_", "internalPrefix": "_minios_", "unmatched": "{{severity}}",
                  "keep": ["_strat"],
                  "hooks": ["app_mian"],
                  "rename": [{ "from": "no", "to": "yes" }],
                  "compilerNames": ["__made_by_us", "__mad?_*", "memcpy"],
                  "linkerNames": ["_here*"],
                  "cNames": ["reallocf"],
                  "drivers": { "blkfront": { "prefix": "blkfront_", "rename": [{ "from": "init", "to": "blkfront_init" }] },
                    "console": { "prefix": "con_" } } }
                """),
            "t.json");
        Assert.Equal(
            [("MINIOS1314", expected, "t.json", 2, 12), ("MINIOS1314", expected, "t.json", 3, 13), ("MINIOS1314", expected, "t.json", 4, 14),
                ("MINIOS1314", expected, "t.json", 5, 21), ("MINIOS1314", expected, "t.json", 7, 14), ("MINIOS1314", expected, "t.json", 5, 37), ("MINIOS1314", expected, "t.json", 9, 28)],
            _set.Plan(policy).Diagnostics.Select(found => (found.Code, found.Severity, found.File, found.Line, found.Column)));
    }

    /// <summary>Trap 16.</summary>
    [Fact]
    public void A_strong_hook_is_an_error_and_a_missing_one_is_not()
    {
        string path = _set.AddC("core", "a", "extern void console_input(void); void app_shutdown(void) { console_input(); } __attribute__((weak)) int app_main(void) { return 0; }");
        Diagnostic found = Errors(_set.Plan()).Single();
        Assert.Equal(("MINIOS1313", path), (found.Code, found.File));
        Assert.Contains("\"app_shutdown\"", found.Message);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void A_strong_hook_beside_its_default_is_none(string first, string second)
    {
        _set.AddC("core", first, "__attribute__((weak)) int app_main(void) { return 0; }");
        _set.AddC("core", second, "int app_main(void) { return 1; }");
        Assert.Empty(Errors(_set.Plan()));
    }

    [Fact]
    public void A_weak_definition_that_becomes_local_is_a_warning()
    {
        _set.AddC("core", "a", "__attribute__((weak)) int quirk(void) { return 0; } int minios_f(void) { return quirk(); }");
        Diagnostic found = _set.Plan().Diagnostics.Single(found => found.Severity == DiagnosticSeverity.Warning);
        Assert.Equal("MINIOS1317", found.Code);
        Assert.Contains("\"quirk\"", found.Message);
    }

    [Fact]
    public void A_weak_reference_keeps_its_target_global()
    {
        _set.AddC("core", "a", "int optional(void) { return 7; }");
        string user = _set.AddC("core", "b", "extern int optional(void) __attribute__((weak)); int minios_f(void) { return optional ? optional() : 0; }");
        NamespacePlan plan = _set.Plan();
        Assert.Equal([("optional", "_minios_optional")], plan.RenamesFor(user));
    }

    [Fact]
    public void Weak_and_strong_definitions_of_one_name_stay_together()
    {
        string weak = _set.AddC("core", "a", "__attribute__((weak)) int setup(void) { return 0; } int minios_f(void) { return setup(); }");
        string strong = _set.AddC("core", "b", "int setup(void) { return 1; }");
        NamespacePlan plan = _set.Plan();
        Assert.Empty(Errors(plan));
        Assert.Equal([("setup", "_minios_setup")], plan.RenamesFor(weak));
        Assert.Equal([("setup", "_minios_setup")], plan.RenamesFor(strong));
    }

    [Fact]
    public void Two_strong_definitions_are_an_error_that_names_both()
    {
        string first = _set.AddC("core", "a", "int setup(void) { return 0; }");
        string second = _set.AddC("xenbus", "b", "int setup(void) { return 1; }");
        Diagnostic found = Errors(_set.Plan()).Single();
        Assert.Equal(("MINIOS1309", second), (found.Code, found.File));
        Assert.Contains(first, found.Message);
        Assert.Contains("library xenbus", found.Message);
    }

    /// <summary>Trap 17: hidden visibility does not matter in a static link, and aliases are decided one by one.</summary>
    [Fact]
    public void Aliases_are_decided_one_by_one_and_stay_one_address()
    {
        string path = _set.AddC("core", "a", "int inner(void) { return 5; } int outer(void) __attribute__((alias(\"inner\"), visibility(\"hidden\"))); int minios_f(void) { return inner() + outer(); }");
        _set.AddC("core", "b", "extern int outer(void); int minios_g(void) { return outer(); }");
        NamespacePlan plan = _set.Plan();
        Assert.Equal([("outer", "_minios_outer")], plan.RenamesFor(path));
        Assert.Equal(["inner"], plan.LocalsFor(path));
        _set.Apply(plan);
        ElfFile elf = ElfFile.Parse(File.ReadAllBytes(path));
        ElfSymbol inner = elf.Symbols.Single(symbol => symbol.Name == "inner");
        ElfSymbol outer = elf.Symbols.Single(symbol => symbol.Name == "_minios_outer");
        Assert.Equal((inner.Value, inner.SectionIndex, false, true), (outer.Value, outer.SectionIndex, inner.IsGlobal, outer.IsGlobal));
    }

    /// <summary>Trap 18: kinds survive the pass.</summary>
    [Fact]
    public void Thread_local_indirect_and_absolute_symbols_keep_their_type()
    {
        string path = _set.AddC("core", "a", """
            __thread int perthread = 1; static int f(void) { return 0; } static int (*choose(void))(void) { return f; }
            int chosen(void) __attribute__((ifunc("choose"))); __asm__(".globl fixed\n.set fixed, 42");
            """);
        _set.AddC("core", "b", "extern __thread int perthread; extern int chosen(void); extern char fixed[]; long minios_f(void) { return perthread + chosen() + (long)fixed; }");
        _set.Apply(_set.Plan());
        ElfFile elf = ElfFile.Parse(File.ReadAllBytes(path));
        Assert.Equal(ElfSymbolType.Tls, elf.Symbols.Single(symbol => symbol.Name == "_minios_perthread").Type);
        Assert.Equal(ElfSymbolType.GnuIfunc, elf.Symbols.Single(symbol => symbol.Name == "_minios_chosen").Type);
        Assert.True(elf.Symbols.Single(symbol => symbol.Name == "_minios_fixed").IsAbsolute);
    }

    /// <summary>Trap 19: a reference in inline assembly is a reference of the object.</summary>
    [Fact]
    public void References_in_inline_assembly_follow()
    {
        _set.AddC("core", "a", "int shared = 4;");
        string user = _set.AddC("core", "b", "int minios_f(void) { int r; __asm__(\"movl shared(%%rip), %0\" : \"=r\"(r)); return r; }");
        Assert.Equal([("shared", "_minios_shared")], _set.Plan().RenamesFor(user));
    }

    /// <summary>A local name that is spelt like a renamed global of another object is nobody's business.</summary>
    [Fact]
    public void Static_names_are_not_renamed()
    {
        _set.AddC("core", "a", "int wake(void) { return 0; }");
        _set.AddC("core", "b", "extern int wake(void); int minios_g(void) { return wake(); }");
        string own = _set.AddC("core", "c", "static int wake(void) { return 1; } int minios_f(void) { return wake(); }");
        Assert.Empty(_set.Plan().RenamesFor(own));
    }

    [Fact]
    public void A_libc_in_a_set_without_one_is_an_error()
    {
        _set.AddC("libc", "a", "unsigned long strlen(const char *s) { return 0; }");
        Assert.Equal("MINIOS1315", Errors(_set.Plan(libc: LibcMode.None)).Single().Code);
    }

    /// <summary>Trap 5.</summary>
    [Fact]
    public void A_common_symbol_is_renamed_and_never_made_local()
    {
        string path = _set.AddC("core", "a", "int shared; int lone; int minios_f(void) { return lone; }", "-fcommon");
        string other = _set.AddC("core", "b", "int shared; int minios_g(void) { return shared; }", "-fcommon");
        NamespacePlan plan = _set.Plan();
        Diagnostic found = Errors(plan).Single();
        Assert.Equal(("MINIOS1304", path), (found.Code, found.File));
        Assert.Contains("\"lone\"", found.Message);
        Assert.Equal([("shared", "_minios_shared")], plan.RenamesFor(path));
        Assert.Equal([("shared", "_minios_shared")], plan.RenamesFor(other));
    }

    /// <summary>A definition takes the place of a common symbol, and that of a weak one.</summary>
    [Fact]
    public void A_common_symbol_and_a_definition_are_no_duplicates()
    {
        _set.AddC("core", "a", "int shared;", "-fcommon");
        _set.AddC("core", "b", "int shared = 4;");
        Assert.Empty(Errors(_set.Plan()));
    }

    /// <summary>Trap 11.</summary>
    [Fact]
    public void A_version_of_a_name_that_changes_is_an_error()
    {
        string path = _set.AddC("core", "a", "int f_1(void) { return 1; } __asm__(\".symver f_1, f@@V1\");");
        string user = _set.AddC("core", "b", "extern int h(void); __asm__(\".symver h, g@V1\"); int minios_f(void) { return h(); }");
        _set.AddC("core", "c", "int g(void) { return 1; } ");
        NamespacePlan plan = _set.Plan(declarations: _set.Declare("int g(void);"));
        Assert.Equal([("MINIOS1305", path), ("MINIOS1305", user)], Errors(plan).Select(error => (error.Code, error.File)));
        Assert.Contains("\"f@@V1\"", Errors(plan).First().Message);
        Assert.DoesNotContain(plan.Renames, rename => rename.Key.Contains('@'));
    }

    /// <summary>Trap 11.</summary>
    [Fact]
    public void A_version_of_a_name_that_stays_is_left_alone()
    {
        string path = _set.AddC("core", "a", "int f_1(void) { return 1; } __asm__(\".symver f_1, minios_f@@V1\"); ");
        _set.AddC("core", "b", "extern int minios_f(void); extern int ext(void); __asm__(\".symver ext, other@V2\"); int minios_g(void) { return minios_f() + ext(); }");
        NamespacePlan plan = _set.Plan();
        Assert.Empty(Errors(plan));
        Assert.DoesNotContain(plan.Renames, rename => rename.Key.Contains('@'));
        Assert.Equal(["f_1"], plan.LocalsFor(path));
        Assert.Equal(["other@V2"], plan.Unresolved.Select(name => name.Name));
    }

    [Fact]
    public void Two_definitions_in_archives_are_a_warning_since_a_link_may_take_one()
    {
        string first = _set.AddC("core", "a", "int setup(void) { return 0; }");
        string second = _set.AddC("core", "b", "int setup(void) { return 1; }");
        string archive = Path.Combine(_set.Folder, "x.a");
        RealTool.Run("ar", "rcsD", archive, first, second);
        NamespacePlan plan = NamespacePlanner.Plan(
            BuiltInPolicy.Minios, SymbolCensus.ReadFiles([new CensusFile("core", archive)]), PublicDeclarations.Empty, LibcMode.Stub);
        Diagnostic found = plan.Diagnostics.Single(found => found.Code == "MINIOS1309");
        Assert.Equal((DiagnosticSeverity.Warning, archive + "(b.o)"), (found.Severity, found.File));
    }

    [Fact]
    public void A_fault_of_thousands_is_listed_a_few_times_and_counted()
    {
        _set.AddAssembly("core", "a", string.Concat(Enumerable.Range(0, 1000).Select(i => $".weak w{i}\nw{i}: ret\n")));
        Diagnostic[] found = [.. _set.Plan().Diagnostics.Where(found => found.Code == "MINIOS1317")];
        Assert.Equal(251, found.Length);
        Assert.StartsWith("750 more names", found[^1].Message);
    }

    private static IEnumerable<Diagnostic> Errors(NamespacePlan plan) => plan.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error);

    private static NamespacePolicy Policy(string renames) => NamespacePolicy.Parse(
        Encoding.UTF8.GetBytes($$"""{ "name": "test", "publicPrefix": "minios_", "internalPrefix": "_minios_", "hooks": ["app_main"], "rename": {{renames}} }"""), "test.json");
}
