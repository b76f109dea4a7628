using System.ComponentModel;
using System.Diagnostics;

namespace MiniosBuild.TestUtilities;

/// <summary>Runs a tool of the machine with an argument list, without a shell.</summary>
public static class RealTool
{
    /// <summary>Runs it to its end and returns its standard output.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or its exit code is not 0.</exception>
    public static string Run(string tool, params IEnumerable<string> arguments)
    {
        using StringWriter output = new();
        RunLines(tool, arguments, output.WriteLine);
        return output.ToString();
    }

    /// <summary>The same, handing over each line as it comes, for outputs that are too large to keep.</summary>
    public static void RunLines(string tool, IEnumerable<string> arguments, Action<string> line)
    {
        string[] words = [.. arguments];
        (int exitCode, string errors) = TryRun(tool, words, line);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{tool} {string.Join(' ', words)} ended with {exitCode}: {errors}");
        }
    }

    /// <summary>The same, whatever comes of it: its exit code, and what it wrote to standard error.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static (int ExitCode, string Errors) TryRun(string tool, IEnumerable<string> arguments, Action<string> line)
    {
        ProcessStartInfo start = new(tool)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Start(start);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } text)
        {
            line(text);
        }

        process.WaitForExit();
        return (process.ExitCode, errors.Result);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The test needs {start.FileName}, which cannot be started: {e.Message}", e);
        }
    }
}
