namespace MiniosBuild.Linking.Forecast;

/// <summary>Who needs a name that is missing: the first one, where it is told, and the others in words.</summary>
/// <param name="First">The first that needs it.</param>
/// <param name="Others">The rest, with a blank before it; empty for none.</param>
internal readonly record struct LinkUsers(LinkSite First, string Others)
{
    private const int MostTold = 3;

    public static LinkUsers Of(MissingName missing, LinkSources sources, string scriptPath)
    {
        var sites = new List<LinkSite>();
        // The strong ones first: they are why the link fails.
        foreach (LinkUse use in missing.Uses.OrderBy(use => use.IsWeak))
        {
            LinkObject owner = use.Place.Object;
            if (owner.Input.Names is { } part)
            {
                sites.AddRange(part.Needs[use.Place.Symbol].Uses.Select(named => new LinkSite(named.Library, named.Archive, named.Member, named.Position)));
            }
            else if (!owner.IsTaken)
            {
                sites.Add(new LinkSite("script", owner.Input.Script is null ? scriptPath : owner.File, null, null));
            }
            else
            {
                // Only the first is told with its line: to look for others' costs time and is not shown.
                sites.Add(new LinkSite(owner.Library, owner.File, owner.Member, sites.Count == 0 ? sources.UseOf(use.Place) : null));
            }
        }

        LinkSite first = sites[0];
        string[] others =
        [
            .. sites.Skip(1).Select(site => site.Member is null ? Path.GetFileName(site.File) : $"{Path.GetFileName(site.File)}({site.Member})")
                .Distinct(StringComparer.Ordinal),
        ];
        return new LinkUsers(first, others.Length == 0 ? ""
            : $" (and in {string.Join(", ", others.Take(MostTold))}{(others.Length > MostTold ? $" and {others.Length - MostTold} more" : "")})");
    }
}
