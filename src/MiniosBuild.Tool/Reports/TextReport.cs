using System.Text;

namespace MiniosBuild.Tool.Reports;

/// <summary>Lines for people: the result to standard output, all else to standard error.</summary>
/// <param name="verbose">Whether findings of level message are shown too.</param>
internal sealed class TextReport(bool verbose)
{
    public void Write(Report report)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16);
        TextWriter findings = report.FindingsAreTheResult ? output : Console.Error;
        foreach (ReportedFinding finding in report.Findings)
        {
            if (verbose || finding.Diagnostic.Severity != DiagnosticSeverity.Message)
            {
                findings.WriteLine(finding.Diagnostic.ToString());
            }
        }

        foreach (string line in report.Lines)
        {
            output.WriteLine(line);
        }

        output.Flush();
        output.BaseStream.Write(report.Bytes.Span);
        if (report.Failure is { } failure)
        {
            Console.Error.WriteLine(failure);
        }
        else if (report.Summary.Length > 0)
        {
            Console.Error.WriteLine($"minios {report.Command}: {report.Summary}");
        }
    }
}
