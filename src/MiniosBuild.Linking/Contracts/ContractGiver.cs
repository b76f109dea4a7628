namespace MiniosBuild.Linking;

/// <summary>Who gives a name.</summary>
/// <param name="Party">The party.</param>
/// <param name="Library">The library.</param>
public sealed record ContractGiver(LinkParty Party, string Library);
