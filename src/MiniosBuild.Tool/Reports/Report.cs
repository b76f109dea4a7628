using System.Text.Json;

namespace MiniosBuild.Tool.Reports;

/// <summary>What a command has to say, in whatever format it is asked for.</summary>
/// <param name="command">The command's name.</param>
internal sealed class Report(string command)
{
    public string Command { get; } = command;

    /// <summary>What was found, in order.</summary>
    public IReadOnlyList<ReportedFinding> Findings { get; init; } = [];

    /// <summary>Whether the findings are what the command was asked for; else they are remarks on its way to the result.</summary>
    public bool FindingsAreTheResult { get; init; }

    /// <summary>The result as text, a line each.</summary>
    public IEnumerable<string> Lines { get; init; } = [];

    /// <summary>The result as bytes that are no text of ours, for standard output: a difference of files in any encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>One line about all of it, for people.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Writes the result as properties of the JSON report's object.</summary>
    public Action<Utf8JsonWriter> WriteProperties { get; init; } = _ => { };

    /// <summary>Why the command could not do its work; null when it did.</summary>
    public Diagnostic? Failure { get; init; }

    /// <summary>Whether there is something left to do, though nothing of level error was found.</summary>
    public bool IsUnfinished { get; init; }

    public int ExitCode => Failure is not null ? Tool.ExitCode.Failed
        : Count(DiagnosticSeverity.Error) > 0 || IsUnfinished ? Tool.ExitCode.Found
        : Tool.ExitCode.Success;

    public int Count(DiagnosticSeverity severity) => Findings.Count(finding => finding.Diagnostic.Severity == severity);
}
