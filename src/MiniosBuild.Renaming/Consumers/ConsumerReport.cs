using System.Text;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Consumers;

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
        ConsumerCodes.UsesNothing,
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
            ConsumerCodes.MissesName, $"{(use.Member is null ? "" : $"member {use.Member}: ")}\"{name.Need.Name}\" is referred to here{others}, but {reason}", use.File);
    }
}

/// <summary>What becomes of one name that a program needs.</summary>
/// <param name="Need">The name and its users.</param>
/// <param name="State">What the set has for it.</param>
/// <param name="Form">Whether the program says the name before the pass, or the one after it.</param>
/// <param name="Target">The name in the finished archives; the needed one where the set does not have it.</param>
/// <param name="Library">The library of the set that defines it; null where the set does not.</param>
/// <param name="Provider">The object, or archive(member), that it comes from; null where the set does not have it.</param>
/// <param name="LooksLikeOurs">Whether the name is spelled as one of the set's, so that a program that misses it was meant for the set.</param>
public sealed record ConsumedName(
    ConsumerNeed Need, ConsumerNameState State, ConsumerNameForm Form, string Target, string? Library, string? Provider, bool LooksLikeOurs)
{
    /// <summary>Whether the set defines it for others: publicly, or as one of its internal names.</summary>
    public bool IsGiven => State is ConsumerNameState.Public or ConsumerNameState.Internal;
}

/// <summary>Whether a program was compiled before the set's names changed, or after it.</summary>
public enum ConsumerNameForm
{
    /// <summary>The name is the same before and after the pass, or the set does not have it.</summary>
    Same,

    /// <summary>The name before the pass: the program has to be renamed or compiled anew to link.</summary>
    Old,

    /// <summary>The name after the pass.</summary>
    New,
}

/// <summary>What a set has for a name that a program needs.</summary>
public enum ConsumerNameState
{
    /// <summary>A public symbol.</summary>
    Public,

    /// <summary>A symbol that is global only because the libraries of the set need it from one another; it may go at any time.</summary>
    Internal,

    /// <summary>A symbol that is, or would be, local to its object: the link fails, or a weak reference is 0.</summary>
    Hidden,

    /// <summary>Nothing; compilers, their libraries or linkers give the name.</summary>
    Tools,

    /// <summary>Nothing; a C library gives the name.</summary>
    Libc,

    /// <summary>Nothing, and nothing else is known to give it.</summary>
    Missing,
}
