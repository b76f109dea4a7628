using System.Text;

namespace MiniosBuild.Tool.Reports;

/// <summary>Lines for people: the result to standard output, all else to standard error.</summary>
internal static class TextReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="isVerbose">Whether findings of level message are shown too.</param>
    public static void Write(Report report, Stream output, bool isVerbose)
    {
        using (var lines = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true))
        {
            TextWriter findings = report.FindingsAreTheResult ? lines : Console.Error;
            foreach (ReportedFinding finding in report.Findings)
            {
                if (isVerbose || finding.Diagnostic.Severity != DiagnosticSeverity.Message)
                {
                    findings.WriteLine(finding.Diagnostic.ToString());
                }
            }

            foreach (string line in report.Lines)
            {
                lines.WriteLine(line);
            }
        }

        output.Write(report.Bytes.Span);
        output.Flush();
        if (report.Failure is null && report.Summary.Length > 0)
        {
            Console.Error.WriteLine($"minios {report.Command}: {report.Summary}");
        }
    }
}
