namespace MiniosBuild.Renaming.Passing;

/// <summary>What a pass did to one file.</summary>
public sealed class PassReport
{
    private readonly NameUsage _usage;

    internal PassReport(NameUsage usage) => _usage = usage;

    /// <summary>How many members the archive has; 1 for an object.</summary>
    public required int Members { get; init; }

    /// <summary>How many of them have symbols that changed; the others got the note at most.</summary>
    public required int ChangedMembers { get; init; }

    /// <summary>How many of them carried this pass's note already.</summary>
    public required int PassedMembers { get; init; }

    /// <summary>Symbols of symbol tables that got another name, definitions and references.</summary>
    public required int Renamed { get; init; }

    /// <summary>Definitions that were made local.</summary>
    public required int MadeLocal { get; init; }

    /// <summary>MINIOS1338 if definitions got other names in COMDAT groups that keep theirs; null if none did.</summary>
    public required Diagnostic? KeptGroups { get; init; }

    /// <summary>The size of the result in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Whether the output differs from what was there before.</summary>
    public bool Changed { get; internal set; } = true;

    /// <summary>Whether an entry of the map met a name that it changes, or one that has its new name already.</summary>
    public bool HasMatched(int entry) => _usage.HasMatched(entry);

    /// <summary>Requires of several files what a pass requires of the members of one: they are linked together.</summary>
    /// <param name="map">What all of them were passed with.</param>
    /// <param name="files">The files.</param>
    /// <param name="reports">A report for each file.</param>
    /// <param name="path">What diagnostics call the map.</param>
    /// <exception cref="DiagnosticException">MINIOS1333, 1334: a name that one file gets is taken in another, or one that is made local is used there.</exception>
    public static void RequireTogether(SymbolMap map, IReadOnlyList<string> files, IReadOnlyList<PassReport> reports, string path)
    {
        var set = new NameUsage(map);
        for (int file = 0; file < reports.Count; file++)
        {
            reports[file]._usage.AddTo(set, file);
        }

        set.Require(path, file => files[file]);
    }
}
