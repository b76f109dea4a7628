namespace MiniosBuild.TestUtilities.Builds;

/// <summary>A project in an empty folder outside the repository, built with the packed package as a user would.</summary>
public sealed class GuestProject : IDisposable
{
    private int _builds;

    /// <param name="name">The project's name; may have blanks and any letters.</param>
    /// <param name="body">What stands in the project besides the SDK, as XML.</param>
    /// <param name="folderName">The folder's own name below a temporary folder.</param>
    public GuestProject(string name = "guest", string body = "", string folderName = "guest")
    {
        Parent = ProjectFolders.Take();
        Folder = Directory.CreateDirectory(Path.Combine(Parent, folderName)).FullName;
        Name = name;
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Repository.PackageFolder}" />
              </packageSources>
            </configuration>
            """);
        SetProject(body);
    }

    public string Parent { get; }

    public string Folder { get; }

    public string Name { get; }

    public string ProjectFile => Path.Combine(Folder, Name + ".miniosproj");

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Whether gcc itself compiles everything: what is kept for longer than a test run, such as a newlib, depends on the compiler's path.</summary>
    public bool CompilesAnew { get; set; }

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>The image of a Debug build.</summary>
    public string Image => PathOf($"bin/Debug/{Name}");

    public void SetProject(string body) => Write(Name + ".miniosproj", $"""
        <Project Sdk="MiniosBuild/{Repository.PackageVersion}">
        {body}
        </Project>
        """);

    /// <summary>Writes a file below the project's folder.</summary>
    public string Write(string relative, string text)
    {
        string path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public BuildOutcome Build(params IEnumerable<string> arguments) => Command("build", arguments);

    /// <summary>Runs a dotnet command that takes MSBuild's options, with a binary log.</summary>
    public BuildOutcome Command(string command, params IEnumerable<string> arguments)
    {
        string log = Path.Combine(Parent, $"build{++_builds}.binlog");
        var result = DotnetCommand.RunProgram("dotnet", Folder, Environment, !CompilesAnew, [command, ProjectFile, "-nr:false", $"-bl:{log};ProjectImports=None", .. arguments]);
        return new BuildOutcome(result.ExitCode, result.Output, log);
    }

    /// <summary><c>dotnet run</c>, with the guest's exit code.</summary>
    public DotnetCommand.Result Run(params IEnumerable<string> arguments) =>
        DotnetCommand.RunProgram("dotnet", Folder, Environment, !CompilesAnew, ["run", "--project", ProjectFile, .. arguments]);

    public void Dispose() => ProjectFolders.Return(Parent);
}
