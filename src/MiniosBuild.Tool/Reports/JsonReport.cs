using System.Text.Encodings.Web;
using System.Text.Json;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Tool.Reports;

/// <summary>One JSON object; docs/minios.md describes its properties.</summary>
internal static class JsonReport
{
    private const int Version = 1;

    /// <summary>Names of people's files are to be read by people; nothing here goes into a web page.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Report report, Stream output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("command", report.Command);
        json.WriteNumber("exitCode", report.ExitCode);
        if (report.Failure is { } failure)
        {
            json.WritePropertyName("failure");
            Write(json, ReportedFinding.Of(failure));
        }

        json.WriteStartObject("counts");
        json.WriteNumber("error", report.Count(DiagnosticSeverity.Error));
        json.WriteNumber("warning", report.Count(DiagnosticSeverity.Warning));
        json.WriteNumber("message", report.Count(DiagnosticSeverity.Message));
        json.WriteEndObject();
        report.WriteProperties(json);
        json.WriteStartArray("findings");
        foreach (ReportedFinding finding in report.Findings)
        {
            Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>The word for a severity in text and JSON.</summary>
    private static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "message",
    };

    private static void Write(Utf8JsonWriter json, ReportedFinding reported)
    {
        Diagnostic diagnostic = reported.Diagnostic;
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", Word(diagnostic.Severity));
        ReportedPlace? place = diagnostic.File is null ? null : ReportedPlace.Of(diagnostic.File);
        WriteIfThere(json, "file", place?.File);
        if (diagnostic.Line > 0)
        {
            json.WriteNumber("line", diagnostic.Line);
        }

        if (diagnostic.Column > 0)
        {
            json.WriteNumber("column", diagnostic.Column);
        }

        if (reported.Finding is { } finding)
        {
            json.WriteString("library", finding.Library);
            json.WriteString("object", finding.File);
            WriteIfThere(json, "member", finding.Member);
            WriteIfThere(json, "symbol", finding.Symbol);
            WriteIfThere(json, "kind", finding.Kind);
            json.WriteString("baseline", BaselineEntry.Of(finding).ToString());
        }
        else
        {
            WriteIfThere(json, "member", place?.Member);
        }

        json.WriteString("message", diagnostic.Message);
        json.WriteEndObject();
    }

    /// <summary>Writes a property, unless its value is not known.</summary>
    public static void WriteIfThere(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
