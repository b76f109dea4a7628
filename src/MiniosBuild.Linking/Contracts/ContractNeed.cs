namespace MiniosBuild.Linking;

/// <summary>A name that one party needs and does not give itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">Where such names come from.</param>
/// <param name="Party">Who needs it.</param>
/// <param name="Uses">The objects that need it, one entry each, sorted by library, archive and member; at least one.</param>
/// <param name="GivenBy">Who gives it; none when nobody does, several when archives compete.</param>
public sealed record ContractNeed(
    string Name, ContractNameKind Kind, LinkParty Party, IReadOnlyList<ContractUse> Uses, IReadOnlyList<ContractGiver> GivenBy)
{
    /// <summary>Whether all its users can do without.</summary>
    public bool IsWeak => Uses.All(use => use.IsWeak);
}
