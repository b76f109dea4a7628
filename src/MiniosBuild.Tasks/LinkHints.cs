using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Linking.Forecast;

namespace MiniosBuild.Tasks;

/// <summary>What a project could change so that a name that its link lacks is given.</summary>
/// <param name="policy">Knows the names of drivers and of C.</param>
/// <param name="libc">What MiniosLibc is.</param>
/// <param name="libraries">The libraries of the set.</param>
/// <param name="table">The table of old and new names; null, or a file that is not there, for none.</param>
internal sealed class LinkHints(NamespacePolicy policy, string libc, IReadOnlyCollection<string> libraries, string? table)
{
    private readonly HashSet<string> _cNames = [.. policy.CNames];
    private readonly Lazy<NameMap> _names = new(() =>
        table is not null && File.Exists(table) ? NameMap.Parse(File.ReadAllText(table), table) : NameMap.Empty);

    /// <summary>Whole sentences; none when there is nothing to say.</summary>
    public IEnumerable<string> For(MissingName missing)
    {
        string name = missing.Name, renamed = _names.Value.Ordinary(name)?.New ?? name;

        // Of an object that was not compiled here the source is not at hand.
        if (renamed != name && missing.NeededBy(LinkOrigin.Here) is not null)
        {
            yield return $"It is \"{renamed}\" here (MiniosCompatibility or minios migrate).";
        }

        if (policy.Drivers.FirstOrDefault(d => renamed.StartsWith(policy.DriverPrefix + d.Prefix, StringComparison.Ordinal)) is { } driver && !libraries.Contains(driver.Library))
        {
            yield return $"The driver {driver.Library} is not built: add <MiniosDriver Include=\"{driver.Library}\" />.";
        }

        if (_cNames.Contains(name))
        {
            yield return libc switch
            {
                "private" or "none" => $"It is a C library's, and MiniosLibc is {libc}, which gives a guest none: stub has the names of a small one, newlib those of a full one; or link your own with MiniosGuestLibrary or as a provider.",
                "stub" => "It is a C library's that the tree's small one lacks: MiniosLibc newlib has those of a full one.",
                _ => $"It is a C library's, and that of MiniosLibc ({libc}) lacks it.",
            };
        }
    }
}
