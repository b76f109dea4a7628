namespace MiniosBuild.Toolchain.Trees;

/// <summary>A source of the tree and the library that its object belongs to.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Library">core, libc or the name of a driver.</param>
/// <param name="Config">The switches (without CONFIG_) that must all be on for it to be built; usually empty.</param>
/// <param name="IsByShape">Whether it is a candidate only because trees are like that, so that the tree's own makefiles have the say.</param>
public sealed record TreeSource(string Path, string Library, IReadOnlyList<string> Config, bool IsByShape = false);
