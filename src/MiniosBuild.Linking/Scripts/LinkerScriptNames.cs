namespace MiniosBuild.Linking.Scripts;

/// <summary>The symbols that a linker script defines and needs, and the files that it takes into the link (ld manual, Assigning Values to Symbols; Entry Point; EXTERN; File Commands).</summary>
public sealed class LinkerScriptNames
{
    internal LinkerScriptNames()
    {
    }

    /// <summary>What messages call the script.</summary>
    public required string Path { get; init; }

    /// <summary>The symbols that it assigns to or provides, in its order; one that is assigned to twice is there twice.</summary>
    public required IReadOnlyList<LinkerAssignment> Assignments { get; init; }

    /// <summary>The names that it assigns to.</summary>
    public IEnumerable<string> Assigned => Assignments.Select(assignment => assignment.Name);

    /// <summary>The symbols of EXTERN, in order.</summary>
    public required IReadOnlyList<string> Externs { get; init; }

    /// <summary>The symbol of ENTRY, the last one if there are several; null when there is none.</summary>
    public required string? Entry { get; init; }

    /// <summary>The symbols that assertions and data statements refer to, each once; they have to be defined.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The names of the output sections, in order: of those that are C identifiers the linker makes <c>__start_</c> and <c>__stop_</c>.</summary>
    public required IReadOnlyList<string> Sections { get; init; }

    /// <summary>The files of INPUT, GROUP and STARTUP, in order.</summary>
    public IReadOnlyList<LinkerScriptFile> Files { get; internal init; } = [];

    /// <summary>The folders of SEARCH_DIR, in order.</summary>
    public IReadOnlyList<string> SearchFolders { get; internal init; } = [];

    /// <summary>Whether it lays out sections: given as an input file it then counts at the end of the link.</summary>
    internal bool HasSections { get; init; }

    /// <summary>Reads a script, without what it includes. What is no script gives whatever looks like one: ld itself will complain.</summary>
    /// <param name="text">Its text, preprocessed; lines that begin with # are passed over.</param>
    /// <param name="path">What messages call it.</param>
    public static LinkerScriptNames Parse(string text, string path = "linker script") => new LinkerScriptReader(text).Read(path);
}

/// <summary>A symbol that a linker script or an option defines.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="IsProvided">PROVIDE, PROVIDE_HIDDEN: it is defined only where it is needed and no object defines it; else it is defined in any case, over what objects define.</param>
/// <param name="References">The symbols that its expression refers to, each once.</param>
/// <param name="Line">1-based line of the script; 0 for an option.</param>
public sealed record LinkerAssignment(string Name, bool IsProvided, IReadOnlyList<string> References, int Line);

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
