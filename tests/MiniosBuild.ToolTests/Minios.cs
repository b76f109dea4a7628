using System.Diagnostics;
using System.Text.Json;

namespace MiniosBuild.ToolTests;

/// <summary>The command as a process of its own.</summary>
internal static class Minios
{
    /// <summary>What a finished command left.</summary>
    public sealed record Result(int Code, string Output, string Errors)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The output as JSON.</summary>
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        /// <summary>Fails with all that the command said unless it ended with this code.</summary>
        public Result MustEndWith(int code)
        {
            Assert.True(Code == code, $"expected exit code {code}, found {Code}:\n{Output}\n{Errors}");
            return this;
        }
    }

    public static Result Run(string folder, params IEnumerable<string> arguments) => Finish(Start(folder, arguments));

    public static Process Start(string folder, params IEnumerable<string> arguments)
    {
        // Tests that a script has started in the background ignore the interrupt, and so would what they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "minios.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static Result Finish(Process process)
    {
        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Result(process.ExitCode, output, errors.Result);
        }
    }
}
