namespace MiniosBuild.Linking;

/// <summary>What one library of a contract needs and gives; stands in a link for the archive that is not there.</summary>
/// <param name="Party">Whose library it is.</param>
/// <param name="Library">The library.</param>
/// <param name="Needs">What it needs of other parties, with its own uses only.</param>
/// <param name="Gifts">Its global definitions.</param>
public sealed record ContractPart(LinkParty Party, string Library, IReadOnlyList<ContractNeed> Needs, IReadOnlyList<ContractGift> Gifts);
