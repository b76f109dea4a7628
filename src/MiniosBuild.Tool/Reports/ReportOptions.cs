using System.CommandLine;

namespace MiniosBuild.Tool.Reports;

/// <summary>The options that choose how a report is written.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string> _format = new("--format")
    {
        Description = "text: lines for people. json: one object. sarif: a SARIF 2.1.0 log for code scanning.",
        HelpName = "text|json|sarif",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show what is no more than a message, too." };

    public ReportOptions(Command command)
    {
        _format.AcceptOnlyFromAmong("text", "json", "sarif");
        command.Add(_format);
        command.Add(_verbose);
    }

    public void Write(Report report, ParseResult parsed)
    {
        ReportFormat format = Enum.Parse<ReportFormat>(parsed.GetRequiredValue(_format), ignoreCase: true);
        if (format == ReportFormat.Text)
        {
            new TextReport(parsed.GetValue(_verbose)).Write(report);
            return;
        }

        using (var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16))
        {
            if (format == ReportFormat.Json)
            {
                JsonReport.Write(report, output);
            }
            else
            {
                SarifReport.Write(report, output);
            }
        }

        if (report.Failure is { } failure)
        {
            Console.Error.WriteLine(failure);
        }
    }
}
