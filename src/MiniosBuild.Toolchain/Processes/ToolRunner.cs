using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MiniosBuild.Toolchain.Processes;

/// <summary>
/// Starts tools and waits for them. Safe to use from several threads at once; a cancelled run ends the whole process
/// tree that it started.
/// </summary>
/// <param name="environment">The variables that tools get; null for those of this process.</param>
public sealed class ToolRunner(IReadOnlyDictionary<string, string>? environment = null)
{
    // Linux passes at most 128 KiB in one argument and about 2 MiB in all; stay far below.
    private const int LongestArgumentList = 96 * 1024;

    // Variables that change what gcc and ld do behind the back of the command line (GCC manual, "Environment Variables"):
    // a build that depended on them could not tell when it is out of date.
    private static readonly string[] s_hiddenInputs =
    [
        "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "OBJC_INCLUDE_PATH", "GCC_EXEC_PREFIX", "COMPILER_PATH", "LIBRARY_PATH", "DEPENDENCIES_OUTPUT",
        "SUNPRO_DEPENDENCIES", "SOURCE_DATE_EPOCH", "LDEMULATION", "LD_RUN_PATH",
    ];

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    /// <exception cref="DiagnosticException">MINIOS1002: the program cannot be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program and its children are gone.</exception>
    public ToolResult Run(ToolCommand command, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        string? responseFile = null;
        try
        {
            var arguments = command.Arguments;
            if (arguments.Sum(a => a.Length + 1) > LongestArgumentList)
            {
                responseFile = Path.GetTempFileName();
                File.WriteAllText(responseFile, ResponseFileText(arguments));
                arguments = ["@" + responseFile];
            }

            return Run(StartInfo(command, arguments), cancellation);
        }
        finally
        {
            if (responseFile is not null)
            {
                File.Delete(responseFile);
            }
        }
    }

    /// <summary>Arguments as gcc, ld, ar and objcopy read them from <c>@file</c> (binutils, "Common options").</summary>
    public static string ResponseFileText(IEnumerable<string> arguments)
    {
        var text = new StringBuilder();
        foreach (string argument in arguments)
        {
            text.Append('"').Append(argument.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append("\"\n");
        }

        return text.ToString();
    }

    private ProcessStartInfo StartInfo(ToolCommand command, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command.Program, arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        }

        foreach (string name in s_hiddenInputs)
        {
            start.Environment.Remove(name);
        }

        // Messages are parsed, so they must come in one language; UTF-8 keeps file names readable in them.
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static ToolResult Run(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new DiagnosticException(
                Diagnostic.Error(ToolchainCodes.CannotStart, $"cannot start {start.FileName}: {e.Message}", start.FileName), e);
        }

        using var registration = cancellation.Register(() => End(process));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        process.WaitForExit();

        // A child that the program left behind may keep its pipes open for as long as it lives.
        Task.WaitAll([output, errors], cancellation);
        var result = new ToolResult(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}

/// <summary>A program to start: never through a shell, its arguments a list.</summary>
/// <param name="Program">Absolute path of the executable.</param>
/// <param name="Arguments">One entry an argument, unquoted.</param>
/// <param name="WorkingDirectory">Absolute path of the folder it runs in.</param>
public sealed record ToolCommand(string Program, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Form for logs: arguments with blanks or quotes are quoted.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(Quote));

    private static string Quote(string argument) =>
        argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '"', '\'', '\\', '$', '`', '*', '?', '(', ')', '<', '>', '|', '&', ';']) < 0
            ? argument
            : "'" + argument.Replace("'", "'\\''") + "'";
}

/// <summary>What a finished program left: its exit code and all that it printed.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The same with another name for a file in the errors: that of the output, not of the draft that the program was told to write.</summary>
    public ToolResult WithFile(string told, string name) => this with { Errors = Errors.Replace(told, name, StringComparison.Ordinal) };
}
