using System.Collections;
using Microsoft.Build.Framework;

namespace MiniosBuild.TaskTests;

/// <summary>A build engine that keeps what a task logs and asks for; tasks run in it as in MSBuild's own.</summary>
internal sealed class RecordingEngine : IBuildEngine10
{
    private readonly List<LoggedEvent> _errors = [];
    private readonly List<LoggedEvent> _warnings = [];
    private readonly List<LoggedEvent> _messages = [];
    private readonly List<string> _cores = [];

    /// <summary>The most cores that are granted to one request.</summary>
    public int FreeCores { get; init; } = 2;

    public IReadOnlyList<LoggedEvent> Errors => Copy(_errors);

    public IReadOnlyList<LoggedEvent> Warnings => Copy(_warnings);

    public IReadOnlyList<LoggedEvent> Messages => Copy(_messages);

    /// <summary>Requests (as granted) and releases in their order: <c>+2</c>, <c>-2</c>.</summary>
    public IReadOnlyList<string> Cores => Copy(_cores);

    public EngineServices EngineServices { get; } = new AllMessages();

    public bool AllowFailureWithoutError { get; set; }

    public bool IsRunningMultipleNodes => false;

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public void LogErrorEvent(BuildErrorEventArgs e) => Add(_errors, new(e.Code, e.File, e.LineNumber, e.ColumnNumber, e.Message ?? "", e.HelpLink));

    public void LogWarningEvent(BuildWarningEventArgs e) => Add(_warnings, new(e.Code, e.File, e.LineNumber, e.ColumnNumber, e.Message ?? "", e.HelpLink));

    public void LogMessageEvent(BuildMessageEventArgs e) => Add(_messages, new(e.Code, e.File, e.LineNumber, e.ColumnNumber, e.Message ?? ""));

    public void LogCustomEvent(CustomBuildEventArgs e) => throw Unexpected();

    public int RequestCores(int requestedCores)
    {
        int granted = Math.Min(requestedCores, FreeCores);
        Add(_cores, $"+{granted}");
        return granted;
    }

    public void ReleaseCores(int coresToRelease) => Add(_cores, $"-{coresToRelease}");

    public bool ShouldTreatWarningAsError(string warningCode) => false;

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => new Dictionary<string, string>();

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
    }

    public void Yield() => throw Unexpected();

    public void Reacquire() => throw Unexpected();

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) => throw Unexpected();

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw Unexpected();

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw Unexpected();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => throw Unexpected();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        throw Unexpected();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) =>
        throw Unexpected();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) =>
        throw Unexpected();

    // The tasks log and ask for cores, and nothing else.
    private static NotSupportedException Unexpected() => new("no task of this package may do that");

    private static void Add<T>(List<T> list, T item)
    {
        lock (list)
        {
            list.Add(item);
        }
    }

    private static T[] Copy<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }

    private sealed class AllMessages : EngineServices
    {
        public override bool IsTaskInputLoggingEnabled => false;

        public override bool LogsMessagesOfImportance(MessageImportance importance) => true;
    }
}
