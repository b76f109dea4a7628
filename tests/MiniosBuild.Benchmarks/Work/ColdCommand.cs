using MiniosBuild.Benchmarks.Measuring;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.Benchmarks.Work;

/// <summary>The dotnet tool as a person runs it: a new process each time.</summary>
/// <param name="assembly">minios.dll</param>
/// <param name="policy">A file with <see cref="BenchmarkPolicy.Text"/>.</param>
internal sealed class ColdCommand(string assembly, string policy)
{
    private const int Findings = 1; // The exit code of a check that found something.

    /// <param name="named">The file that the command line names; null for the one that the repository has built.</param>
    /// <param name="folder">Where the policy's file goes.</param>
    /// <returns>Null when the tool is not built.</returns>
    public static ColdCommand? Find(string? named, string folder)
    {
        string path = named ?? Path.Combine(Repository.Root, "src", "MiniosBuild.Tool", "bin", "Release", "net10.0", "minios.dll");
        if (!File.Exists(path))
        {
            return null;
        }

        string policy = Path.Combine(folder, "benchmark.json");
        File.WriteAllText(policy, BenchmarkPolicy.Text);
        return new ColdCommand(path, policy);
    }

    public void Apply(string archive, string map, string output) => Tool.Run("dotnet", assembly, "apply", "--map", map, archive, "-o", output);

    public void Check(string archive) =>
        Tool.Run("dotnet", [assembly, "check", "--policy", policy, "--libc", "private", $"libc={archive}"], Findings);
}
