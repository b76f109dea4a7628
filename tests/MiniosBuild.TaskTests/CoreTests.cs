namespace MiniosBuild.TaskTests;

/// <summary>The cores that tasks ask MSBuild for.</summary>
public sealed class CoreTests : IDisposable
{
    private static readonly string Most = Math.Min(3, Math.Min(2, Environment.ProcessorCount)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Cores_are_asked_for_once_and_given_back()
    {
        Assert.Equal(["+" + Most, "-" + Most], Project.Succeed(_set.Compile()).Cores);
        _set.Planned();
        Assert.Equal(["+" + Most, "-" + Most], Project.Succeed(_set.Prefix()).Cores);
    }

    [Fact]
    public void Cores_are_given_back_after_an_error()
    {
        Project.Write(SmallSet.DriverSource, "#error no\n");
        Assert.Equal(["+" + Most, "-" + Most], Project.Fail(_set.Compile()).Cores);

        var missing = _set.Compile();
        missing.Compiler = Project.PathOf("tools/none");
        Assert.Equal(["+" + Most, "-" + Most], Project.Fail(missing).Cores);

        var occupied = _set.Compile();
        occupied.ObjectFolder = SmallSet.KernelSource;
        Assert.Equal(["+" + Most, "-" + Most], Project.Fail(occupied).Cores);
    }

    [Fact]
    public void With_one_core_granted_one_compiler_runs_at_a_time()
    {
        string log = Project.PathOf("running.txt");
        var task = _set.Compile();
        task.Compiler = Project.WriteProgram("tools/slow", $"echo start >> '{log}'\n/usr/bin/gcc \"$@\"\ncode=$?\necho end >> '{log}'\nexit $code\n");

        var engine = Project.Succeed(task, freeCores: 1);

        Assert.Equal(["+1", "-1"], engine.Cores);
        Assert.Equal(["start", "end", "start", "end", "start", "end"], File.ReadAllLines(log));
    }

    [Fact]
    public void No_core_is_asked_for_where_there_is_nothing_to_compile()
    {
        var task = _set.Compile();
        task.Sources = [];

        Assert.Empty(Project.Succeed(task).Cores);
        Assert.Empty(task.Objects);
    }
}
