namespace MiniosBuild.Toolchain.Trees;

/// <summary>The part of a tree that a project builds.</summary>
/// <param name="Sources">Sources in a fixed order, each once.</param>
/// <param name="Libraries">core first, then libc if it is built, then the drivers by name.</param>
/// <param name="Defines">Preprocessor definitions that follow from drivers and switches, <c>NAME</c> or <c>NAME=VALUE</c>.</param>
/// <param name="Switches">The switches, without CONFIG_, and their values.</param>
public sealed record TreeSelection(
    IReadOnlyList<TreeSource> Sources, IReadOnlyList<string> Libraries, IReadOnlyList<string> Defines, IReadOnlyDictionary<string, string> Switches);
