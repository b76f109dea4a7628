using MiniosBuild.Policy.Names;

namespace MiniosBuild.Policy.Findings;

/// <summary>Levels that differ from the default: those of a policy, or those that its user puts over them.</summary>
public sealed class FindingLevels
{
    private readonly SortedDictionary<string, FindingLevel> _levels;

    internal FindingLevels(SortedDictionary<string, FindingLevel> levels) => _levels = levels;

    /// <summary>Every code at its default.</summary>
    public static FindingLevels Default { get; } = new(new SortedDictionary<string, FindingLevel>(StringComparer.Ordinal));

    /// <summary>The codes that have a level of their own, sorted.</summary>
    public IReadOnlyDictionary<string, FindingLevel> Entries => _levels;

    /// <summary>Reads <c>MINIOS1421=none;MINIOS1410=warning</c>; semicolons, commas, blanks and line ends part the entries, and the last entry of a code holds.</summary>
    /// <exception cref="DiagnosticException">MINIOS1442: an entry that is none, an unknown level, or a code that has no level.</exception>
    public static FindingLevels Parse(string text)
    {
        var levels = new SortedDictionary<string, FindingLevel>(StringComparer.Ordinal);
        foreach (string entry in Words(text))
        {
            int equals = entry.IndexOf('=');
            if (equals < 0 || LevelOf(entry[(equals + 1)..]) is not { } level)
            {
                throw Wrong($"\"{entry}\" sets no level; expected CODE=none, CODE=message, CODE=warning or CODE=error.");
            }

            string code = entry[..equals];
            levels[code] = WhyFixed(code) is { } reason ? throw Wrong(reason) : level;
        }

        return new FindingLevels(levels);
    }

    /// <summary>Leaves out the codes of a <c>NoWarn</c> list, which also holds the codes of others; those are passed over.</summary>
    public static FindingLevels Silencing(string noWarn)
    {
        var levels = new SortedDictionary<string, FindingLevel>(StringComparer.Ordinal);
        foreach (string code in Words(noWarn))
        {
            if (FindingCodes.Levelled.ContainsKey(code))
            {
                levels[code] = FindingLevel.None;
            }
        }

        return new FindingLevels(levels);
    }

    /// <summary>Why codes of a <c>NoWarn</c> list leave out nothing, though they are ours or look like it: misspelt ones, and those that have no level.</summary>
    public static IEnumerable<string> WithoutEffect(string noWarn) => Words(noWarn).Distinct(StringComparer.Ordinal)
        .Where(code => code.StartsWith("MINIOS", StringComparison.OrdinalIgnoreCase) || NearestName.Find(code, FindingCodes.Levelled.Keys) is not null)
        .Select(WhyFixed)
        .OfType<string>();

    /// <summary>These levels, and over them those of another.</summary>
    public FindingLevels With(FindingLevels overrides)
    {
        var levels = new SortedDictionary<string, FindingLevel>(_levels, StringComparer.Ordinal);
        foreach ((string code, FindingLevel level) in overrides._levels)
        {
            levels[code] = level;
        }

        return new FindingLevels(levels);
    }

    /// <summary>How serious findings of the code are; null when they are left out. Damage is always an error.</summary>
    public DiagnosticSeverity? SeverityOf(string code) => _levels.TryGetValue(code, out FindingLevel level)
        ? level switch
        {
            FindingLevel.None => null,
            FindingLevel.Message => DiagnosticSeverity.Message,
            FindingLevel.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Error,
        }
        : FindingCodes.Levelled.GetValueOrDefault(code, DiagnosticSeverity.Error);

    /// <summary>The level that a word names; null when it names none.</summary>
    internal static FindingLevel? LevelOf(string word) => EnumWords<FindingLevel>.Find(word);

    /// <summary>Why a code has no level; null when it has one.</summary>
    internal static string? WhyFixed(string code) =>
        FindingCodes.Levelled.ContainsKey(code) ? null
        : code is FindingCodes.NoObject or FindingCodes.OtherMachine or FindingCodes.IntermediateCode
            || code.StartsWith("MINIOS20", StringComparison.Ordinal) || code.StartsWith("MINIOS21", StringComparison.Ordinal)
            ? $"{code} is about damage, of which nothing can be checked: it is always an error. Mend the file, and remove the entry."
        : $"{code} is no code of a finding; levels are for {FindingCodes.OutsideNamespace} to {FindingCodes.Spelled} and {FindingCodes.MissingName} to {FindingCodes.UnknownCode}, those about damage and files left out"
            + (NearestName.Find(code, FindingCodes.Levelled.Keys) is { } near ? $". Did you mean {near}?" : ".");

    private static string[] Words(string text) =>
        text.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DiagnosticException Wrong(string message) => new(Diagnostic.Error(PolicyCodes.WrongLevel, message));
}

/// <summary>What is done with the findings of a code.</summary>
public enum FindingLevel
{
    /// <summary>They are left out.</summary>
    None,

    /// <summary>They are told, and change nothing.</summary>
    Message,

    /// <summary>They are warnings.</summary>
    Warning,

    /// <summary>They are errors.</summary>
    Error,
}
