using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tasks;

/// <summary>What all tasks share: paths relative to the project, coded diagnostics, cancellation.</summary>
public abstract class MiniosTask : Microsoft.Build.Utilities.Task, ICancelableTask, IMultiThreadableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <summary>Cancelled when MSBuild ends the build.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    public void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed override bool Execute()
    {
        try
        {
            Run();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (DiagnosticOf(e) is { } diagnostic)
        {
            Report(diagnostic);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>The task's work. Throws <see cref="DiagnosticException"/> for what ends it, reports the rest.</summary>
    protected abstract void Run();

    /// <summary>What to say of an exception that input or the file system caused; null for one that is a bug.</summary>
    protected static Diagnostic? DiagnosticOf(Exception exception) => exception switch
    {
        DiagnosticException e => e.Diagnostic,
        IOException or UnauthorizedAccessException => Diagnostic.Error(ToolchainCodes.FileAccess, exception.Message),
        _ => null,
    };

    /// <summary>The policy of a set that a script links, where there is one.</summary>
    /// <exception cref="DiagnosticException">MINIOS1401 to 1405, 1442, 1451.</exception>
    protected static NamespacePolicy LoadPolicy(string path, string? script) => script is null
        ? NamespacePolicy.Load(path)
        : NamespacePolicy.Load(path).LinkedBy(LinkerScriptNames.Parse(File.ReadAllText(script), script).Assigned);

    /// <summary>Logs a diagnostic with its code, place and help page.</summary>
    protected void Report(Diagnostic diagnostic)
    {
        string help = HelpPage.Of(diagnostic.Code, typeof(MiniosTask).Assembly.Location);
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                Log.LogError(null, diagnostic.Code, null, help, diagnostic.File, diagnostic.Line, diagnostic.Column, 0, 0, "{0}", diagnostic.Message);
                break;
            case DiagnosticSeverity.Warning:
                Log.LogWarning(null, diagnostic.Code, null, help, diagnostic.File, diagnostic.Line, diagnostic.Column, 0, 0, "{0}", diagnostic.Message);
                break;
            default:
                Log.LogMessage(null, diagnostic.Code, null, diagnostic.File, diagnostic.Line, diagnostic.Column, 0, 0, MessageImportance.Normal, "{0}", diagnostic.Message);
                break;
        }
    }

    /// <summary>Logs diagnostics.</summary>
    /// <returns>Whether there is no error in the task's log.</returns>
    protected bool Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does a step that its record calls out of date, and records it. The warnings of one that is up to date are given again.</summary>
    /// <param name="name">What the log calls the step.</param>
    /// <param name="record">Absolute path of the record.</param>
    /// <param name="fingerprint">See <see cref="Fingerprint"/>.</param>
    /// <param name="work">Does it. Nothing is recorded when it gives null, or when an error was logged.</param>
    /// <param name="reason">Why it has to be done whatever the record says; null to ask the record.</param>
    /// <param name="started">When its inputs began to be read; left out, when the work starts.</param>
    protected void RunStep(string name, string record, string fingerprint, Func<StepResult?> work, string? reason = null, DateTime? started = null)
    {
        reason ??= StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            Report(StepRecord.Warnings(record));
            return;
        }

        Say($"{name}: {reason}");
        var start = started ?? DateTime.UtcNow;
        if (work() is { } done && !Log.HasLoggedErrors)
        {
            StepRecord.Write(record, fingerprint, start, done.Inputs, done.Outputs, done.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning));
        }
    }

    /// <summary>Logs a line that is shown at normal verbosity in the log, not on a quiet console.</summary>
    protected void Say(string text) => Log.LogMessage(MessageImportance.Normal, "{0}", text);

    /// <summary>The absolute, normalised path of a path that is relative to the project.</summary>
    protected string PathOf(string path) => Path.GetFullPath(path, ProjectFolder);

    protected string PathOf(ITaskItem item) => PathOf(item.ItemSpec);

    protected string[] PathsOf(IEnumerable<ITaskItem> items) => [.. items.Select(PathOf)];

    protected string[] PathsOf(IEnumerable<string> paths) => [.. paths.Where(p => p.Length > 0).Select(PathOf)];

    /// <summary>An item for a path; MSBuild would take a '%' in it, and in metadata, for an escape.</summary>
    protected static ITaskItem ItemOf(string path, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(Escaped(path));
        foreach (var (name, value) in metadata)
        {
            item.SetMetadata(name, Escaped(value));
        }

        return item;
    }

    /// <summary>An item for a path, with the metadata of another item.</summary>
    protected static ITaskItem ItemOf(string path, ITaskItem metadata)
    {
        var item = ItemOf(path);
        metadata.CopyMetadataTo(item);
        return item;
    }

    /// <summary>The project's folder, in which tools run.</summary>
    protected string ProjectFolder => Path.TrimEndingDirectorySeparator(TaskEnvironment.ProjectDirectory.Value);

    protected ToolRunner NewToolRunner() => new(TaskEnvironment.GetEnvironmentVariables());

    /// <summary>Runs work on as many threads as MSBuild grants.</summary>
    protected void WithCores(int wanted, Action<int> work)
    {
        if (wanted < 1 || BuildEngine is not IBuildEngine9 engine)
        {
            work(1);
            return;
        }

        int granted = engine.RequestCores(Math.Min(wanted, Environment.ProcessorCount));
        try
        {
            work(Math.Max(1, granted));
        }
        finally
        {
            if (granted > 0)
            {
                engine.ReleaseCores(granted);
            }
        }
    }

    /// <summary>Parses bytes that a file holds, with the file's name in the error if they are damaged.</summary>
    protected static T Reading<T>(string file, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(file), e);
        }
    }

    // MSBuild, "Special characters to escape"; '%' first.
    private static string Escaped(string text) => text.Replace("%", "%25").Replace("*", "%2A").Replace("?", "%3F").Replace(";", "%3B")
        .Replace("$", "%24").Replace("@", "%40").Replace("'", "%27").Replace("(", "%28").Replace(")", "%29");
}

/// <summary>What a step did.</summary>
/// <param name="Inputs">The files that were read.</param>
/// <param name="Outputs">The files that were written.</param>
/// <param name="Diagnostics">What was reported: its warnings are given again while the step is up to date.</param>
public sealed record StepResult(IEnumerable<string> Inputs, IEnumerable<string> Outputs, IEnumerable<Diagnostic> Diagnostics)
{
    /// <summary>A step that reports nothing.</summary>
    public StepResult(IEnumerable<string> inputs, IEnumerable<string> outputs)
        : this(inputs, outputs, [])
    {
    }
}
