namespace MiniosBuild.TaskTests;

/// <summary>The list of public symbols that is checked in.</summary>
public sealed class ApiTests : IDisposable
{
    private readonly SmallSet _set = new();

    public ApiTests()
    {
        _set.Planned();
        Project.Succeed(_set.UpdateApi());
    }

    private TaskProject Project => _set.Project;

    private string Listed => Project.PathOf("minios.api.txt");

    public void Dispose() => _set.Dispose();

    [Fact]
    public void An_updated_list_is_the_one_that_the_plan_made_and_passes()
    {
        Assert.Equal(File.ReadAllBytes(Project.PathOf("obj/share/api.txt")), File.ReadAllBytes(Listed));

        Assert.Contains(Project.Succeed(_set.CheckApi()).Messages, m => m.Message.StartsWith("the 4 public symbols are those of ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_check_reads_nothing_until_one_of_the_two_changes()
    {
        Project.Succeed(_set.CheckApi());
        Assert.Empty(Project.Succeed(_set.CheckApi()).Messages);

        File.AppendAllText(Listed, "# ours\n");

        Assert.Contains(Project.Succeed(_set.CheckApi()).Messages, m => m.Message.EndsWith("minios.api.txt changed", StringComparison.Ordinal));
    }

    [Fact]
    public void An_update_without_a_change_leaves_the_file_alone()
    {
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Listed, old);

        Assert.Contains(Project.Succeed(_set.UpdateApi()).Messages, m => m.Message.EndsWith(" is up to date", StringComparison.Ordinal));

        Assert.Equal(old, File.GetLastWriteTimeUtc(Listed));
    }

    [Fact]
    public void An_added_a_removed_and_a_changed_symbol_are_errors_at_their_lines_again_and_again()
    {
        Project.Succeed(_set.CheckApi());
        Project.Write("tree/include/kernel.h", "int sum(int a, int b);\nextern int app_main;\nint init_blkfront(void);\n");
        Project.Write(SmallSet.KernelSource, "int sum(int a, int b);\nint sum(int a, int b) { return a + b; }\n__attribute__((weak)) int app_main;\nint inner(int x);\nint inner(int x) { return x; }\nint shared;\n");
        Project.Write(SmallSet.DriverSource, "int init_blkfront(void);\nextern int shared; int inner(int x); int init_blkfront(void) { return inner(shared); }\n");
        _set.Planned();

        for (int i = 0; i < 2; i++)
        {
            var errors = Project.Fail(_set.CheckApi()).Errors;

            Assert.Equal([("MINIOS1605", 8), ("MINIOS1604", 10), ("MINIOS1603", 11)], errors.Select(e => (e.Code, e.Line)));
            Assert.All(errors, e => Assert.Equal(Listed, e.File));
            Assert.Contains("\"minios_add\" of core is listed", errors[1].Message);
            Assert.Contains($"\"minios_sum\" of core, declared at {Project.PathOf("tree/include/kernel.h")}(1), is public", errors[2].Message);
        }

        Project.Succeed(_set.UpdateApi());
        Project.Succeed(_set.CheckApi());
    }

    [Fact]
    public void A_list_of_another_configuration_is_one_error()
    {
        var plan = _set.Plan();
        plan.Config = [TaskProject.Item("BALLOON", ("Value", "y")), TaskProject.Item("TEST", ("Value", "n"))];
        Project.Succeed(plan);

        var error = Project.FailOnce(_set.CheckApi());

        Assert.Equal(("MINIOS1607", Listed, 6), (error.Code, error.File, error.Line));
        Assert.Contains("\"BALLOON=y\" here", error.Message);
    }

    [Fact]
    public void A_damaged_list_and_a_missing_one_are_named()
    {
        File.WriteAllText(Listed, "minios_add\n");
        var damaged = Project.FailOnce(_set.CheckApi());
        File.Delete(Listed);
        var missing = Project.FailOnce(_set.CheckApi());

        Assert.Equal(("MINIOS1601", Listed, 1), (damaged.Code, damaged.File, damaged.Line));
        Assert.Equal(("MINIOS1602", Listed), (missing.Code, missing.File));
    }
}
