namespace MiniosBuild.TaskTests;

/// <summary>A set that was built once, for tests that damage what is there and build again.</summary>
public sealed class BuiltSet : IDisposable
{
    public BuiltSet()
    {
        Clean = Run();
        Set.Tools.TakeStarted();
    }

    /// <summary>The files of the clean build, their paths and digests.</summary>
    public IReadOnlyList<string> Clean { get; }

    internal SmallSet Set { get; } = new();

    /// <summary>Runs every task and gives the files that are there after it, the records left out.</summary>
    public IReadOnlyList<string> Run()
    {
        Set.Linkable();
        Set.Project.Succeed(Set.Validate());
        Set.Project.Succeed(Set.Link());
        return [.. Set.Snapshot("obj", withTimes: false).Concat(Set.Snapshot("bin", withTimes: false)).Where(f => !f.Contains(".step ", StringComparison.Ordinal))];
    }

    public void Dispose() => Set.Dispose();
}
