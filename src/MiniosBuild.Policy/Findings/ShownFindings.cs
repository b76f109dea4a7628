namespace MiniosBuild.Policy.Findings;

/// <summary>Findings for people to read: after a number of one code, the rest is counted instead of told.</summary>
public static class ShownFindings
{
    /// <summary>How many findings of one code are told unless a caller says otherwise.</summary>
    public const int UsualLimit = 1000;

    /// <summary>The first findings of each code in their order, and then, for each code that has more, how many more.</summary>
    /// <param name="findings">All findings.</param>
    /// <param name="limit">How many of one code are told.</param>
    public static IEnumerable<Diagnostic> Of(IEnumerable<Finding> findings, int limit = UsualLimit)
    {
        var counts = new SortedDictionary<string, (int Count, DiagnosticSeverity Severity)>(StringComparer.Ordinal);
        foreach (Finding finding in findings)
        {
            int count = counts.TryGetValue(finding.Code, out var before) ? before.Count : 0;
            counts[finding.Code] = (count + 1, finding.Severity);
            if (count < limit)
            {
                yield return finding.ToDiagnostic();
            }
        }

        foreach ((string code, (int count, DiagnosticSeverity severity)) in counts)
        {
            if (count > limit)
            {
                yield return new Diagnostic(code, severity, $"and {count - limit} more of this code, {count} in all; reports for programs and baselines have every one.");
            }
        }
    }
}
