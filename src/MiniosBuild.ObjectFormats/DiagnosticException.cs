namespace MiniosBuild;

/// <summary>Ends an operation with the coded message to show the user; never a bug in itself.</summary>
public sealed class DiagnosticException(Diagnostic diagnostic, Exception? inner = null)
    : Exception(diagnostic.ToString(), inner)
{
    /// <summary>The message to show.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
