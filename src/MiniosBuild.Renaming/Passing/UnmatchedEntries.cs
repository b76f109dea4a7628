namespace MiniosBuild.Renaming.Passing;

/// <summary>Finds the entries of a map that met nothing, which symbol tools pass over without a word.</summary>
public static class UnmatchedEntries
{
    private const int MostShown = 20;

    /// <summary>MINIOS1332 for the first entries, by line, that matched in none of the files; the last of them says how many more there are.</summary>
    public static IReadOnlyList<Diagnostic> Of(SymbolMap map, IReadOnlyList<PassReport> reports)
    {
        var found = new List<Diagnostic>();
        int count = 0;
        for (int entry = 0; entry < map.Count; entry++)
        {
            if (!reports.Any(report => report.HasMatched(entry)) && ++count <= MostShown)
            {
                found.Add(Warning(map, map[entry], $"no global symbol is called \"{SymbolMapText.Text(map[entry].Name)}\""));
            }
        }

        if (count > MostShown)
        {
            found[^1] = Warning(map, default, $"{count - MostShown + 1} more of the {map.Count} names are those of no global symbol");
        }

        return found;
    }

    /// <summary>MINIOS1332 when a plan changes names, and none of them is in any of the files; a plan may well be applied file by file.</summary>
    /// <param name="map">What the plan changes.</param>
    /// <param name="reports">A report for each file.</param>
    /// <param name="path">What diagnostics call the plan.</param>
    public static IReadOnlyList<Diagnostic> OfPlan(SymbolMap map, IReadOnlyList<PassReport> reports, string path) =>
        map.Count == 0 || Enumerable.Range(0, map.Count).Any(entry => reports.Any(report => report.HasMatched(entry)))
            ? []
            : [Diagnostic.Warning(
                PassCodes.UnmatchedEntry, $"the files have none of the {map.Count} names that the plan changes; give the files that it was made for, unless it was applied to these before", path)];

    private static Diagnostic Warning(SymbolMap map, SymbolMapEntry entry, string what) =>
        Diagnostic.Warning(PassCodes.UnmatchedEntry, $"{what}; correct or remove the entry", map.Path, entry.Line);
}
