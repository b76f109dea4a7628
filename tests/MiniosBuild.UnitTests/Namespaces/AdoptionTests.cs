using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Adopting;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Passes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Files that were compiled against the old names of a set, and what becomes of their own names and of the set's.</summary>
public sealed class AdoptionTests : IDisposable
{
    private const string Kernel = """
        int shared = 3; int app_main(void); int inner(int); int lonely(int);
        __attribute__((weak)) int app_main(void) { return 0; }
        int schedule(void) { return inner(1) + 10; }
        int wake(int x) { return x + shared; }
        int inner(int x) { return lonely(x); }
        int lonely(int x) { return x * 2; }
        """;

    private readonly PassingSamples _samples = new();
    private readonly CompiledSet _set = new();

    public void Dispose()
    {
        _samples.Dispose();
        _set.Dispose();
    }

    [Fact]
    public void References_to_functions_and_data_follow_the_plan_weak_ones_too_and_hooks_stay()
    {
        string old = Compile("old", "int schedule(void); extern int shared; __attribute__((weak)) int wake(int); int app_main(void) { return schedule() + shared + (wake ? wake(1) : 0); }");

        (NamespacePlan plan, Adoption adoption) = Adopt(old);

        Assert.Equal(["T app_main", "U _minios_shared", "U minios_schedule", "U minios_wake"], PassingSamples.Symbols(Pass(adoption, old)));
        Assert.Equal(ElfSymbolBinding.Weak, PassingSamples.Objects(_samples.File("adopted-0")).Single().Symbols.Single(symbol => symbol.Name == "minios_wake").Binding);
        Diagnostic internals = Assert.Single(adoption.Diagnostics);
        Assert.Equal((AdoptionCodes.InternalName, DiagnosticSeverity.Message, old), (internals.Code, internals.Severity, internals.File));
        Assert.Contains("_minios_shared", internals.Message);
        Assert.DoesNotContain(plan.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ObjcopyKind.Gnu)]
    [InlineData(ObjcopyKind.Llvm)]
    public void What_was_adopted_links_with_the_set_and_does_what_it_did_before(ObjcopyKind? kind)
    {
        string old = Compile("old", "int schedule(void); extern int shared; int wake(int); int app_main(void) { return schedule() + shared + wake(7); }");
        string start = Compile("start", "int app_main(void); int main(void) { return app_main(); }");
        string kernel = AddKernel();
        string before = Link("before", start, old, kernel);

        (NamespacePlan plan, Adoption adoption) = Adopt(old);
        _set.Apply(plan);
        string archive = Assert.Single(_set.Archive()).Path;
        string after = Link("after", start, Pass(adoption, kind is { } tool ? new PassOptions { BackEnd = _samples.BackEnd(tool) } : new PassOptions(), old), archive);

        Assert.Equal(12 + 3 + 10, PassingSamples.Run(before));
        Assert.Equal(PassingSamples.Run(before), PassingSamples.Run(after));
    }

    [Fact]
    public void What_an_adopted_file_defines_is_its_own_and_so_are_the_references_of_all_of_them()
    {
        string archive = _samples.Archive("libown.a",
            Compile("sched", "int schedule(void) { return 40; }"), Compile("user", "int wake(int); int schedule(void); int used(void) { return schedule() + wake(1); }"));
        string old = Compile("old", "int schedule(void); int used(void); int wake(int); int app_main(void) { return schedule() + used() + wake(0); }");
        string start = Compile("start", "int app_main(void); int main(void) { return app_main(); }");

        (NamespacePlan plan, Adoption adoption) = Adopt(archive, old);
        string[] adopted = [Pass(adoption, archive, old), _samples.File("adopted-1")];
        _set.Apply(plan);

        Assert.Equal(["T schedule", "T used", "U minios_wake", "U schedule"], PassingSamples.Symbols(adopted[0]));
        Assert.Equal(["T app_main", "U minios_wake", "U schedule", "U used"], PassingSamples.Symbols(adopted[1]));
        Diagnostic own = Assert.Single(adoption.Diagnostics);
        Assert.Equal((AdoptionCodes.OwnName, DiagnosticSeverity.Message, archive), (own.Code, own.Severity, own.File));
        Assert.Equal($"\"schedule\" of {archive}(sched.o), which {archive}(user.o), {old} refer to, is the adopted files' own and stays; \"minios_schedule\" of the set is another one", own.Message);
        Assert.Equal(40 + (40 + 4) + 3, PassingSamples.Run(Link("program", start, adopted[1], adopted[0], _set.Archive()[0].Path)));
    }

    [Fact]
    public void A_weak_definition_stays_and_the_difference_to_the_old_link_is_a_warning()
    {
        string old = Compile("old", "__attribute__((weak)) int schedule(void) { return 1; } int app_main(void) { return schedule(); }");

        (_, Adoption adoption) = Adopt(old);

        Diagnostic warning = Assert.Single(adoption.Diagnostics);
        Assert.Equal((AdoptionCodes.OwnWeakName, DiagnosticSeverity.Warning, old), (warning.Code, warning.Severity, warning.File));
        Assert.Equal(["T app_main", "W schedule"], PassingSamples.Symbols(Pass(adoption, old)));
    }

    [Fact]
    public void A_strong_definition_makes_a_weak_one_elsewhere_no_warning()
    {
        string weak = Compile("weak", "__attribute__((weak)) int schedule(void) { return 1; }"), strong = Compile("strong", "int schedule(void) { return 2; }");

        Diagnostic message = Assert.Single(Adopt(weak, strong).Adoption.Diagnostics);

        Assert.Equal((AdoptionCodes.OwnName, strong), (message.Code, message.File));
    }

    [Fact]
    public void A_common_symbol_means_the_variable_of_the_set()
    {
        string old = Compile("old", "int shared; int app_main(void) { return shared; }", "-fcommon");
        string start = Compile("start", "int app_main(void); int main(void) { return app_main(); }");

        (NamespacePlan plan, Adoption adoption) = Adopt(old);
        string adopted = Pass(adoption, old);
        _set.Apply(plan);

        Assert.Equal(["C _minios_shared", "T app_main"], PassingSamples.Symbols(adopted));
        Assert.Equal(3, PassingSamples.Run(Link("program", start, adopted, _set.Archive()[0].Path)));
    }

    [Fact]
    public void A_common_symbol_beside_a_definition_among_the_adopted_is_theirs()
    {
        string common = Compile("common", "int shared;", "-fcommon"), real = Compile("real", "int shared = 5;");
        AddKernel();
        _set.AddC("core", "user", "extern int shared; int user(void) { return shared; }");

        (_, Adoption adoption) = Adopt(common, real);

        Assert.Equal(0, adoption.Map.Count);
        Assert.Equal(AdoptionCodes.OwnName, Assert.Single(adoption.Diagnostics).Code);
    }

    [Fact]
    public void Names_that_only_the_adopted_need_stay_within_reach()
    {
        string old = Compile("old", "int lonely(int); extern int shared; int app_main(void) { return lonely(1) + shared; }");

        (_, Adoption adoption) = Adopt(old);

        Assert.Contains("U minios_lonely", PassingSamples.Symbols(Pass(adoption, old)));
    }

    [Fact]
    public void A_name_that_the_set_keeps_to_itself_is_an_error_with_object_function_and_line()
    {
        string kernel = AddKernel();
        string[] olds = [Compile("lines", "int lonely(int);\n\nint app_main(void)\n{\n\treturn lonely(1);\n}\n", "-g"), Compile("plain", "int lonely(int); int caller(void) { return lonely(1); }")];

        NamespacePlan plan = _set.Plan();
        Diagnostic[] errors = [.. olds.SelectMany(old => Read(old) is var files ? Adoption.Of(files, AdoptingSet.Of(plan, BuiltInPolicy.Minios)).Diagnostics : []).Where(d => d.Severity == DiagnosticSeverity.Error)];

        Assert.All(errors, e => Assert.Equal(AdoptionCodes.UnreachableName, e.Code));
        Assert.Equal([(_samples.File("lines.o.c"), 5), (olds[1], 0)], errors.Select(e => (e.File!, e.Line)));
        Assert.StartsWith($"{olds[0]}: \"lonely\" is referred to in app_main, but {kernel} has it as a local symbol only.", errors[0].Message);
        Assert.Contains("in caller,", errors[1].Message);
    }

    [Fact]
    public void A_finished_set_shows_what_it_keeps_to_itself()
    {
        AddKernel();
        NamespacePlan plan = _set.Plan(declarations: _set.Declare("int schedule(void);"));
        _set.Apply(plan);
        string old = Compile("old", "int lonely(int); int schedule(void); int app_main(void) { return lonely(1) + schedule(); }");

        var adoption = Adoption.Of(Read(old), AdoptingSet.Of(BuiltInPolicy.Minios, plan.Renames, _set.Archive()));

        Diagnostic error = Assert.Single(adoption.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(AdoptionCodes.UnreachableName, error.Code);
        Assert.Contains("libminios-core.a(kernel.o)", error.Message);
    }

    [Fact]
    public void A_private_libc_serves_the_set_alone()
    {
        _set.AddC("libc", "memory", "void *malloc(unsigned long n) { return (void *)n; } int table[2];");
        string old = Compile("old", "void *malloc(unsigned long); extern int table[2]; void *app_main(void) { return (char *)malloc(1) + table[0]; }");

        NamespacePlan plan = _set.Plan(libc: LibcMode.Private, needs: Read(old).Needs);
        var adoption = Adoption.Of(Read(old), AdoptingSet.Of(plan, BuiltInPolicy.Minios));

        Assert.Equal("_minios_malloc", plan.Renames["malloc"]);
        Assert.Equal(["T app_main", "U _minios_table", "U malloc"], PassingSamples.Symbols(Pass(adoption, old)));
    }

    [Fact]
    public void New_names_may_stand_beside_old_ones_but_none_of_the_adopted_may_define_one()
    {
        string old = Compile("old", "int schedule(void); int one(void) { return schedule(); }"), fresh = Compile("fresh", "int minios_schedule(void); int two(void) { return minios_schedule(); }");

        (_, Adoption adoption) = Adopt(_samples.Archive("libboth.a", old, fresh));
        Assert.Equal(["T one", "T two", "U minios_schedule", "U minios_schedule"], PassingSamples.Symbols(Pass(adoption, _samples.File("libboth.a"))));

        string taken = _samples.Archive("libtaken.a", old, Compile("taken", "int minios_schedule(void) { return 0; }"));
        DiagnosticException refused = Assert.Throws<DiagnosticException>(() => Pass(Adopt(taken).Adoption, taken));
        Assert.Equal("MINIOS1333", refused.Diagnostic.Code);
    }

    [Fact]
    public void Inline_assembly_and_members_of_one_name_follow_too()
    {
        Directory.CreateDirectory(_samples.File("sub"));
        string one = Compile("part", "int one(void) { int r; __asm__(\"call schedule\" : \"=a\"(r)); return r; }"), two = Compile("sub/part", "extern int shared; int *two(void) { return &shared; }");
        string archive = _samples.ArchiveAs("rcsD", "libparts.a", one);
        RealTool.Run("ar", "qD", archive, two);

        (_, Adoption adoption) = Adopt(archive);

        Assert.Equal(["T one", "T two", "U _minios_shared", "U minios_schedule"], PassingSamples.Symbols(Pass(adoption, archive)));
    }

    [Fact]
    public void Cplusplus_with_a_table_of_virtual_functions_and_a_group_is_adopted()
    {
        string old = _samples.CompileBy("g++", "old.o", """
            extern "C" int schedule(void);
            struct Base { virtual int run() { return schedule(); } };
            struct Sub : Base { int run() override { return Base::run() + 1; } };
            extern "C" int app_main(void) { Sub sub; Base *base = &sub; asm volatile("" : "+r"(base)); return base->run(); }
            """, "-fno-rtti", "-fno-exceptions", "-fno-pic");
        string start = Compile("start", "int app_main(void); int main(void) { return app_main(); }");

        (NamespacePlan plan, Adoption adoption) = Adopt(old);
        string adopted = Pass(adoption, old);
        _set.Apply(plan);

        Assert.Contains("U minios_schedule", PassingSamples.Symbols(adopted));
        Assert.NotEmpty(PassingSamples.Objects(adopted).Single().Groups);
        Assert.Equal(13, PassingSamples.Run(Link("program", start, adopted, _set.Archive()[0].Path)));
    }

    [Fact]
    public void A_file_that_has_no_name_of_the_set_is_told()
    {
        string stranger = Compile("stranger", "int mine(void) { return 1; }"), old = Compile("old", "int schedule(void); int app_main(void) { return schedule(); }");

        Assert.Equal((AdoptionCodes.Stranger, DiagnosticSeverity.Message, stranger), Told(Adopt(stranger, old)));
        Assert.Equal((AdoptionCodes.Stranger, DiagnosticSeverity.Warning, stranger), Told(Adopt(stranger)));

        static (string, DiagnosticSeverity, string?) Told((NamespacePlan Plan, Adoption Adoption) made) =>
            Assert.Single(made.Adoption.Diagnostics) is var told ? (told.Code, told.Severity, told.File) : default;
    }

    [Fact]
    public void What_the_pass_refuses_is_refused_with_the_same_codes()
    {
        string old = Compile("old", "int schedule(void); int app_main(void) { return schedule(); }");
        string lto = Compile("lto", "int schedule(void); int f(void) { return schedule(); }", "-flto"), narrow = Compile("narrow", "int schedule(void); int f(void) { return schedule(); }", "-m32");
        string thin = _samples.ArchiveAs("rcsT", "libthin.a", old), text = _samples.Write("text.o", "no object");
        var kernel = new ConsumerFile(AddKernel(), File.ReadAllBytes(_set.Inputs()[0].Path));

        Assert.Equal(["MINIOS2108", "MINIOS1303", "MINIOS1301", "MINIOS1302", "MINIOS1302"], [
            Code(() => Read(thin)), Code(() => Read(lto)), Code(() => Read(text)), Code(() => Read(old, narrow)), Code(() => AdoptedFiles.Read([Input(narrow)], kernel))]);

        string versioned = Compile("versioned", "int app_main(void) { return 0; }\n__asm__(\".symver schedule, schedule@OLD\\n.long schedule\");");
        Assert.Equal("MINIOS1305", Code(() => Pass(Adopt(versioned).Adoption, versioned)));

        static string Code(Action refused) => Assert.Throws<DiagnosticException>(refused).Diagnostic.Code;
    }

    [Fact]
    public void What_was_adopted_once_stays_as_it_is_and_another_pass_is_refused()
    {
        string old = Compile("old", "int schedule(void); int app_main(void) { return schedule(); }");
        var options = new PassOptions { Note = PassNote.TextFor(BuiltInPolicy.Minios, LibcMode.Stub) };

        (NamespacePlan plan, Adoption adoption) = Adopt(old);
        byte[] once = File.ReadAllBytes(Pass(adoption, options, old));
        string again = _samples.File("again.o");
        File.WriteAllBytes(again, once);

        Assert.Equal(once, File.ReadAllBytes(Pass(Adoption.Of(Read(again), AdoptingSet.Of(plan, BuiltInPolicy.Minios)), options, again)));
        var other = new PassOptions { Note = PassNote.TextFor(BuiltInPolicy.Minios, LibcMode.None) };
        Assert.Equal("MINIOS1335", Assert.Throws<DiagnosticException>(() => Pass(adoption, other, again)).Diagnostic.Code);
    }

    private string AddKernel() => _set.AddC("core", "kernel", Kernel);

    private string Compile(string name, string source, params string[] flags) =>
        _samples.Compile(name + ".o", source, ["-ffreestanding", "-fno-pic", "-fno-pie", "-fno-stack-protector", "-fno-inline", "-fno-common", .. flags]);

    private static ConsumerFile Input(string path) => new(path, File.ReadAllBytes(path));

    private static AdoptedFiles Read(params string[] paths) => AdoptedFiles.Read([.. paths.Select(Input)]);

    private (NamespacePlan Plan, Adoption Adoption) Adopt(params string[] paths)
    {
        if (_set.Inputs().Count == 0)
        {
            AddKernel();
        }

        AdoptedFiles files = Read(paths);
        NamespacePlan plan = _set.Plan(declarations: _set.Declare("int schedule(void); int wake(int);"), needs: files.Needs);
        return (plan, Adoption.Of(files, AdoptingSet.Of(plan, BuiltInPolicy.Minios)));
    }

    private string Pass(Adoption adoption, params string[] paths) => Pass(adoption, new PassOptions(), paths);

    /// <summary>Passes the files into adopted-0, adopted-1, … and gives the first.</summary>
    private string Pass(Adoption adoption, PassOptions options, params string[] paths)
    {
        var pass = new ArchivePass(adoption.Map, options with { Adopts = true });
        PassReport[] reports = [.. paths.Select((path, i) => pass.Apply(path, _samples.File($"adopted-{i}")))];
        PassReport.RequireTogether(adoption.Map, paths, reports, "plan");
        return _samples.File("adopted-0");
    }

    private string Link(string name, params string[] files)
    {
        RealTool.Run("gcc", ["-no-pie", "-o", _samples.File(name), .. files]);
        return _samples.File(name);
    }
}
