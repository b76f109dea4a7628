using System.Diagnostics;
using System.Globalization;
using MiniosBuild.Benchmarks.Inputs;

namespace MiniosBuild.Benchmarks.Work;

/// <summary>The same work in a process of its own, to learn how much memory it takes at most.</summary>
internal static class ChildProcess
{
    public const string Argument = "--child";

    private const string PeakField = "VmHWM:";

    /// <summary>What the child does: <c>--child rename|check|nothing OUTPUT ARCHIVE...</c>; writes its peak in KiB.</summary>
    public static void Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        RenameWork rename = new(arguments[1], Environment.ProcessorCount);
        foreach (string archive in arguments[2..])
        {
            if (arguments[0] == "rename")
            {
                rename.Run(archive);
            }
            else if (arguments[0] == "check")
            {
                CheckWork.Run(archive);
            }
        }

        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(PeakField, StringComparison.Ordinal));
        output.WriteLine(line[PeakField.Length..].Trim().Split(' ')[0]);
    }

    /// <summary>Starts the child.</summary>
    /// <returns>The most memory that it had resident, mapped files included, in bytes (VmHWM of /proc/self/status).</returns>
    public static long Peak(string work, string output, BenchmarkInput input)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(ChildProcess).Assembly.Location] : [];
        foreach (string argument in (IEnumerable<string>)[.. program, Argument, work, output, .. input.Archives])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture) * 1024;
    }
}
