using MiniosBuild.Linking.Forecast;

namespace MiniosBuild.Linking.Contracts;

/// <summary>What a link takes of a library.</summary>
/// <param name="Party">Whose it is.</param>
/// <param name="Library">The library.</param>
/// <param name="Taken">How many objects are taken.</param>
/// <param name="Of">How many it has.</param>
/// <param name="CodeBytes">The size of the executable sections of those taken, in bytes.</param>
public sealed record LinkedLibrary(LinkParty Party, string Library, int Taken, int Of, ulong CodeBytes);
