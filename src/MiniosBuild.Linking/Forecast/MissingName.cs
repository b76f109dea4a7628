namespace MiniosBuild.Linking;

/// <summary>A name that is needed and that nothing in the link gives.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsWeak">Whether all can do without it: it is 0 then, and the link succeeds.</param>
/// <param name="Uses">Everyone that refers to it, in the order of the link.</param>
public sealed record MissingName(string Name, bool IsWeak, IReadOnlyList<LinkUse> Uses)
{
    /// <summary>The first object of an origin that cannot do without it; null for none.</summary>
    public LinkObject? NeededBy(LinkOrigin origin) => Uses.Where(use => !use.IsWeak && use.Place.Object.Input.Origin == origin).Select(use => use.Place.Object).FirstOrDefault();
}
