namespace MiniosBuild.Toolchain.Compilation;

/// <summary>What happened to one unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Reason">Why it was compiled; null when it was up to date and nothing was started.</param>
/// <param name="CommandLine">The command for the log; null when nothing was started.</param>
/// <param name="Succeeded">False when there is no current object.</param>
/// <param name="Diagnostics">What the compiler said, parsed.</param>
/// <param name="Inputs">Absolute paths of all files that were read; empty when nothing was started, or it failed.</param>
public sealed record CompileResult(
    CompileUnit Unit, string? Reason, string? CommandLine, bool Succeeded, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> Inputs);
