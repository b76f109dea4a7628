namespace MiniosBuild;

/// <summary>How serious a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    Message,
    Warning,
    Error,
}

/// <summary>One coded message: what is wrong, where, and what to do.</summary>
/// <param name="Code">A stable code, <c>MINIOSnnnn</c>; docs/diagnostics has a page for each.</param>
/// <param name="Severity">How serious it is before <c>NoWarn</c> and the like are applied.</param>
/// <param name="Message">What, where in the file (member, offset, symbol), expected against found, what to do.</param>
/// <param name="File">The file it is about, as the user named it; null when there is none.</param>
/// <param name="Line">1-based line in <paramref name="File"/>; 0 when unknown.</param>
/// <param name="Column">1-based column in <paramref name="Line"/>; 0 when unknown.</param>
public sealed record Diagnostic(
    string Code,
    DiagnosticSeverity Severity,
    string Message,
    string? File = null,
    int Line = 0,
    int Column = 0)
{
    /// <summary>An error at a file, and a line and column where they are known.</summary>
    public static Diagnostic Error(string code, string message, string? file = null, int line = 0, int column = 0) =>
        new(code, DiagnosticSeverity.Error, message, file, line, column);

    /// <summary>A warning at a file, and a line and column where they are known.</summary>
    public static Diagnostic Warning(string code, string message, string? file = null, int line = 0, int column = 0) =>
        new(code, DiagnosticSeverity.Warning, message, file, line, column);

    /// <summary>The form that compilers use: <c>file(line,column): error CODE: message</c>.</summary>
    public override string ToString()
    {
        string where = File is null ? "" : Line == 0 ? $"{File}: " : Column == 0 ? $"{File}({Line}): " : $"{File}({Line},{Column}): ";
        string severity = Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "message" };
        return $"{where}{severity} {Code}: {Message}";
    }
}

/// <summary>Ends an operation with the coded message to show the user; never a bug in itself.</summary>
public sealed class DiagnosticException(Diagnostic diagnostic, Exception? inner = null)
    : Exception(diagnostic.ToString(), inner)
{
    /// <summary>The message to show.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
