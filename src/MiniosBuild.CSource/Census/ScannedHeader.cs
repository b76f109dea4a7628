using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>What one header gives when it is read alone.</summary>
/// <param name="Path">The file, spelled as the sites of its names spell it.</param>
/// <param name="Place">Where it is staged, such as <c>mini-os/sched.h</c>; empty for a header that is not public, such as one of a libc, whose names others may meet.</param>
/// <param name="Names">All names that are declared after it was read, those of other files too, in order; a name may come more than once.</param>
/// <param name="Inside">Whether it was read with __INSIDE_MINIOS__ defined.</param>
public sealed record ScannedHeader(string Path, string Place, IReadOnlyList<HeaderName> Names, bool Inside)
{
    /// <summary>The file's text, which shows what the preprocessor takes away: without it, pairs are judged by macros alone, and what only declarations need leaves with the internal macros.</summary>
    public string? Text { get; init; }

    /// <summary>What it and the files that it includes hand to the assembler.</summary>
    public IReadOnlyList<HeaderText> AssemblyTexts { get; init; } = [];

    /// <summary>What it and those files include.</summary>
    public IReadOnlyList<HeaderInclude> Includes { get; init; } = [];

    /// <summary>By file that it includes, the words that #if and its kin ask for there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Asked { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Why it cannot be read alone; null when it can.</summary>
    public HeaderRefusal? Refusal { get; init; }

    /// <summary>Whether it could not be read after others either, so that its text was read as it is written.</summary>
    public bool IsPlain { get; init; }
}
