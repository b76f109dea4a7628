namespace MiniosBuild.Linking;

/// <summary>A file that a linker script takes into the link (ld manual, File Commands: INPUT, GROUP, STARTUP).</summary>
/// <param name="Text">The path, or the name of a library as <c>-l</c> has it.</param>
/// <param name="IsLibrary">Whether it is the name of a library, to be searched for: <c>libTEXT.a</c>, or TEXT itself after a colon.</param>
/// <param name="Group">Files of one GROUP have the same number, from 1; 0: not in a group.</param>
/// <param name="Assignments">How many assignments of the script stand before it.</param>
/// <param name="Path">The script that names it, or the one that this includes.</param>
/// <param name="Line">1-based line in there.</param>
public sealed record LinkerScriptFile(string Text, bool IsLibrary, int Group, int Assignments, string Path, int Line)
{
    /// <summary>STARTUP: it comes before all other files of the link.</summary>
    public bool IsFirst { get; init; }
}
