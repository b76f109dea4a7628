namespace MiniosBuild.Toolchain.Trees;

/// <summary>What a project asks of a tree.</summary>
/// <param name="Root">Absolute path of the tree.</param>
/// <param name="Sources">All candidate sources, drivers that are not wanted included.</param>
/// <param name="Drivers">Names of the wanted drivers.</param>
/// <param name="Config">Switches and their values, for example BALLOON and y.</param>
/// <param name="WithLibc">Whether the tree's own stub libc is part of the set.</param>
/// <param name="Recipe">What the tree's own makefiles say; null for a tree that has none, which is recognised by its shape alone.</param>
public sealed record TreeRequest(
    string Root,
    IReadOnlyList<TreeSource> Sources,
    IReadOnlyList<string> Drivers,
    IReadOnlyList<(string Name, string Value)> Config,
    bool WithLibc,
    TreeRecipe? Recipe = null);
