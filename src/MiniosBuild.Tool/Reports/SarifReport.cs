using System.Text.Json;

namespace MiniosBuild.Tool.Reports;

/// <summary>A log in the Static Analysis Results Interchange Format (SARIF) 2.1.0, an OASIS standard.</summary>
internal sealed class SarifReport(Utf8JsonWriter json)
{
    private readonly SortedDictionary<string, int> _rules = new(StringComparer.Ordinal);

    public static void Write(Report report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReport.Options))
        {
            new SarifReport(json).Write(report);
        }

        output.Write("\n"u8);
    }

    private void Write(Report report)
    {
        foreach (ReportedFinding finding in report.Findings)
        {
            _rules.TryAdd(finding.Diagnostic.Code, 0);
        }

        if (report.Failure is { } failed)
        {
            _rules.TryAdd(failed.Code, 0);
        }

        // Results name their rule by its place in the list too (3.27.6).
        int index = 0;
        foreach (string code in _rules.Keys.ToArray())
        {
            _rules[code] = index++;
        }

        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool();
        WriteInvocation(report);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (ReportedFinding finding in report.Findings)
        {
            WriteResult(finding);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "minios");
        json.WriteString("version", typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (string code in _rules.Keys)
        {
            WriteRule(code);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteRule(string code)
    {
        json.WriteStartObject();
        json.WriteString("id", code);
        if (DiagnosticPages.Text(code) is { } page)
        {
            WriteText("shortDescription", DiagnosticPages.Title(page));
            json.WriteStartObject("help");
            json.WriteString("text", page);
            json.WriteString("markdown", page);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteInvocation(Report report)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteBoolean("executionSuccessful", report.Failure is null);
        if (report.Failure is { } failure)
        {
            json.WriteStartArray("toolExecutionNotifications");
            json.WriteStartObject();
            json.WriteString("level", Level(failure.Severity));
            WriteText("message", failure.Message);
            json.WriteStartObject("associatedRule");
            json.WriteString("id", failure.Code);
            json.WriteNumber("index", _rules[failure.Code]);
            json.WriteEndObject();
            WriteLocations(ReportedFinding.Of(failure));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteResult(ReportedFinding reported)
    {
        Diagnostic diagnostic = reported.Diagnostic;
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code);
        json.WriteNumber("ruleIndex", _rules[diagnostic.Code]);
        json.WriteString("level", Level(diagnostic.Severity));
        WriteText("message", diagnostic.Message);
        WriteLocations(reported);
        if (reported.Finding is { } finding)
        {
            // What tells a finding from another also when lines have moved.
            json.WriteStartObject("partialFingerprints");
            json.WriteString("miniosFinding/v1", Policy.Findings.BaselineEntry.Of(finding).ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteLocations(ReportedFinding reported)
    {
        Diagnostic diagnostic = reported.Diagnostic;
        if (diagnostic.File is null)
        {
            return;
        }

        ReportedPlace place = ReportedPlace.Of(diagnostic.File);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Address(place.File));
        json.WriteEndObject();
        if (diagnostic.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", diagnostic.Line);
            if (diagnostic.Column > 0)
            {
                json.WriteNumber("startColumn", diagnostic.Column);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (reported.Finding is { Symbol: { } symbol } finding)
        {
            string kind = finding.Kind switch
            {
                "function" or "ifunc" => "function",
                "typedef" or "tag" => "type",
                null => "member",
                _ => "variable",
            };
            WriteLogicalLocation(symbol, $"{finding.Place}:{symbol}", kind);
        }
        else if ((reported.Finding?.Member ?? place.Member) is { } member)
        {
            WriteLogicalLocation(member, reported.Finding?.Place ?? diagnostic.File, "module");
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteLogicalLocation(string name, string qualified, string kind)
    {
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("fullyQualifiedName", qualified);
        json.WriteString("kind", kind);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteText(string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };

    /// <summary>A path as a URI: relative ones stay so, for the reader to resolve against the root of the sources (3.4.3).</summary>
    private static string Address(string path) =>
        (Path.IsPathRooted(path) ? "file://" : "") + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
