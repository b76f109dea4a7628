namespace MiniosBuild.Linking;

/// <summary>A file that an option names and that is no input of the link, but decides how it is made: <c>--version-script</c>, <c>--retain-symbols-file</c>.</summary>
/// <param name="Text">The path as the option has it.</param>
/// <param name="IsSearched">Whether it is looked for in the folders of <c>-L</c> too (ld manual, <c>-T</c>; the files that ld reads as it reads scripts).</param>
public sealed record LinkerOptionFile(string Text, bool IsSearched);
