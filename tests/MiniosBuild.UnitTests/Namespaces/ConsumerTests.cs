using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class ConsumerTests : IDisposable
{
    private readonly CompiledSet _set = new();
    private readonly TemporaryFolder _program = new();

    public void Dispose()
    {
        _set.Dispose();
        _program.Dispose();
    }

    [Fact]
    public void What_the_program_defines_itself_it_does_not_need()
    {
        string main = Compile("main", "int one(void); int two(void); int main(void) { return one() + two(); }");
        string other = Compile("other", "int one(void) { return 1; } int common; int three(void) { extern int two(void); return two() + common; }", "-fcommon");
        string user = Compile("user", "extern int common; int four(void) { return common; }");

        ConsumerNeeds needs = Read(main, other, user);

        ConsumerNeed need = Assert.Single(needs.Needs);
        Assert.Equal("two", need.Name);
        Assert.Equal([(main, null, false), (other, null, false)], need.Uses.Select(use => (use.File, use.Member, use.IsWeak)));
        Assert.Equal(["two"], needs.Names);
        Assert.Equal(["common", "two"], Read(user, main).Needs.Select(n => n.Name).Except(["one"]));
    }

    [Fact]
    public void A_member_of_an_archive_is_named_and_a_weak_reference_is_told()
    {
        string archive = Archive("program", Compile("a", "__attribute__((weak)) int maybe(void); int a(void) { return maybe ? maybe() : 0; }"));

        ConsumerNeed need = Assert.Single(Read(archive).Needs);

        Assert.True(need.IsWeak);
        Assert.Equal($"{archive}(a.o)", Assert.Single(need.Uses).Place);
    }

    [Fact]
    public void Each_name_is_told_with_its_state_its_form_and_its_provider()
    {
        string kernel = AddSet();
        string program = Compile("main", """
            int add(int); int minios_inner(int); int inner(int); extern int shared; extern int _minios_shared; int lonely(void);
            int init_blkfront(void); int pcifront_scan(void); int mine(void); void *memcpy(void *, const void *, unsigned long); int puts(const char *);
            int minios_add(int);
            long main(void) { return add(1) + minios_inner(1) + inner(2) + shared + _minios_shared + lonely() + init_blkfront() + pcifront_scan() + mine() + (long)memcpy + puts("") + minios_add(3); }
            """);
        ConsumerNeeds needs = Read(program);
        NamespacePlan plan = _set.Plan(declarations: _set.Declare("int add(int);"));

        ConsumerReport report = ConsumerReport.Of(plan, BuiltInPolicy.Minios, needs);

        Assert.Equal(
            [
                "_minios_shared Internal New _minios_shared",
                "add Public Old minios_add",
                "init_blkfront Public Old blkfront_init",
                "inner Internal Old _minios_inner",
                "lonely Hidden Same lonely",
                "memcpy Tools Same memcpy",
                "mine Missing Same mine",
                "minios_add Public New minios_add",
                "minios_inner Missing Same minios_inner",
                "pcifront_scan Missing Same pcifront_scan",
                "puts Libc Same puts",
                "shared Internal Old _minios_shared",
            ],
            report.Names.Select(name => $"{name.Need.Name} {name.State} {name.Form} {name.Target}"));
        Assert.Equal(("core", kernel), (report.Names[1].Library, report.Names[1].Provider));
        Assert.Equal(["lonely", "minios_inner", "pcifront_scan"], report.Diagnostics.Select(d => d.Message.Split('"')[1]));
        Assert.All(report.Diagnostics, d => Assert.Equal(("MINIOS1609", DiagnosticSeverity.Warning, program), (d.Code, d.Severity, d.File)));
    }

    [Fact]
    public void What_a_program_needs_becomes_public_and_is_not_hidden()
    {
        AddSet();
        ConsumerNeeds needs = Read(Compile("main", "int lonely(void); int minios_inner(int); int main(void) { return lonely() + minios_inner(1); }"));

        Assert.Equal(SymbolAction.Localize, Decision(_set.Plan(), "lonely").Action); // The control.
        NamespacePlan plan = _set.Plan(needs: needs.Names);

        Assert.Equal("minios_lonely", Decision(plan, "lonely").NewName);
        Assert.Equal("minios_inner", Decision(plan, "inner").NewName);
        ConsumerReport report = ConsumerReport.Of(plan, BuiltInPolicy.Minios, needs);
        Assert.All(report.Names, name => Assert.Equal(ConsumerNameState.Public, name.State));
        Assert.Empty(report.Diagnostics);
    }

    [Fact]
    public void A_finished_set_gives_the_same_answers_with_archive_and_member()
    {
        AddSet();
        ConsumerNeeds needs = Read(Compile("main", "int add(int); int blkfront_init(void); int lonely(void); int main(void) { return add(1) + blkfront_init() + lonely(); }"));
        NamespacePlan plan = _set.Plan(declarations: _set.Declare("int add(int);"));
        _set.Apply(plan);

        ConsumerReport report = ConsumerReport.Of(_set.Archive(), plan.Renames, BuiltInPolicy.Minios, needs);

        string core = Path.Combine(_set.Folder, "libminios-core.a"), driver = Path.Combine(_set.Folder, "libminios-blkfront.a");
        Assert.Equal(
            [
                ("add", ConsumerNameState.Public, ConsumerNameForm.Old, "minios_add", $"{core}(kernel.o)"),
                ("blkfront_init", ConsumerNameState.Public, ConsumerNameForm.New, "blkfront_init", $"{driver}(blkfront.o)"),
                ("lonely", ConsumerNameState.Hidden, ConsumerNameForm.Same, "lonely", $"{core}(kernel.o)"),
            ],
            report.Names.Select(name => (name.Need.Name, name.State, name.Form, name.Target, name.Provider!)));
        Assert.Contains($"{core}(kernel.o) has it as a local symbol only: the link fails", Assert.Single(report.Diagnostics).Message);
    }

    [Fact]
    public void A_file_that_uses_nothing_is_told_but_one_that_overrides_a_hook_is_used()
    {
        AddSet();
        string pure = Compile("pure", "int mine(void) { return 1; }");
        string hook = Compile("hook", "int app_main(void) { return 1; }");
        NamespacePlan plan = _set.Plan();

        ConsumerReport some = ConsumerReport.Of(plan, BuiltInPolicy.Minios, Read(pure, hook));
        ConsumerReport none = ConsumerReport.Of(plan, BuiltInPolicy.Minios, Read(pure));

        Assert.Equal([pure], some.UnusedFiles);
        Assert.Equal(("MINIOS1608", DiagnosticSeverity.Message, pure), (some.Diagnostics[0].Code, some.Diagnostics[0].Severity, some.Diagnostics[0].File));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(none.Diagnostics).Severity);
    }

    [Fact]
    public void Files_that_are_no_objects_are_coded_errors()
    {
        string object_ = Compile("a", "int a;");
        string source = _program.Write("text", "#include <a.h>\n");
        string image = _program.File("image");
        RealTool.Run("ld", "-e", "0", "-o", image, object_);
        string thin = _program.File("thin.a");
        RealTool.Run("ar", "rcsTD", thin, object_);
        string mixed = Archive("mixed", object_, source);
        string nested = Archive("nested", mixed);
        string damaged = _program.File("damaged.o");
        File.WriteAllBytes(damaged, File.ReadAllBytes(object_)[..200]);

        Assert.Equal(("MINIOS1610", source), Refused(source));
        Assert.Equal(("MINIOS1610", image), Refused(image));
        Assert.Equal(("MINIOS1610", thin), Refused(thin));
        Assert.Equal(("MINIOS1610", mixed), Refused(mixed));
        Assert.Equal(("MINIOS1610", nested), Refused(nested));
        Assert.Equal(("MINIOS1610", "/dev/null"), Refused("/dev/null"));
        Assert.Matches("^MINIOS20", Refused(damaged).Code);
    }

    [Fact]
    public void Intermediate_code_is_a_coded_error()
    {
        Assert.Equal("MINIOS1611", Refused(Compile("lto", "int a(void); int b(void) { return a(); }", "-flto", "-fno-fat-lto-objects")).Code);

        string bitcode = _program.File("bitcode.o");
        RealTool.Run(LlvmTool.Find("clang"), "-flto", "-c", "-x", "c", "/dev/null", "-o", bitcode);
        Assert.Equal("MINIOS1611", Refused(bitcode).Code);
    }

    private static SymbolDecision Decision(NamespacePlan plan, string name) => plan.Decisions.Single(decision => decision.Name == name);

    private static ConsumerNeeds Read(params string[] files) => ConsumerNeeds.Read(files.Select(file => new ConsumerFile(file, File.ReadAllBytes(file))));

    private static (string Code, string? File) Refused(string file)
    {
        var diagnostic = Assert.Throws<DiagnosticException>(() => Read(file)).Diagnostic;
        return (diagnostic.Code, diagnostic.File);
    }

    private string AddSet()
    {
        _set.AddC("blkfront", "blkfront", "extern int shared; int inner(int); int init_blkfront(void) { return inner(shared); }");
        return _set.AddC("core", "kernel", """
            int shared = 1;
            int add(int a) { return a + shared; }
            int inner(int a) { return a; }
            int lonely(void) { return 7; }
            __attribute__((weak)) int app_main(void) { return 0; }
            """);
    }

    private string Compile(string name, string source, params string[] flags)
    {
        string path = _program.File(name + ".o");
        RealTool.Run("gcc", ["-c", "-O1", "-fno-pie", "-fno-builtin", .. flags, "-o", path, _program.Write(name + ".c", source)]);
        return path;
    }

    private string Archive(string name, params string[] members)
    {
        string path = _program.File(name + ".a");
        RealTool.Run("ar", ["rcsD", path, .. members]);
        return path;
    }
}
