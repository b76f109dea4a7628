namespace MiniosBuild.Linking;

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
