namespace MiniosBuild.Linking;

/// <summary>A global definition of a library.</summary>
/// <param name="Name">The name.</param>
/// <param name="Party">Whose library it is.</param>
/// <param name="Library">The library.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="IsWeak">Whether another definition may replace it.</param>
public sealed record ContractGift(string Name, LinkParty Party, string Library, ContractSymbolKind Kind, bool IsWeak);
