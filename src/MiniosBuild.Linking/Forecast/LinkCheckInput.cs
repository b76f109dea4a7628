using MiniosBuild.Linking.Options;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Forecast;

/// <summary>A link to be checked before the linker runs.</summary>
/// <param name="Inputs">The files, in the order of ld's command line.</param>
/// <param name="Policy">The policy of the set: its hooks, and the names of compilers, linkers and C.</param>
public sealed record LinkCheckInput(IReadOnlyList<LinkInput> Inputs, NamespacePolicy Policy)
{
    /// <summary>ld's options besides the files that are in <see cref="Inputs"/>.</summary>
    public LinkerOptions Options { get; init; } = LinkerOptions.None;

    /// <summary>
    /// The text of the linker script, if it comes before <see cref="Inputs"/> and is not among them as <see cref="LinkInput.IsScript"/>. When there is
    /// none, every linker-made name of the policy counts as given.
    /// </summary>
    public string? Script { get; init; }

    /// <summary>What messages call the linker script.</summary>
    public string ScriptPath { get; init; } = "linker script";

    /// <summary>As <see cref="LinkSettings.Files"/>.</summary>
    public Func<string, LinkFile?>? Files { get; init; }

    /// <summary>A file of the link that is missing, which the linker will say; names that it may give are not told as errors. Null for none.</summary>
    public string? Absent { get; init; }

    /// <summary>
    /// What the caller knows of a name that nothing gives, as whole sentences: another provider that has it, a driver that is not built.
    /// The check itself knows old spellings of the set's names, names that are nearly the same, and the compiler's run-time library.
    /// </summary>
    public Func<MissingName, IEnumerable<string>>? Hints { get; init; }

    /// <summary>The hook that a guest defines for its own code to start at; null when no guest is linked.</summary>
    public string? Start { get; init; }

    /// <summary>How serious findings are; those of the policy when left out.</summary>
    public FindingLevels? Levels { get; init; }

    /// <summary>Whether machine code is looked into (MINIOS1640 to 1642).</summary>
    public bool ScansCode { get; init; } = true;

    /// <summary>Folders that sources were recorded under, and where they really are.</summary>
    public IReadOnlyList<(string Recorded, string Real)> PathMap { get; init; } = [];
}
