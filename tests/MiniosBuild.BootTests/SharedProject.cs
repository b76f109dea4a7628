using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>One project for the guests of a class: each takes the place of the one before it, so that only what is its own is compiled.</summary>
public sealed class SharedProject : IDisposable
{
    private readonly GuestProject _project = new() { CompilesAnew = true };

    /// <summary>The project of a guest.</summary>
    /// <param name="body">What stands in it besides the SDK, as XML.</param>
    /// <param name="source">The text of its one source file.</param>
    internal GuestProject Of(string body, string source)
    {
        _project.SetProject(body);
        _project.Write("main.c", source);
        return _project;
    }

    public void Dispose() => _project.Dispose();
}
