using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Tool.Reports;

/// <summary>A finding of a check, or another diagnostic, as reports show it.</summary>
/// <param name="Diagnostic">Its text and place.</param>
/// <param name="Finding">Its parts, when a check made it.</param>
internal readonly record struct ReportedFinding(Diagnostic Diagnostic, Finding? Finding = null)
{
    public static ReportedFinding Of(Finding finding)
    {
        Diagnostic diagnostic = finding.ToDiagnostic();
        return new(finding.Position is { } position ? diagnostic with { File = ReportedPlace.Plain(position.File) } : diagnostic, finding);
    }

    public static ReportedFinding Of(Diagnostic diagnostic) => new(diagnostic);
}
