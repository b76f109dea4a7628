using System.Text;

namespace MiniosBuild.Renaming;

/// <summary>Which names of a set a program uses, under which name, through which member, and which it would miss.</summary>
public sealed class ConsumerReport
{
    private ConsumerReport(IReadOnlyList<ConsumedName> names, IReadOnlyList<string> unusedFiles, IReadOnlyList<Diagnostic> diagnostics)
    {
        Names = names;
        UnusedFiles = unusedFiles;
        Diagnostics = diagnostics;
    }

    /// <summary>Every name that the program needs, sorted.</summary>
    public IReadOnlyList<ConsumedName> Names { get; }

    /// <summary>Files of the program that refer to no name of the set, override no hook of it and define no name that it leaves to others.</summary>
    public IReadOnlyList<string> UnusedFiles { get; }

    /// <summary>
    /// MINIOS1608 for unused files, at the policy's severity for entries that match nothing, but as warnings if no file uses the
    /// set; MINIOS1609 (warning) for names that are hidden, or missing although they look like the set's.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Compares a program with what a plan makes of a set.</summary>
    /// <param name="plan">The plan; made with <see cref="ConsumerNeeds.Names"/> it hides nothing that the program needs.</param>
    /// <param name="policy">The policy that the plan was made from.</param>
    /// <param name="needs">The program.</param>
    public static ConsumerReport Of(NamespacePlan plan, NamespacePolicy policy, ConsumerNeeds needs) =>
        Of(SetNames.Of(plan), new OwnSpelling(policy, plan.HeaderRenames), policy, needs, plan.Unresolved.Select(name => name.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>Compares a program with finished archives and objects.</summary>
    /// <param name="files">The set.</param>
    /// <param name="renames">Old name to new name, as the pass applied them; empty when there was none.</param>
    /// <param name="policy">The policy of the set.</param>
    /// <param name="needs">The program.</param>
    /// <exception cref="DiagnosticException">MINIOS1610, 1611, 20xx, 21xx: a file of the set cannot be read.</exception>
    public static ConsumerReport Of(
        IReadOnlyList<ValidatedFile> files, IReadOnlyDictionary<string, string> renames, NamespacePolicy policy, ConsumerNeeds needs) =>
        Of(SetNames.Of(files, renames), new OwnSpelling(policy, renames), policy, needs,
            ConsumerNeeds.Read(files.Select(file => new ConsumerFile(file.Path, file.Data))).Names);

    private static ConsumerReport Of(SetNames set, OwnSpelling spelling, NamespacePolicy policy, ConsumerNeeds needs, IReadOnlySet<string> wanted)
    {
        WildcardPatterns toolNames = WildcardPatterns.OfTools(policy);

        ConsumedName[] names = [.. needs.Needs.Select(Consume)];
        string[] unused = UnusedBy(needs, names, [.. policy.Hooks.Select(hook => hook.Text), .. wanted]);
        DiagnosticSeverity severity = unused.Length == needs.Files.Count && policy.Unmatched == DiagnosticSeverity.Message
            ? DiagnosticSeverity.Warning
            : policy.Unmatched;
        return new ConsumerReport(names, unused, [.. unused.Select(file => Unused(file, severity)), .. names.Where(Misses).Select(Missed)]);

        ConsumedName Consume(ConsumerNeed need)
        {
            SetName? found = set.Find(need.Name);
            ConsumerNameState state =
                found is { IsLocal: false }
                    ? found.NewName.StartsWith(policy.InternalPrefix, StringComparison.Ordinal) ? ConsumerNameState.Internal : ConsumerNameState.Public
                : toolNames.Matches(Encoding.UTF8.GetBytes(need.Name)) ? ConsumerNameState.Tools
                : policy.CNames.Contains(need.Name) ? ConsumerNameState.Libc
                : found is not null ? ConsumerNameState.Hidden
                : ConsumerNameState.Missing;
            ConsumerNameForm form = found is null || found.OldName == found.NewName ? ConsumerNameForm.Same
                : need.Name == found.NewName ? ConsumerNameForm.New
                : ConsumerNameForm.Old;
            return state is ConsumerNameState.Tools or ConsumerNameState.Libc or ConsumerNameState.Missing
                ? new ConsumedName(need, state, ConsumerNameForm.Same, need.Name, null, null, spelling.Has(need.Name))
                : new ConsumedName(need, state, form, found!.NewName, found.Library, found.Place, LooksLikeOurs: true);
        }
    }

    private static string[] UnusedBy(ConsumerNeeds needs, ConsumedName[] names, IReadOnlyList<string> overridden)
    {
        var used = names.Where(name => name.IsGiven || name.State == ConsumerNameState.Hidden)
            .SelectMany(name => name.Need.Uses).Select(use => use.File).ToHashSet(StringComparer.Ordinal);
        return [.. needs.Files.Where((file, i) => !used.Contains(file) && !overridden.Any(name => needs.Defines(i, name)))];
    }

    private static Diagnostic Unused(string file, DiagnosticSeverity severity) => new(
        "MINIOS1608",
        severity,
        "refers to no name of the set, overrides no hook of it, and defines no name that it leaves to others. Give the file that was meant, or take this one away.",
        file);

    private static bool Misses(ConsumedName name) => name.State == ConsumerNameState.Hidden || (name.State == ConsumerNameState.Missing && name.LooksLikeOurs);

    private static Diagnostic Missed(ConsumedName name)
    {
        ConsumerUse use = name.Need.Uses.FirstOrDefault(use => !use.IsWeak, name.Need.Uses[0]);
        string effect = name.Need.IsWeak ? "the weak reference is 0" : "the link fails";
        string others = name.Need.Uses.Count == 1 ? "" : $" and in {name.Need.Uses.Count - 1} other objects";
        string reason = name.State == ConsumerNameState.Hidden
            ? $"{name.Provider} has it as a local symbol only: {effect}. Register the program as a consumer, or declare the name in a public header."
            : $"the set does not define it, though it is spelled as a name of the set: {effect}. Build the driver that has it, or correct the name.";
        return Diagnostic.Warning(
            "MINIOS1609", $"{(use.Member is null ? "" : $"member {use.Member}: ")}\"{name.Need.Name}\" is referred to here{others}, but {reason}", use.File);
    }
}
