using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>
/// A project's folder with a blank and a letter outside ASCII in its name, which is never the current directory. Tasks get it
/// through their environment, as they do in multithreaded MSBuild.
/// </summary>
internal sealed class TaskProject : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    public TaskProject(string name = "a gäst")
    {
        Folder = Directory.CreateDirectory(_parent.File(name)).FullName;
        Assert.NotEqual(Folder, Directory.GetCurrentDirectory());
    }

    public string Folder { get; }

    /// <summary>What the tools and lookups of a task see besides this process's own variables.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    public string RelativePath(string path) => Path.GetRelativePath(Folder, path);

    public string Write(string relative, string text)
    {
        string path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a script that a task may start as a tool.</summary>
    public string WriteProgram(string relative, string body)
    {
        string path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return ProgramFile.Write(path, "#!/bin/sh\n" + body);
    }

    /// <summary>Files, anywhere in the project, that are of use only to who writes others.</summary>
    public IEnumerable<string> Leftovers() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(f =>
        Path.GetExtension(f) is ".tmp" or ".list" or ".d" or ".joined" || (Path.GetExtension(f) is { Length: 9 } mark && mark[1..].All(char.IsAsciiHexDigitLower)));

    /// <summary>Gives the task its engine and its environment.</summary>
    public RecordingEngine Prepare(MiniosTask task, int freeCores = 2)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(v => (string)v.Key, v => (string)v.Value!);
        foreach (var (name, value) in Variables)
        {
            variables[name] = value;
        }

        var engine = new RecordingEngine { FreeCores = freeCores };
        task.BuildEngine = engine;
        task.TaskEnvironment = TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(Folder, variables);
        return engine;
    }

    /// <summary>Runs a task that must succeed and log no error.</summary>
    public RecordingEngine Succeed(MiniosTask task, int freeCores = 2)
    {
        var engine = Prepare(task, freeCores);
        bool succeeded = task.Execute();
        Assert.Empty(engine.Errors);
        Assert.True(succeeded);
        return engine;
    }

    /// <summary>Runs a task that must fail, every error with a code and that code's page.</summary>
    public RecordingEngine Fail(MiniosTask task)
    {
        var engine = Prepare(task);
        Assert.False(task.Execute());
        Assert.NotEmpty(engine.Errors);
        Assert.All(engine.Errors, error =>
        {
            Assert.Matches("^MINIOS[0-9]{4}$", error.Code);
            Assert.StartsWith("file:///", error.HelpLink);
            Assert.EndsWith($"/docs/diagnostics/{error.Code}.md", error.HelpLink);
        });
        return engine;
    }

    /// <summary>Runs a task that must fail with one error.</summary>
    public LoggedEvent FailOnce(MiniosTask task) => Assert.Single(Fail(task).Errors);

    public static ITaskItem Item(string path, params (string Name, string Value)[] metadata) =>
        new TaskItem(path, metadata.ToDictionary(m => m.Name, m => m.Value));

    public void Dispose() => _parent.Dispose();
}
