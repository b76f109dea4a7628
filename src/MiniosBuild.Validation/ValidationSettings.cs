using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Validation;

/// <summary>What a validation may be told besides the policy.</summary>
public sealed record ValidationSettings
{
    /// <summary>Levels that hold over those of the policy.</summary>
    public FindingLevels Levels { get; init; } = FindingLevels.Default;

    /// <summary>
    /// Folders as objects record them, and where they really are: the first whose recorded name begins a file's path is put in its
    /// place. The compiler's own folder may be recorded as <c>.</c>. No file is looked for.
    /// </summary>
    public IReadOnlyList<(string Recorded, string Real)> PathMap { get; init; } = [];

    /// <summary>The staged headers, whose assembly may spell names outside the policy; null when they are not known.</summary>
    public HeaderCensus? Headers { get; init; }

    /// <summary>Names, as the finished set has them, that programs outside the set need; their definitions are no over-exports.</summary>
    public IReadOnlySet<string> ConsumerNeeds { get; init; } = new HashSet<string>();

    /// <summary>Names that programs outside the set define: those that the set leaves to others are theirs.</summary>
    public IReadOnlySet<string> ConsumerDefinitions { get; init; } = new HashSet<string>();

    /// <summary>
    /// The objects of the set, or archives of them, as they were before the symbol pass: the pass takes their export marks away, which say what is
    /// public, and names that they have already nobody gave them. Empty when they are not known.
    /// </summary>
    public IReadOnlyList<ValidatedFile> Unpassed { get; init; } = [];
}
