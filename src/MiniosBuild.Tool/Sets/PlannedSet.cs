using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Tool.Sets;

/// <summary>A plan and what it was made from.</summary>
/// <param name="Policy">The rules.</param>
/// <param name="Libc">Whose C library it reckons with.</param>
/// <param name="Declarations">What public headers declare; null when there are none to go by.</param>
/// <param name="Census">What the objects define and refer to.</param>
/// <param name="Plan">What happens to each name.</param>
/// <param name="Remarks">What is to be said of common symbols, and of the plan.</param>
internal sealed record PlannedSet(
    NamespacePolicy Policy, LibcMode Libc, PublicDeclarations? Declarations, SymbolCensus Census, NamespacePlan Plan, IReadOnlyList<Diagnostic> Remarks)
{
    /// <summary>Whether something is wrong with the plan, so that it may not be applied.</summary>
    public bool HasErrors => Plan.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
