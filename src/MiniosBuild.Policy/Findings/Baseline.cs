using System.Text;
using MiniosBuild.ObjectFormats.Dwarf;

namespace MiniosBuild.Policy.Findings;

/// <summary>
/// Findings that are known and accepted, for a set that cannot be clean yet: a text file with one finding a line, sorted, checked
/// in beside the sources.
/// </summary>
public sealed class Baseline
{
    private const string Heading = "# Findings that are known and accepted: CODE LIBRARY MEMBER SYMBOL, - for none.\n";

    private readonly Dictionary<BaselineEntry, int> _lines;

    private Baseline(string path, Dictionary<BaselineEntry, int> lines)
    {
        Path = path;
        _lines = lines;
    }

    /// <summary>What diagnostics call the file.</summary>
    public string Path { get; }

    /// <summary>How many findings it accepts.</summary>
    public int Count => _lines.Count;

    /// <summary>Reads a baseline file; lines that are blank or start with <c>#</c> say nothing.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">What diagnostics call the file.</param>
    /// <exception cref="DiagnosticException">MINIOS1441, with the line: not an entry, given twice, or of a code that cannot be accepted.</exception>
    public static Baseline Parse(string text, string path)
    {
        var lines = new Dictionary<BaselineEntry, int>();
        int number = 0;
        foreach (string untrimmed in text.Split('\n'))
        {
            number++;
            string line = untrimmed.Trim(' ', '\t', '\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (BaselineEntry.Read(line) is not { } entry)
            {
                throw Wrong(path, number, "expected \"CODE LIBRARY MEMBER SYMBOL\", with - for none and %20 for a blank in a name.");
            }

            if (!IsAcceptable(entry.Code))
            {
                throw Wrong(path, number, FindingLevels.WhyFixed(entry.Code) ?? $"{entry.Code} is about baselines themselves; remove the line.");
            }

            if (!lines.TryAdd(entry, number))
            {
                throw Wrong(path, number, $"the same entry is in line {lines[entry]}; remove one of the two.");
            }
        }

        return new Baseline(path, lines);
    }

    /// <summary>The text of a baseline that accepts these findings: warnings and errors, but no damage.</summary>
    public static string Write(IEnumerable<Finding> findings)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Finding finding in findings)
        {
            if (finding.Severity != DiagnosticSeverity.Message && IsAcceptable(finding.Code))
            {
                lines.Add(BaselineEntry.Of(finding).ToString());
            }
        }

        var text = new StringBuilder(Heading);
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Parts findings into those that are accepted and those that are not.</summary>
    /// <param name="findings">What a check found.</param>
    /// <param name="levels">The levels that the check went by: how serious entries are that accept nothing (MINIOS1440), and which codes were left out.</param>
    public BaselineResult Apply(IEnumerable<Finding> findings, FindingLevels? levels = null)
    {
        var remaining = new List<Finding>();
        var used = new HashSet<BaselineEntry>();
        int accepted = 0;
        foreach (Finding finding in findings)
        {
            BaselineEntry entry = BaselineEntry.Of(finding);
            if (_lines.ContainsKey(entry))
            {
                used.Add(entry);
                accepted++;
            }
            else
            {
                remaining.Add(finding);
            }
        }

        var stale = new List<Finding>();
        levels ??= FindingLevels.Default;
        if (levels.SeverityOf(FindingCodes.StaleBaseline) is { } severity)
        {
            // Findings of a code that is silenced are left out, not gone.
            foreach ((BaselineEntry entry, int line) in _lines
                .Where(pair => !used.Contains(pair.Key) && levels.SeverityOf(pair.Key.Code) is not null).OrderBy(pair => pair.Value))
            {
                stale.Add(new Finding(
                    FindingCodes.StaleBaseline, severity, entry.Library, Path, entry.Member, entry.Symbol,
                    $"\"{entry}\" accepts nothing: the finding is gone. Remove the line, or update the baseline.",
                    new SourcePosition(Path, line, 1)));
            }
        }

        return new BaselineResult(remaining, stale, accepted);
    }

    private static bool IsAcceptable(string code) => code != FindingCodes.StaleBaseline && FindingCodes.Levelled.ContainsKey(code);

    private static DiagnosticException Wrong(string path, int line, string message) =>
        new(Diagnostic.Error(PolicyCodes.WrongBaseline, message, path, line));
}

/// <summary>What a baseline leaves of a check's findings.</summary>
/// <param name="Remaining">Those that it does not accept, in their order.</param>
/// <param name="Stale">A finding (MINIOS1440) at each of its lines that accepts nothing, in the order of the lines.</param>
/// <param name="Accepted">How many findings it accepts.</param>
public sealed record BaselineResult(IReadOnlyList<Finding> Remaining, IReadOnlyList<Finding> Stale, int Accepted);
