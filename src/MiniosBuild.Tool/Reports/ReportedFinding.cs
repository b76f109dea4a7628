using MiniosBuild.Namespaces;

namespace MiniosBuild.Tool.Reports;

/// <summary>A finding of a check, or another diagnostic, as reports show it.</summary>
/// <param name="Diagnostic">Its text and place.</param>
/// <param name="Finding">Its parts, when a check made it.</param>
internal readonly record struct ReportedFinding(Diagnostic Diagnostic, Finding? Finding = null)
{
    public static ReportedFinding Of(Finding finding) => new(finding.ToDiagnostic(), finding);

    public static ReportedFinding Of(Diagnostic diagnostic) => new(diagnostic);
}
