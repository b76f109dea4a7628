using System.CommandLine;

namespace MiniosBuild.Tool.Reports;

/// <summary>The options that choose how a report is written.</summary>
internal sealed class ReportOptions
{
    private static readonly string[] s_words = [.. ReportFormat.All.Select(format => format.Word)];

    private readonly Option<string> _format = new("--format")
    {
        Description = string.Join(' ', ReportFormat.All.Select(format => $"{format.Word}: {format.Description}.")),
        HelpName = string.Join('|', s_words),
        DefaultValueFactory = _ => s_words[0],
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show what is no more than a message, too." };

    public ReportOptions(Command command)
    {
        _format.AcceptOnlyFromAmong(s_words);
        command.Add(_format);
        command.Add(_verbose);
    }

    public void Write(Report report, ParseResult parsed)
    {
        string word = parsed.GetRequiredValue(_format);
        using (var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16))
        {
            ReportFormat.All.First(format => format.Word == word).Write(report, output, parsed.GetValue(_verbose));
        }

        if (report.Failure is { } failure)
        {
            Console.Error.WriteLine(failure);
        }
    }
}
