namespace MiniosBuild.CSource;

/// <summary>A public header with all that it gives when it is read alone.</summary>
/// <param name="Place">Where it is staged, such as <c>mini-os/sched.h</c>.</param>
/// <param name="Path">The file.</param>
/// <param name="Names">Its own names and those that it brings along, in the order of the text, each declaration once.</param>
public sealed record CensusHeader(string Place, string Path, IReadOnlyList<CensusName> Names)
{
    /// <summary>The words of its text outside directives, and those that #if and its kin ask for; sorted. Empty when the text was not given.</summary>
    public IReadOnlyList<HeaderWord> Words { get; init; } = [];

    /// <summary>What it hands to the assembler where users read it, in order.</summary>
    public IReadOnlyList<HeaderText> AssemblyTexts { get; init; } = [];

    /// <summary>Why it cannot be read alone; null when it can. Its names are then those that it has where another one includes it, or after all others, or in its plain text.</summary>
    public HeaderRefusal? Refusal { get; init; }

    /// <summary>Its own names.</summary>
    public IEnumerable<CensusName> Own => Names.Where(name => name.Origin == HeaderOrigin.Own);
}
