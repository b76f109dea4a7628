using System.Diagnostics;

namespace MiniosBuild.Benchmarks.Measuring;

/// <summary>Runs tools as make would: one process, its output to a file that keeps nothing.</summary>
internal static class Tool
{
    /// <exception cref="InvalidOperationException">Its exit code is not 0.</exception>
    public static void Run(string tool, params IEnumerable<string> arguments) => Run(tool, arguments, allowed: 0);

    /// <summary>The same for a tool one of whose other exit codes is no failure.</summary>
    public static void Run(string tool, IEnumerable<string> arguments, int allowed)
    {
        // The shell is replaced by the tool (exec): a pipe that we would have to empty costs more than nm itself.
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardError = true };
        foreach (string argument in (IEnumerable<string>)["-c", "exec \"$0\" \"$@\" >/dev/null", tool, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 && process.ExitCode != allowed)
        {
            throw new InvalidOperationException($"{tool} ended with {process.ExitCode}: {errors}");
        }
    }
}
