using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Passing;

/// <summary>How a pass is done.</summary>
public sealed record PassOptions
{
    /// <summary>
    /// The text of the note that every object gets, which <see cref="PassNote"/> composes. An object that has the same note was passed
    /// already and is left alone; one that has another is refused. Null: no note is written, and objects that have one are refused.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>Whether objects that went through another pass are passed again, and their note replaced.</summary>
    public bool AcceptOtherNotes { get; init; }

    /// <summary>
    /// Whether the files are no set but use one: a reference that says the new name already means the same as one that says the old, and only a
    /// definition of it is in the way.
    /// </summary>
    public bool Adopts { get; init; }

    /// <summary>Whether members of an archive that are neither objects nor archives (texts, for example) are copied, rather than refused.</summary>
    public bool CopyNonObjects { get; init; }

    /// <summary>Whether date, owner and mode of members become 0, 0, 0 and 644; else they stay as they are.</summary>
    public bool Deterministic { get; init; }

    /// <summary>
    /// Whether the export marks leave the objects (<see cref="ElfExportMarks"/>). A section of that name that is no list of marks stays, since
    /// nobody knows what it is for.
    /// </summary>
    public bool DropsMarks { get; init; }

    /// <summary>How many threads work at once.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>What changes the objects; null for the library's own rewriter. The proof is the same for all.</summary>
    public IElfSymbolRewriter? BackEnd { get; init; }
}
