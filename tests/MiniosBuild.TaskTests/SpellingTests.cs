namespace MiniosBuild.TaskTests;

/// <summary>What real compilers and the linker say of old names, and the new spelling in it.</summary>
public sealed class SpellingTests : IDisposable
{
    private const string Table = """
        # minios names 1: KIND OLD NEW
        macro PAGE_SIZE MINIOS_PAGE_SIZE
        function-macro ARRAY_SIZE MINIOS_ARRAY_SIZE
        function schedule minios_schedule
        variable idle minios_idle
        typedef s_time_t minios_s_time_t
        tag thread minios_thread
        enumerator RUNNABLE MINIOS_RUNNABLE

        """;

    private readonly SmallSet _set = new();

    public SpellingTests() => Project.Write("obj/names.txt", Table);

    private TaskProject Project => _set.Project;

    public static TheoryData<string, string, string, string?> Mistakes
    {
        get
        {
            (string Line, string? Hint)[] mistakes =
            [
                ("int f(void) { return PAGE_SIZE; }", "MINIOS_PAGE_SIZE"),
                ("int f(int *a) { return ARRAY_SIZE(a); }", "MINIOS_ARRAY_SIZE"),
                ("void f(void) { schedule(); }", "minios_schedule"),
                ("void *f(void) { return &idle; }", "minios_idle"),
                ("int f(void) { return RUNNABLE; }", "MINIOS_RUNNABLE"),
                ("s_time_t now;", "minios_s_time_t"),
                ("static int a[] = { 1 }; int f(void) { return (int)sizeof(a) / ARRAY_SIZE(a); }", "MINIOS_ARRAY_SIZE"),
                ("void f(void) { s_time_t now = 0; (void)now; }", "minios_s_time_t"),
                ("struct thread; int f(struct thread *t) { return t->x; }", "minios_thread"),
                ("int f(void) { return sizeof(struct thread); }", "minios_thread"),
                ("void g(void) { unknown(); }", null),
                ("struct schedule; int f(struct schedule *s) { return s->x; }", null), // No tag of that name was renamed.
                ("int schedule(void); int f(void) { return schedule() + missing; }", null),
            ];
            var data = new TheoryData<string, string, string, string?>();
            foreach (string compiler in new[] { "gcc", "clang" })
            {
                foreach (string standard in new[] { "c11", "c++17" })
                {
                    foreach (var (line, hint) in mistakes)
                    {
                        data.Add(compiler, standard, line, hint);
                    }
                }
            }

            return data;
        }
    }

    public void Dispose() => _set.Dispose();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_compiler_that_does_not_know_an_old_name_is_made_to_tell_the_new_one(string compiler, string standard, string line, string? hint)
    {
        Project.Write("tree/user.c", line + "\n");
        var task = _set.Compile();
        task.Sources = [TaskProject.Item("tree/user.c")];
        task.Compiler = "/usr/bin/" + compiler;
        task.Options = standard == "c11" ? ["-std=c11", "-Werror=implicit-function-declaration"] : ["-x", "c++", "-std=c++17"];
        task.Names = "obj/names.txt";

        var first = Project.Fail(task).Errors[0];

        Assert.Equal(ToolchainCodes.CompileError, first.Code);
        Assert.Equal(hint is not null, first.Message.EndsWith($"{hint}\" here (MiniosCompatibility or minios migrate)", StringComparison.Ordinal));
        Assert.Equal(hint is not null, first.Message.Contains("; it is \"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gcc", "double half(double x) { return x / 2; }")]
    [InlineData("gcc", "long double half(long double x) { return x / 2; }")]
    [InlineData("clang", "long double half(long double x) { return x / 2; }")]
    public void A_compiler_that_may_not_use_floating_point_is_made_to_tell_the_property(string compiler, string line)
    {
        Project.Write("tree/user.c", line + "\n");
        var task = _set.Compile();
        task.Sources = [TaskProject.Item("tree/user.c")];
        task.Compiler = "/usr/bin/" + compiler;
        task.Options = ["-mgeneral-regs-only"];

        Assert.Contains("with MiniosFloatingPoint", Project.Fail(task).Errors[0].Message);
    }

    [Fact]
    public void A_macro_at_file_scope_that_gcc_takes_for_a_declaration_is_told()
    {
        Project.Write("tree/user.c", "static ARRAY_SIZE(x);\n");
        var task = _set.Compile();
        task.Sources = [TaskProject.Item("tree/user.c")];
        task.Options = ["-Wimplicit-int"];
        task.Names = "obj/names.txt";

        Assert.Contains(Project.Prepare(task) is var engine && task.Execute() ? engine.Warnings : [], w => w.Message.EndsWith("; it is \"MINIOS_ARRAY_SIZE\" here (MiniosCompatibility or minios migrate)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_linker_is_too()
    {
        _set.Linkable();
        Project.Write("main.c", "void schedule(void);\nvoid missing(void);\nint app_main(void);\nint app_main(void) { schedule(); missing(); return 0; }\n");
        Project.Succeed(_set.CompileGuest());
        var task = _set.Link();
        task.Names = "obj/names.txt";
        var errors = Project.Fail(task).Errors;

        Assert.EndsWith("; it is \"minios_schedule\" here (MiniosCompatibility or minios migrate)", Assert.Single(errors, e => e.Message.Contains("'schedule'", StringComparison.Ordinal)).Message);
        Assert.DoesNotContain("it is", Assert.Single(errors, e => e.Message.Contains("'missing'", StringComparison.Ordinal)).Message);
    }

    [Fact]
    public void Without_a_table_messages_stay_as_they_are()
    {
        Project.Write("tree/user.c", "s_time_t now;\n");
        var task = _set.Compile();
        task.Sources = [TaskProject.Item("tree/user.c")];
        task.Names = "obj/none.txt";

        Assert.DoesNotContain("it is", Project.FailOnce(task).Message);
    }
}
