using System.Runtime.InteropServices;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.ToolTests;

/// <summary>The packed command, installed as a user installs it.</summary>
public sealed class InstallTests
{
    [Fact]
    public void The_command_installs_from_the_package_folder_and_checks_an_archive()
    {
        using var library = new SmallLibrary();
        library.WithParts().WritePolicy();
        library.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Repository.PackageFolder}" />
              </packageSources>
            </configuration>
            """);
        string tools = Path.Combine(library.Folder, "tools");
        var environment = new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = Path.Combine(library.Folder, "home") };

        var installed = DotnetCommand.Run(
            library.Folder, environment, "tool", "install", "MiniosBuild.Tool", "--tool-path", tools, "--version", Repository.PackageVersion);
        Assert.True(installed.ExitCode == 0, installed.Output);

        environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        var result = DotnetCommand.RunProgram(Path.Combine(tools, "minios"), library.Folder, environment, "check", "--policy", "policy.json", "libparts.a");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("function \"frob\"", result.Output);
        Assert.NotEmpty(Directory.GetFiles(tools, "minios.dll", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_usual_machine_gets_machine_code_and_the_others_their_own_package() => Assert.Equal(
        [$"MiniosBuild.Tool.{Repository.PackageVersion}.nupkg", $"MiniosBuild.Tool.any.{Repository.PackageVersion}.nupkg", $"MiniosBuild.Tool.linux-x64.{Repository.PackageVersion}.nupkg"],
        Directory.GetFiles(Repository.PackageFolder, $"MiniosBuild.Tool.*{Repository.PackageVersion}.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
