using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>Programs whose needs are part of the public set.</summary>
public sealed class ConsumerPlanTests : IDisposable
{
    private readonly SmallSet _set = new();

    public ConsumerPlanTests() => _set.Planned();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void What_a_program_needs_is_public_under_its_new_name()
    {
        Assert.DoesNotContain("lonely", File.ReadAllText(Project.PathOf("obj/share/api.txt")));

        Project.Succeed(Plan(Program("app", "int lonely(void); int minios_inner(int x); int app(void) { return lonely() + minios_inner(1); }")));

        string[] renames = File.ReadAllLines(Project.PathOf("obj/share/renames.txt"));
        Assert.Contains("lonely minios_lonely", renames);
        Assert.Contains("inner minios_inner", renames);
        Assert.Contains("minios_lonely function core", File.ReadAllLines(Project.PathOf("obj/share/api.txt")));
        var prefix = _set.Prefix();
        Project.Succeed(prefix);
        Assert.Contains("T minios_lonely", Nm.Names(prefix.PassedObjects[0].ItemSpec));
    }

    [Fact]
    public void A_program_that_changes_is_planned_for_again_and_one_that_does_not_is_not()
    {
        string program = Program("app", "int lonely(void); int app(void) { return lonely(); }");
        Project.Succeed(Plan(program));
        Assert.Empty(Project.Succeed(Plan(program)).Messages);

        Program("app", "int add(int, int); int app(void) { return add(1, 2); }");

        Assert.Contains(Project.Succeed(Plan(program)).Messages, m => m.Message.EndsWith("app.o changed", StringComparison.Ordinal));
        Assert.DoesNotContain("minios_lonely", File.ReadAllText(Project.PathOf("obj/share/renames.txt")));
        Assert.Contains(Project.Succeed(Plan()).Messages, m => m.Message == "namespace plan: its command, its tool or a setting changed");
    }

    [Fact]
    public void A_program_that_uses_nothing_and_a_name_that_is_missed_are_warnings_also_while_the_plan_is_up_to_date()
    {
        string useless = Program("useless", "int mine(void) { return 1; }");
        string program = Program("app", "int pcifront_scan(void); int mine(void); int app(void) { return pcifront_scan() + mine(); }");

        for (int i = 0; i < 2; i++)
        {
            var warnings = Project.Succeed(Plan(useless, program)).Warnings;

            Assert.Equal([("MINIOS1608", useless), ("MINIOS1608", program), ("MINIOS1609", program)], warnings.Select(w => (w.Code, w.File)));
            Assert.Contains("\"pcifront_scan\"", warnings[2].Message);
        }
    }

    [Fact]
    public void A_program_that_is_not_there_or_not_compiled_is_named_and_the_last_plan_stays()
    {
        byte[] plan = File.ReadAllBytes(Project.PathOf("obj/plan.json"));

        var missing = Project.FailOnce(Plan("app/none.o"));
        var source = Project.FailOnce(Plan(Project.Write("app.c", "int app(void);\n")));
        var folder = Project.FailOnce(Plan("tree"));

        Assert.Equal((TaskCodes.ConsumerUnreadable, Project.PathOf("app/none.o")), (missing.Code, missing.File));
        Assert.Equal(("MINIOS1610", Project.PathOf("app.c")), (source.Code, source.File));
        Assert.Equal(TaskCodes.ConsumerUnreadable, folder.Code);
        Assert.Equal(plan, File.ReadAllBytes(Project.PathOf("obj/plan.json")));
    }

    private PlanMiniosNamespace Plan(params string[] consumers)
    {
        var plan = _set.Plan();
        plan.Consumers = [.. consumers.Select(c => TaskProject.Item(Project.RelativePath(Project.PathOf(c))))];
        return plan;
    }

    private string Program(string name, string source)
    {
        string path = Project.PathOf(name + ".o");
        RealTool.Run("gcc", "-c", "-fno-pie", Project.Write(name + ".c", source), "-o", path);
        return path;
    }
}
