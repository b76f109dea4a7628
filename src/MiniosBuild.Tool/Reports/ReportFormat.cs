namespace MiniosBuild.Tool.Reports;

/// <summary>How a report is written. A new format is a line here, and a class that writes it.</summary>
/// <param name="Word">For <c>--format</c>.</param>
/// <param name="Description">What it is, for the help.</param>
/// <param name="Write">Writes a report to standard output; the last argument says whether findings of level message are asked for.</param>
internal sealed record ReportFormat(string Word, string Description, Action<Report, Stream, bool> Write)
{
    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new("text", "lines for people", TextReport.Write),
        new("json", "one object", (report, output, _) => JsonReport.Write(report, output)),
        new("sarif", "a SARIF 2.1.0 log for code scanning", (report, output, _) => SarifReport.Write(report, output)),
    ];
}
