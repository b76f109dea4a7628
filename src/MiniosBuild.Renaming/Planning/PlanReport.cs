using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Puts what the checks found into words, sorted by name.</summary>
internal sealed class PlanReport(PlanOutcomes outcomes, NameFacts[] facts, SymbolClassifier classifier)
{
    /// <summary>How many of one code are put into words; the rest is counted.</summary>
    private const int Limit = 250;

    private const string Tentative =
        " If a header defines the variable, declare it extern there and define it in one source; or compile with -fcommon (MiniosCommon=true), and the pass makes one of all.";

    private readonly CensusTables _tables = outcomes.Tables;

    public IEnumerable<Diagnostic> Describe(List<PlanFinding> found)
    {
        found.Sort(Compare);
        int[] byKind = new int[Enum.GetValues<PlanFindingKind>().Length];
        foreach (PlanFinding finding in found)
        {
            int count = ++byKind[(int)finding.Kind];
            if (count <= Limit)
            {
                yield return Describe(finding);
            }
        }

        foreach (PlanFinding finding in found.Where(finding => byKind[(int)finding.Kind] > Limit).DistinctBy(finding => finding.Kind))
        {
            Diagnostic first = Describe(finding);
            yield return new Diagnostic(
                first.Code, first.Severity, $"{byKind[(int)finding.Kind] - Limit} more names have the same fault as \"{_tables.Names.Text(finding.Name)}\"; correct those that are listed, and plan again.");
        }
    }

    private int Compare(PlanFinding one, PlanFinding other)
    {
        bool oneIsTarget = one.Kind >= PlanFindingKind.Version;
        int order = oneIsTarget.CompareTo(other.Kind >= PlanFindingKind.Version);
        order = order != 0 ? order : _tables.Names.Bytes(one.Name).SequenceCompareTo(_tables.Names.Bytes(other.Name));
        order = order != 0 ? order : (one.Kind == PlanFindingKind.DefinedTwice ? 0 : 1).CompareTo(other.Kind == PlanFindingKind.DefinedTwice ? 0 : 1);
        order = order != 0 ? order : one.Object.CompareTo(other.Object);
        return order != 0 ? order : one.Kind.CompareTo(other.Kind);
    }

    private Diagnostic Describe(PlanFinding finding)
    {
        string name = _tables.Names.Text(finding.Name);
        CensusObject source = _tables.Objects[finding.Object];
        Outcome outcome = outcomes[finding.Name];
        string rule = $"(rule {outcome.Rule}: {(outcome.IsDefined ? outcomes.Reason(finding.Name) : "")})";
        string becomesLocal = $"\"{name}\" would become local {rule}, but";
        string becomes = $"\"{name}\" would become \"{outcomes.NewName(finding.Name)}\" {rule}";
        const string elsewhere = "rename it in the source, or add a rename rule with another target.";
        const string oneOfThem = "rename one of them in the source, or add a rename rule with another target.";
        return finding.Kind switch
        {
            PlanFindingKind.DefinedTwice => DefinedTwice(name, source, _tables.Objects[finding.Other], IsVariable(finding)),
            PlanFindingKind.StrongHook => Error(PlanCodes.StrongHook, source,
                $"the hook \"{name}\" is a {BindingIn(finding).ToLowerInvariant()} definition, so that no guest can override it; declare it __attribute__((weak)), or take it off the policy's hooks."),
            PlanFindingKind.LocalUnique => Error(PlanCodes.LocalUnique, source,
                $"{becomesLocal} its binding GNU_UNIQUE is one that objcopy leaves global; compile with -fno-gnu-unique."),
            PlanFindingKind.LocalSignature or PlanFindingKind.LocalGrouped => Error(PlanCodes.LocalGroup, source,
                $"{becomesLocal} it {(finding.Kind == PlanFindingKind.LocalSignature ? "is the signature of" : "lies in")} a COMDAT group: the linker drops one of two such groups, and with it what local references rely on. Merge the groups first (ld -r --force-group-allocation), make the definition static, or list the name under keep."),
            PlanFindingKind.LocalCommon => Error(PlanCodes.LocalCommon, source,
                $"{becomesLocal} it is a common symbol, which has no section to be local in. Compile with -fno-common, make the variable static, or list the name under keep. {PassCodes.StaysCommon} says why it was given no place."),
            PlanFindingKind.LocalWeak => Diagnostic.Warning(PlanCodes.LocalWeak,
                $"the weak definition \"{name}\" becomes local {rule}, so that no guest can override it any more; list it under hooks if guests may, else make it static.", source.Path),
            PlanFindingKind.Version => Error(PassCodes.VersionedName, source,
                $"\"{name}\" carries a symbol version, and the name before it would change or become local, which the version would not follow. Remove the .symver directive or attribute, or list the name before the @ under keep."),
            PlanFindingKind.PassedApart => Error(PlanCodes.PassedApart, source,
                $"the object went through this pass before and refers to \"{name}\", which {_tables.Objects[finding.Other].Path} defines and this plan renames to \"{outcomes.NewName(finding.Name)}\"; pass both together, from the objects that the compiler made."),
            PlanFindingKind.NoIdentifier => Error(PlanCodes.NoIdentifier, source, $"{becomes}, which is no C identifier; correct the rule's replacement."),
            PlanFindingKind.ReservedTarget => Error(PlanCodes.TakenTarget, source, $"{becomes}, a name that belongs to the {ReserverOf(finding.Name)}; {elsewhere}"),
            PlanFindingKind.ExistingTarget => Error(PlanCodes.TakenTarget, source, $"{becomes}, which {OwnerOf(finding.Other)} defines already; {oneOfThem}"),
            _ => Error(PlanCodes.SameTarget, source, $"{becomes}, and so would \"{_tables.Names.Text(finding.Other)}\" of {OwnerOf(finding.Other)}; {oneOfThem}"),
        };
    }

    /// <summary>A link may leave one of two members of archives out; two objects it takes both.</summary>
    private static Diagnostic DefinedTwice(string name, in CensusObject source, in CensusObject first, bool isVariable) => source.IsMember && first.IsMember
        ? Diagnostic.Warning(PlanCodes.DefinedTwice,
            $"\"{name}\" is defined here (library {source.Library}) and in {first.Path} (library {first.Library}); a link that takes both members fails. Make one of them static or weak, or take care that no link needs both.{(isVariable ? Tentative : "")}", source.Path)
        : Error(PlanCodes.DefinedTwice, source,
            $"\"{name}\" is defined here (library {source.Library}) and in {first.Path} (library {first.Library}); no link can take both. Make one of them static, weak or part of another library that is left out.{(isVariable ? Tentative : "")}");

    private string BindingIn(PlanFinding finding) => DefinitionIn(finding.Object, finding.Name).Binding.ToString();

    private bool IsVariable(PlanFinding finding) =>
        DefinitionIn(finding.Object, finding.Name).Kind == SymbolKind.Data && DefinitionIn(finding.Other, finding.Name).Kind == SymbolKind.Data;

    private DefinitionEntry DefinitionIn(int source, int name)
    {
        foreach (ref readonly DefinitionEntry definition in _tables.DefinitionsOf(source))
        {
            if (definition.Name == name)
            {
                return definition;
            }
        }

        return default;
    }

    private string ReserverOf(int name)
    {
        byte[] buffer = [];
        return classifier.ReservedBy(outcomes.NewNameBytes(name, ref buffer))!;
    }

    private string OwnerOf(int name) => _tables.Objects[_tables.ObjectOf(facts[name].Owner)].Path;

    private static Diagnostic Error(string code, in CensusObject source, string message) => Diagnostic.Error(code, message, source.Path);
}

/// <summary>Something that a check found, before it is put into words: of thousands of a kind only the first are.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The number of the name that it is about.</param>
/// <param name="Object">The number of the object that it is about.</param>
/// <param name="Other">The number of another name or object that is part of it.</param>
internal readonly record struct PlanFinding(PlanFindingKind Kind, int Name, int Object, int Other = -1);

/// <summary>What a check of the plan may find about a name, in the order of the report.</summary>
internal enum PlanFindingKind : byte
{
    DefinedTwice,
    StrongHook,
    LocalUnique,
    LocalSignature,
    LocalGrouped,
    LocalCommon,
    LocalWeak,
    Version,
    PassedApart,
    NoIdentifier,
    ReservedTarget,
    ExistingTarget,
    TakenTarget,
}
