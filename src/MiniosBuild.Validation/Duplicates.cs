using System.Runtime.InteropServices;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>Names that several objects define, told apart by what a linker does with them.</summary>
internal sealed class Duplicates(List<SetObject> objects, SetSymbols symbols, FoundList found)
{
    private const int MostKept = 64;

    private readonly Dictionary<int, ObjectDefinitions> _definitions = [];

    public void Check()
    {
        var sites = new Dictionary<int, List<SymbolSite>>();
        foreach ((int name, SymbolSite site) in CollectionsMarshal.AsSpan(symbols.MoreDefinitions))
        {
            if (!sites.TryGetValue(name, out List<SymbolSite>? owners))
            {
                sites.Add(name, owners = [symbols.Definition(name)]);
            }

            owners.Add(site);
        }

        foreach (int name in symbols.Sorted(sites.Keys))
        {
            Check(name, sites[name]);
        }
    }

    private void Check(int name, List<SymbolSite> owners)
    {
        SymbolSite strong = SymbolSite.None, weak = SymbolSite.None;
        owners.Sort((left, right) => left.Object.CompareTo(right.Object));
        foreach (SymbolSite site in owners)
        {
            if (site.IsWeak)
            {
                // Only those of hooks are here.
                if (weak.Exists)
                {
                    found.Add(SetFinding.HookDefinedTwice, name, site, weak);
                }

                weak = weak.Exists ? weak : site;
            }
            else if (site.Kind != SymbolKind.Common)
            {
                if (strong.Exists && !AreOneGroup(strong, site))
                {
                    found.Add(ExcludeEachOther(strong.Object, site.Object) ? SetFinding.Alternative : SetFinding.Duplicate, name, site, strong);
                }

                strong = strong.Exists ? strong : site;
            }
        }

        if (strong.Exists && weak.Exists)
        {
            // A hook whose default is there: guests override that one.
            found.Remove(SetFinding.StrongHook, name);
            found.Add(SetFinding.Alternative, name, strong, weak);
        }

        foreach (SymbolSite site in owners)
        {
            if (strong.Exists && site.Kind == SymbolKind.Common)
            {
                found.Add(SetFinding.CommonAndDefined, name, site, strong);
            }
        }
    }

    private bool AreOneGroup(in SymbolSite left, in SymbolSite right)
    {
        ReadOnlySpan<byte> signature = DefinitionsOf(left.Object).Signature(left.Symbol);
        return !signature.IsEmpty && signature.SequenceEqual(DefinitionsOf(right.Object).Signature(right.Symbol));
    }

    /// <summary>
    /// Whether no link takes both: a linker pulls a member for a name that it still lacks, so that a member comes too late which
    /// defines nothing that the other does not.
    /// </summary>
    private bool ExcludeEachOther(int left, int right)
    {
        HashSet<int> ours = DefinitionsOf(left).Names, theirs = DefinitionsOf(right).Names;
        return (objects[left].Member is null, objects[right].Member is null) switch
        {
            (true, true) => false,
            (true, false) => theirs.IsSubsetOf(ours),
            (false, true) => ours.IsSubsetOf(theirs),
            _ => ours.SetEquals(theirs),
        };
    }

    private ObjectDefinitions DefinitionsOf(int number)
    {
        if (!_definitions.TryGetValue(number, out ObjectDefinitions? definitions))
        {
            if (_definitions.Count >= MostKept)
            {
                _definitions.Clear();
            }

            _definitions.Add(number, definitions = new ObjectDefinitions(objects[number].Data, symbols.Names));
        }

        return definitions;
    }
}
