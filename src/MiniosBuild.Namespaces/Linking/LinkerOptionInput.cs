namespace MiniosBuild.Namespaces;

/// <summary>A file that an option list names.</summary>
/// <param name="Text">The path, or the name of a library as <c>-l</c> has it.</param>
/// <param name="IsLibrary">Whether it is the name of a library, to be searched for: <c>libTEXT.a</c>, or TEXT itself after a colon.</param>
/// <param name="Group">As <see cref="LinkInput.Group"/>.</param>
/// <param name="IsWhole">As <see cref="LinkInput.IsWhole"/>.</param>
public sealed record LinkerOptionInput(string Text, bool IsLibrary, int Group, bool IsWhole);
