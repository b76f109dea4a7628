using System.Text;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Adopting;

/// <summary>What a set did to its names, as far as files that were compiled against the old ones have to know.</summary>
/// <param name="Policy">The policy of the set: its internal prefix, and the names of C.</param>
/// <param name="Renames">Old name to new name.</param>
/// <param name="Hidden">Names that were made local, and the object that keeps each to itself.</param>
public sealed record AdoptingSet(NamespacePolicy Policy, IReadOnlyDictionary<string, string> Renames, IReadOnlyDictionary<string, string> Hidden)
{
    /// <summary>What a plan does.</summary>
    public static AdoptingSet Of(NamespacePlan plan, NamespacePolicy policy)
    {
        var hidden = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SymbolDecision decision in plan.Decisions.Where(decision => decision.Action == SymbolAction.Localize))
        {
            hidden.TryAdd(decision.Name, decision.Object);
        }

        return new AdoptingSet(policy, plan.Renames, hidden);
    }

    /// <summary>What finished files show.</summary>
    /// <param name="policy">The policy that they were passed by.</param>
    /// <param name="renames">Old name to new name.</param>
    /// <param name="files">Archives and objects of the set; none when they are not at hand.</param>
    /// <exception cref="DiagnosticException">MINIOS1610, 1611, 20xx, 21xx: a file cannot be read.</exception>
    public static AdoptingSet Of(NamespacePolicy policy, IReadOnlyDictionary<string, string> renames, IReadOnlyList<ValidatedFile> files)
    {
        var hidden = new Dictionary<string, string>(StringComparer.Ordinal);
        var global = new HashSet<string>(StringComparer.Ordinal);
        foreach (ValidatedFile file in files)
        {
            foreach ((ObjectFile source, ElfFile elf) in ProgramObjects.Read(file.Path, file.Data))
            {
                foreach (ElfSymbol symbol in elf.Symbols)
                {
                    if (symbol.IsGlobal)
                    {
                        global.Add(symbol.Name);
                    }
                    else if (symbol.Type is ElfSymbolType.Func or ElfSymbolType.Object)
                    {
                        hidden.TryAdd(symbol.Name, source.Place);
                    }
                }
            }
        }

        return new AdoptingSet(policy, renames, hidden.Where(entry => !global.Contains(entry.Key)).ToDictionary(StringComparer.Ordinal));
    }
}

/// <summary>
/// How files that were compiled against the old names of a set come to its new ones: what they need of the set follows its plan. What one of them
/// defines is theirs, and so are the references to it in all of them.
/// </summary>
public sealed class Adoption
{
    private const int MostTold = 6;

    private readonly AdoptingSet _set;
    private readonly HashSet<string> _cNames;
    private readonly SortedDictionary<string, string> _followed = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, SortedSet<string>> _internals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);

    private Adoption(AdoptedFiles files, AdoptingSet set)
    {
        _set = set;
        _cNames = new HashSet<string>(set.Policy.CNames, StringComparer.Ordinal);
        foreach (AdoptedName name in files.Names)
        {
            Settle(name);
        }

        TellOfInternals(files);
        TellOfStrangers(files);
        Map = SymbolMap.Of([.. _followed.Select(name => new SymbolMapEntry(Encoding.UTF8.GetBytes(name.Key), Encoding.UTF8.GetBytes(name.Value), MakeLocal: false, Line: 0))]);
    }

    /// <summary>The renames that all of the files are to be passed with.</summary>
    public SymbolMap Map { get; }

    /// <summary>
    /// MINIOS1342 (error): a name that cannot be reached; 1343 (message), 1344 (warning): names that the files define themselves; 1345 (message): internal
    /// names that they reach; 1347: files that refer to nothing that changed.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Makes the plan for files.</summary>
    public static Adoption Of(AdoptedFiles files, AdoptingSet set) => new(files, set);

    private void Settle(AdoptedName name)
    {
        if (_set.Renames.TryGetValue(name.Name, out string? newName))
        {
            bool isInternal = newName.StartsWith(_set.Policy.InternalPrefix, StringComparison.Ordinal);
            if (name.IsOwn)
            {
                TellOfOwn(name, newName);
            }
            else if (!(isInternal && _cNames.Contains(name.Name))) // A private libc serves the set alone.
            {
                _followed[name.Name] = newName;
                foreach (AdoptedSite site in name.References)
                {
                    _users.Add(site.File);
                    if (isInternal)
                    {
                        Internals(site.File).Add(newName);
                    }
                }
            }
        }
        else if (!name.IsOwn && name.References.FirstOrDefault(site => site.Symbol.IsUndefined) is { Member: not null } site && _set.Hidden.TryGetValue(name.Name, out string? owner))
        {
            _users.UnionWith(name.References.Select(reference => reference.File));
            _diagnostics.Add(Unreachable(name, site, owner));
        }
        else if (name.Name.IndexOf('@', StringComparison.Ordinal) is var version and > 0 && _set.Renames.TryGetValue(name.Name[..version], out string? plain))
        {
            _followed[name.Name[..version]] = plain; // The pass refuses the version, which a rename would miss.
        }
    }

    private SortedSet<string> Internals(string file)
    {
        if (!_internals.TryGetValue(file, out SortedSet<string>? names))
        {
            _internals.Add(file, names = new SortedSet<string>(StringComparer.Ordinal));
        }

        return names;
    }

    private void TellOfOwn(AdoptedName name, string newName)
    {
        AdoptedSite owner = name.Definitions.FirstOrDefault(site => site.Symbol.Binding != ElfSymbolBinding.Weak, name.Definitions[0]);
        string[] others = [.. name.References.Select(site => site.Member.Path).Where(path => path != owner.Member.Path).Distinct(StringComparer.Ordinal)];
        string users = others.Length == 0 ? "" : $", which {List(others)} refer{(others.Length == 1 ? "s" : "")} to,";
        _users.UnionWith(name.Definitions.Concat(name.References).Select(site => site.File));
        _diagnostics.Add(owner.Symbol.Binding == ElfSymbolBinding.Weak
            ? Diagnostic.Warning(
                AdoptionCodes.OwnWeakName,
                $"\"{name.Name}\" of {owner.Member.Path}{users} stays its own, though it is weak and the set has one, \"{newName}\": under the old names a link would have put the set's in its place. Remove the definition if the set's is meant",
                owner.File)
            : new Diagnostic(
                AdoptionCodes.OwnName, DiagnosticSeverity.Message,
                $"\"{name.Name}\" of {owner.Member.Path}{users} is the adopted files' own and stays; \"{newName}\" of the set is another one",
                owner.File));
    }

    private void TellOfInternals(AdoptedFiles files)
    {
        foreach (string file in files.Paths.Where(_internals.ContainsKey).Distinct())
        {
            SortedSet<string> names = _internals[file];
            _diagnostics.Add(new Diagnostic(
                AdoptionCodes.InternalName, DiagnosticSeverity.Message,
                $"reaches {(names.Count == 1 ? "a name" : $"{names.Count} names")} that the set keeps for itself, and may change at any time: {List(names)}", file));
        }
    }

    private void TellOfStrangers(AdoptedFiles files)
    {
        DiagnosticSeverity severity = _users.Count == 0 && _diagnostics.Count == 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Message;
        _diagnostics.AddRange(files.Paths.Where(file => !_users.Contains(file)).Distinct().Select(file => new Diagnostic(
            AdoptionCodes.Stranger, severity, "has no name that the set changed, so that nothing is adopted. Link it as it is, or give the file that was meant", file)));
    }

    private static Diagnostic Unreachable(AdoptedName name, AdoptedSite site, string owner)
    {
        ElfFile elf = MemberReader.Parse(site.Member);
        SourcePosition? line = DwarfPositions.UseOf(DwarfPositions.Open(elf), site.Symbol.Index, []);
        string function = EnclosingFunction.Of(elf, site.Symbol.Index) is { } found ? $" in {found}" : "";
        return Diagnostic.Error(
            AdoptionCodes.UnreachableName,
            $"{site.Member.Path}: \"{name.Name}\" is referred to{function}, but {owner} has it as a local symbol only. Name the file under MiniosAdopt or MiniosConsumer where the set is built (minios plan --consumer), so that the name stays within reach",
            line?.File ?? site.File, line?.Line ?? 0, line?.Column ?? 0);
    }

    private static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostTold)) + (names.Count > MostTold ? $" and {names.Count - MostTold} more" : "");
}

/// <summary>Names the function that first refers to a symbol.</summary>
internal static class EnclosingFunction
{
    /// <summary>The function; null when none does, or the place lies in no function.</summary>
    public static string? Of(ElfFile elf, int symbol)
    {
        foreach (ElfSection section in elf.Sections)
        {
            foreach (ElfRelocation relocation in elf.Relocations(section.Index))
            {
                if (relocation.SymbolIndex != symbol)
                {
                    continue;
                }

                foreach (ElfSymbol candidate in elf.Symbols)
                {
                    if (candidate.Type == ElfSymbolType.Func && candidate.Placement == ElfSymbolPlacement.Section && candidate.SectionIndex == section.Info
                        && candidate.Value <= relocation.Offset && relocation.Offset < candidate.Value + candidate.Size)
                    {
                        return candidate.Name;
                    }
                }
            }
        }

        return null;
    }
}
