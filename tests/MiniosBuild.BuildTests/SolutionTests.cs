using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>Several projects in one build, on several nodes or threads.</summary>
[Trait("Length", "long")]
public sealed class SolutionTests : IDisposable
{
    private readonly GuestProject _first = new("first", folderName: "first");

    public void Dispose() => _first.Dispose();

    [Theory]
    [InlineData("-m:1")]
    [InlineData("-m:2")]
    [InlineData("-mt")]
    public void ASolutionBuildsItsGuests(string parallelism)
    {
        _first.Write("main.c", Guests.Hello);
        string second = Path.Combine(_first.Parent, "second");
        Directory.CreateDirectory(second);
        File.Copy(_first.ProjectFile, Path.Combine(second, "second.miniosproj"));
        File.Copy(_first.PathOf("nuget.config"), Path.Combine(_first.Parent, "nuget.config"));
        File.WriteAllText(Path.Combine(second, "main.c"), Guests.Hello);
        foreach (string[] command in new string[][] { ["new", "sln", "-n", "all"], ["sln", "add", "first/first.miniosproj", "second/second.miniosproj"] })
        {
            var made = DotnetCommand.Run(_first.Parent, command);
            Assert.True(made.ExitCode == 0, made.Output);
        }

        string solution = Assert.Single(Directory.GetFiles(_first.Parent, "all.sln*"));
        var build = DotnetCommand.Run(_first.Parent, "build", solution, "-nr:false", parallelism);

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(File.ReadAllBytes(_first.Image), File.ReadAllBytes(Path.Combine(second, "bin", "Debug", "second")));
    }
}
