using System.Diagnostics;
using System.Text;

namespace MiniosBuild.TestUtilities.Builds;

/// <summary>Runs the real <c>dotnet</c> with a package folder of the tests' own.</summary>
public static class DotnetCommand
{
    /// <summary>Where packages are unpacked: empty at the start of a test run, so that no older copy is used.</summary>
    public static string PackagesFolder { get; } = NewPackagesFolder();

    /// <summary>What a finished command left: exit code and standard output and error, interleaved.</summary>
    public sealed record Result(int ExitCode, string Output);

    public static Result Run(string folder, params IEnumerable<string> arguments) =>
        Run(folder, new Dictionary<string, string>(), arguments);

    public static Result Run(string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        RunProgram("dotnet", folder, environment, arguments);

    /// <summary>Runs any program in a folder, without a shell.</summary>
    public static Result RunProgram(string program, string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        RunProgram(program, folder, environment, cacheCompiler: false, arguments);

    /// <summary>The same, with or without <see cref="CompilerCache"/>.</summary>
    internal static Result RunProgram(string program, string folder, IReadOnlyDictionary<string, string> environment, bool cacheCompiler, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["NUGET_PACKAGES"] = PackagesFolder;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // What `dotnet test` sets for its own child processes must not reach the builds under test.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.Ordinal) && k != "MSBUILDDISABLENODEREUSE").ToList())
        {
            start.Environment.Remove(name);
        }

        if (cacheCompiler)
        {
            CompilerCache.AddTo(start.Environment);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        lock (output)
        {
            return new Result(process.ExitCode, output.ToString());
        }

        void Add(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    private static string NewPackagesFolder()
    {
        string folder = Directory.CreateTempSubdirectory("minios-packages-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
