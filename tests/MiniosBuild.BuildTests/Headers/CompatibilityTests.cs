using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>A guest in old names, with and without the property that lets it be compiled.</summary>
public sealed class CompatibilityTests : IDisposable
{
    private const string Compatibility = "-p:MiniosCompatibility=true";

    private const string Old = """
        #include <mini-os/kernel.h>
        #include <mini-os/lib.h>
        #include <mini-os/sched.h>

        static struct thread *self;

        int app_main(start_info_t *si)
        {
            int numbers[3] = { 0 };

            (void)si;
            self = current;
            schedule();
            printk("%u numbers\n", (unsigned)ARRAY_SIZE(numbers));
            minios_printk("%s\n", self->name);
            return numbers[0];
        }

        """;

    private readonly GuestProject _project = new();
    private readonly TracedTools _tools;

    public CompatibilityTests()
    {
        _tools = new TracedTools(Path.Combine(_project.Parent, "tools"));
        _project.SetProject($"<PropertyGroup><MiniosToolFolder>{_tools.Folder}</MiniosToolFolder></PropertyGroup>");
        _project.Write("main.c", Old);
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void WithoutThePropertyTheErrorsNameTheNewSpelling()
    {
        var build = _project.Build().MustFail();

        string[] spellings = ["struct minios_thread", "minios_current", "minios_schedule", "minios_printk", "MINIOS_ARRAY_SIZE"];
        string[] said = [.. build.Errors.Select(e => e.Text), .. build.Warnings.Select(w => w.Text)];
        Assert.All(spellings[1..], s => Assert.Contains(said, t => t.EndsWith($"; it is \"{s}\" here (MiniosCompatibility or minios migrate)", StringComparison.Ordinal)));
        Assert.Contains(said, t => t.Contains("struct thread", StringComparison.Ordinal) && t.Contains($"; it is \"{spellings[0]}\" here", StringComparison.Ordinal));
        Assert.DoesNotContain(said, t => t.Contains("‘numbers’", StringComparison.Ordinal) && t.Contains("it is", StringComparison.Ordinal));
    }

    [Fact]
    public void TheLinkerNamesTheNewSpellingOfAFunctionThatTheGuestDeclaresItself()
    {
        _project.Write("main.c", "#include <mini-os/kernel.h>\nvoid schedule(void);\nint app_main(start_info_t *si)\n{\n    (void)si;\n    schedule();\n    return 0;\n}\n");

        var error = _project.Build().MustFail().SingleError("MINIOS1620");

        Assert.Equal((_project.PathOf("main.c"), 6), (error.File, error.LineNumber));
        Assert.Contains("It is \"minios_schedule\" here (MiniosCompatibility or minios migrate).", error.Text);

        error = _project.Build("-p:MiniosCheckLink=false").MustFail().SingleError("MINIOS1701");

        Assert.Equal((_project.PathOf("main.c"), 6), (error.File, error.LineNumber));
        Assert.EndsWith("; it is \"minios_schedule\" here (MiniosCompatibility or minios migrate)", error.Text);
    }

    [Fact]
    public void WithThePropertyTheGuestIsBuiltAsItIsAndNothingElseIsMadeAgain()
    {
        _project.Build().MustFail();
        _tools.TakeStarted();

        Assert.Empty(_project.Build(Compatibility).MustSucceed().Warnings);
        var started = _tools.TakeStarted();
        Assert.Single(started, c => c.Contains(" -c ", StringComparison.Ordinal));
        Assert.Contains(" -c " + _project.PathOf("main.c"), started.Single(c => c.Contains(" -c ", StringComparison.Ordinal)));
        Assert.DoesNotContain(started, c => c.Contains(" -E ", StringComparison.Ordinal) || c.StartsWith("ar ", StringComparison.Ordinal));

        _project.Build(Compatibility).MustSucceed();
        Assert.Empty(_tools.TakeStarted());
        _project.Build().MustFail();
        Assert.Single(_tools.TakeStarted()); // The guest's one source.
    }

    [Fact]
    public void ADebuggerOnTheImageAnswersBothNames()
    {
        _project.Build(Compatibility).MustSucceed();
        string script = _project.PathOf("obj/Debug/guest.minios/stage/share/minios/minios.gdb");

        string answer = RealTool.Run(
            "gdb", "-nx", "-batch", "-x", script, "-ex", "minios-name schedule", "-ex", "minios-name minios_thread", "-ex", "info line minios_schedule", _project.Image);

        Assert.Contains("schedule (function) is minios_schedule in the archives and headers\n", answer);
        Assert.Contains("minios_thread (tag) is thread in the sources and in debug information\n", answer);
        Assert.Contains("sched.c\"", answer);
    }
}
