using System.CommandLine;
using MiniosBuild.Tool.Reports;

namespace MiniosBuild.Tool.Commands;

/// <summary>A command over objects and archives: does its work, reports, and ends with the exit codes that all of them share.</summary>
internal abstract class ReportingCommand : Command, IDocumentsExitCodes
{
    private readonly ReportOptions _report;

    protected ReportingCommand(string name, string description)
        : base(name, description)
    {
        _report = new ReportOptions(this);
        SetAction(Execute);
    }

    public virtual IReadOnlyList<(string Code, string Meaning)> ExitCodes =>
    [
        ($"{ExitCode.Success}", "done; nothing of level error was found"),
        ($"{ExitCode.Found}", "findings of level error"),
        ($"{ExitCode.Failed}", "not done: wrong command line, unreadable input, a file that cannot be written, a tool that failed"),
        ($"{ExitCode.Interrupted}", "interrupted"),
    ];

    /// <summary>The work. Throws <see cref="DiagnosticException"/> for what keeps it from being done.</summary>
    protected abstract Report Run(ParseResult parsed, CancellationToken cancellation);

    private int Execute(ParseResult parsed)
    {
        using var interruption = new Interruption();
        Report report;
        try
        {
            report = Run(parsed, interruption.Token);
            interruption.Token.ThrowIfCancellationRequested();
        }
        catch (DiagnosticException e)
        {
            report = new Report(Name) { Failure = e.Diagnostic };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report = new Report(Name) { Failure = Diagnostic.Error(ToolchainCodes.FileAccess, e.Message) };
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }

        try
        {
            _report.Write(report, parsed);
            return report.ExitCode;
        }
        catch (IOException e)
        {
            // The disk behind standard output is full, most likely.
            Console.Error.WriteLine(Diagnostic.Error(ToolchainCodes.FileAccess, e.Message));
            return ExitCode.Failed;
        }
    }
}
