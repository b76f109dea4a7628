using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Consumers;

/// <summary>What a set defines, found by the names of before and after the pass.</summary>
internal sealed class SetNames
{
    private readonly Dictionary<string, SetName> _old = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SetName> _new = new(StringComparer.Ordinal);

    /// <summary>What a plan makes of the set.</summary>
    public static SetNames Of(NamespacePlan plan)
    {
        var names = new SetNames();
        foreach (SymbolDecision decision in plan.Decisions)
        {
            names.Add(new SetName(decision.Name, decision.NewName, decision.Action == SymbolAction.Localize, IsWeak: false, decision.Library, decision.Object));
        }

        return names;
    }

    /// <summary>What finished files have.</summary>
    /// <param name="files">Archives and objects.</param>
    /// <param name="renames">Old name to new name, as the pass applied them.</param>
    public static SetNames Of(IEnumerable<ValidatedFile> files, IReadOnlyDictionary<string, string> renames)
    {
        var names = new SetNames();
        var inverse = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string oldName, string newName) in renames)
        {
            inverse.TryAdd(newName, oldName);
        }

        foreach (ValidatedFile file in files)
        {
            foreach ((ObjectFile source, ElfFile elf) in ProgramObjects.Read(file.Path, file.Data))
            {
                string place = source.Place;
                foreach (ElfSymbol symbol in elf.Symbols)
                {
                    if (symbol.IsDefined && symbol.HasOwnName)
                    {
                        string name = symbol.Name;
                        names.Add(new SetName(
                            inverse.GetValueOrDefault(name, name), name, !symbol.IsGlobal, symbol.Binding == ElfSymbolBinding.Weak, file.Library, place));
                    }
                }
            }
        }

        return names;
    }

    /// <summary>The definition that a link takes for a name: what the archives have comes before what the sources had.</summary>
    public SetName? Find(string name) => _new.GetValueOrDefault(name) ?? _old.GetValueOrDefault(name);

    private void Add(SetName name)
    {
        Put(_new, name.NewName, name);
        Put(_old, name.OldName, name);
    }

    /// <summary>Global before local, strong before weak, else the first.</summary>
    private static void Put(Dictionary<string, SetName> side, string key, SetName name)
    {
        if (!side.TryGetValue(key, out SetName? other) || (!name.IsLocal && (other.IsLocal || (other.IsWeak && !name.IsWeak))))
        {
            side[key] = name;
        }
    }
}

/// <summary>A definition of the set under its names before and after the pass.</summary>
/// <param name="OldName">The name that the source has.</param>
/// <param name="NewName">The name that the archive has.</param>
/// <param name="IsLocal">Whether only its own object can see it.</param>
/// <param name="IsWeak">Whether a definition elsewhere takes its place; false when not known.</param>
/// <param name="Library">The library that defines it.</param>
/// <param name="Place">The object, or archive(member).</param>
internal sealed record SetName(string OldName, string NewName, bool IsLocal, bool IsWeak, string Library, string Place);
