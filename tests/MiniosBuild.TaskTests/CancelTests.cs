using System.Diagnostics;
using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

/// <summary>A build that is ended while a tool runs.</summary>
public sealed class CancelTests : IDisposable
{
    // Ends only what hangs, on a machine that may be slow and busy.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(3);

    // Tells the sleepers of this run from any other's.
    private readonly string _mark = $"600.{Environment.ProcessId}{Random.Shared.Next(1000, 9999)}";
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_cancelled_compile_leaves_no_process_and_no_object_and_the_next_run_makes_it()
    {
        var task = _set.Compile();
        task.Compiler = Endless();

        CancelOnceStarted(task);

        Assert.DoesNotContain(Files("obj"), f => f.EndsWith(".o", StringComparison.Ordinal) || f.EndsWith(".step", StringComparison.Ordinal));
        Assert.Empty(Project.Leftovers());
        Project.Succeed(_set.Compile());
        Assert.Equal(3, _set.Tools.TakeStarted().Count);
    }

    [Fact]
    public void A_cancelled_compile_keeps_what_was_finished_before()
    {
        var task = _set.Compile();
        task.Compiler = Project.WriteProgram("tools/some", $"case \"$*\" in *kernel.c*) {Sleep};; *) exec /usr/bin/gcc \"$@\";; esac\n");
        Project.Prepare(task, freeCores: 1);
        File.WriteAllText(Project.PathOf(SmallSet.DriverSource), File.ReadAllText(Project.PathOf(SmallSet.DriverSource)) + new string('\n', 4096));

        CancelOnceStarted(task, freeCores: 1);

        Assert.True(File.Exists(Project.PathOf("obj/objects/blkfront/blkfront.o.step")));
        Assert.False(File.Exists(Project.PathOf("obj/objects/core/kernel.o")));
    }

    [Fact]
    public void A_cancelled_symbol_pass_leaves_no_process_and_no_object_and_the_next_run_makes_it()
    {
        _set.Planned();
        var task = _set.PrefixWith(Endless());

        CancelOnceStarted(task);

        Assert.DoesNotContain(Files("obj/passed"), f => f.EndsWith("kernel.o", StringComparison.Ordinal));
        Assert.Empty(Project.Leftovers());
        _set.Passed();
        Assert.Contains("T minios_add", Nm.Names(_set.PassedObjects[0].ItemSpec));
    }

    [Fact]
    public void A_cancelled_link_leaves_no_image_and_the_next_run_makes_it()
    {
        _set.Linkable();
        var task = _set.Link();
        task.Linker = Endless();

        CancelOnceStarted(task);

        Assert.Empty(task.Outputs);
        Assert.Empty(Files("bin"));
        Project.Succeed(_set.Link());
    }

    [Fact]
    public void A_cancelled_scan_and_a_cancelled_script_leave_nothing()
    {
        var scan = _set.Scan();
        scan.Compiler = Endless();
        CancelOnceStarted(scan);
        Assert.False(File.Exists(Project.PathOf("obj/tree.declarations")));
        Assert.Empty(Project.Leftovers());
        Project.Succeed(_set.Scan());

        var script = _set.Script();
        script.Compiler = Endless();
        CancelOnceStarted(script);
        Assert.False(File.Exists(Project.PathOf("obj/minios.lds")));
        Assert.Empty(Project.Leftovers());
        Project.Succeed(_set.Script());
    }

    [Fact]
    public void A_task_that_is_cancelled_before_it_starts_starts_nothing()
    {
        var task = _set.Compile();
        var engine = Project.Prepare(task);
        task.Cancel();

        Assert.False(task.Execute());
        Assert.Empty(engine.Errors);
        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void A_tool_that_left_a_process_behind_does_not_hold_up_a_cancelled_build()
    {
        // The orphan keeps the tool's standard output open, and is no longer of its process tree.
        var task = _set.Compile();
        task.Compiler = Project.WriteProgram("tools/orphan", $"echo started > '{Started}'\nsetsid {Sleep} &\nexit 0\n");
        try
        {
            CancelOnceStarted(task, leavesProcess: true);
        }
        finally
        {
            foreach (int id in Sleepers())
            {
                Process.GetProcessById(id).Kill();
            }
        }
    }

    private string Sleep => $"sleep {_mark}";

    private string Started => Project.PathOf("started");

    // Writes its output half, then sleeps in a process of its own.
    private string Endless() => Project.WriteProgram(
        "tools/endless", $"for last; do :; done\necho half > \"$last\" 2>/dev/null\necho started > '{Started}'\n{Sleep}\n");

    private void CancelOnceStarted(MiniosTask task, int freeCores = 2, bool leavesProcess = false)
    {
        var engine = Project.Prepare(task, freeCores);
        var run = Task.Factory.StartNew(task.Execute, TaskCreationOptions.LongRunning);
        Assert.True(Until(() => File.Exists(Started) || Running()), "the tool did not start");
        task.Cancel();

        // The tool would take 600 seconds, or more, to end by itself.
        Assert.True(run.Wait(s_longEnough), "the task did not end");
        Assert.False(run.Result);
        Assert.Empty(engine.Errors);

        // A killed process may be seen until the system has come round to it.
        Assert.True(leavesProcess || Until(() => !Running()), "a process is left");
        Assert.All(engine.Cores.Where(c => c[0] == '+'), c => Assert.Contains(c.Replace('+', '-'), engine.Cores));
    }

    private static bool Until(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_longEnough; Thread.Sleep(10))
        {
            if (condition())
            {
                return true;
            }
        }

        return condition();
    }

    private bool Running() => Sleepers().Count > 0;

    private List<int> Sleepers() => [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!)).Where(id =>
    {
        string folder = $"/proc/{id}";
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(_mark, StringComparison.Ordinal)
                && !File.ReadAllText(Path.Combine(folder, "stat")).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    })];

    private IEnumerable<string> Files(string folder) =>
        Directory.Exists(Project.PathOf(folder)) ? Directory.EnumerateFiles(Project.PathOf(folder), "*", SearchOption.AllDirectories) : [];
}
