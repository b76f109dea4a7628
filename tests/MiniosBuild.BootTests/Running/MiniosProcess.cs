using System.Diagnostics;

namespace MiniosBuild.BootTests.Running;

/// <summary>The minios command as a process of its own.</summary>
internal static class MiniosProcess
{
    // The machine of the tests may be slow and busy: this only ends what hangs.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(12);

    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        // Tests that a script has started in the background ignore the interrupt, and so would what they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "minios.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        _ = Task.Delay(s_longEnough).ContinueWith(_ => End(process), TaskScheduler.Default);
        return process;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Its end was seen long ago.
        }
    }

    /// <summary>Waits for its end, and gives all that it printed.</summary>
    public static (int Code, string Output, string Errors) Finish(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
    }
}
