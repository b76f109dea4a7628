namespace MiniosBuild.Toolchain.Passes;

/// <summary>What the symbol pass does to one object.</summary>
/// <param name="Input">Absolute path of the compiled object.</param>
/// <param name="Output">Absolute path of the passed one.</param>
/// <param name="Renames">Old and new names, only of symbols that the object has.</param>
/// <param name="Locals">Symbols to make local, as they are called after the renames.</param>
public sealed record ObjectPass(
    string Input, string Output, IReadOnlyList<(string Old, string New)> Renames, IReadOnlyList<string> Locals);
