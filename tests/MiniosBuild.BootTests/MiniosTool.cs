using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>The command-line tool, as the unpacked package has it.</summary>
internal static class MiniosTool
{
    public static DotnetCommand.Result Run(string folder, params IEnumerable<string> arguments) => DotnetCommand.Run(
        folder,
        ["exec", Path.Combine(DotnetCommand.PackagesFolder, "miniosbuild", Repository.PackageVersion, "tools", "net10.0", "minios.dll"), .. arguments]);
}
