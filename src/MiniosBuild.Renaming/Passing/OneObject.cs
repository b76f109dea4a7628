using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Passing;

/// <summary>A set that was joined into one relocatable object, in which nobody needs the internal names of its parts any more.</summary>
/// <param name="policy">The policy of the set; what compilers and linkers give or ask for stays global.</param>
/// <param name="publicNames">The public symbols of the set.</param>
/// <param name="neededNames">Names that programs are known to need, if the set has them.</param>
public sealed class OneObject(NamespacePolicy policy, IReadOnlySet<string> publicNames, IReadOnlySet<string> neededNames)
{
    private readonly WildcardPatterns _toolNames = WildcardPatterns.OfTools(policy);

    /// <summary>What makes everything local that is not public.</summary>
    /// <param name="joined">The joined object.</param>
    /// <param name="path">What diagnostics call it.</param>
    /// <exception cref="DiagnosticException">20xx: it is damaged.</exception>
    public SymbolMap Map(ReadOnlyMemory<byte> joined, string path)
    {
        var entries = new List<SymbolMapEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ElfSymbol symbol in Definitions(joined, path))
        {
            if (!Stays(symbol) && seen.Add(symbol.Name))
            {
                byte[] name = symbol.NameBytes.ToArray();
                entries.Add(new SymbolMapEntry(name, name, MakeLocal: true, Line: 0));
            }
        }

        return SymbolMap.Of(entries);
    }

    /// <summary>Reads the result again: it has to define every public name globally, and none besides those of compilers and linkers.</summary>
    /// <param name="made">The object after the pass.</param>
    /// <param name="path">What diagnostics call it.</param>
    /// <exception cref="DiagnosticException">MINIOS1204: it does not.</exception>
    public void Require(ReadOnlyMemory<byte> made, string path)
    {
        var missing = new SortedSet<string>(publicNames, StringComparer.Ordinal);
        foreach (ElfSymbol symbol in Definitions(made, path))
        {
            if (!Stays(symbol))
            {
                throw Differs($"\"{symbol.Name}\" is global and not on the list of public symbols", path);
            }

            missing.Remove(symbol.Name);
        }

        if (missing.Count > 0)
        {
            throw Differs($"\"{missing.Min}\"{(missing.Count > 1 ? $" and {missing.Count - 1} more of the public symbols are" : " is a public symbol, and")} not defined in it", path);
        }
    }

    private static DiagnosticException Differs(string what, string path) => new(Diagnostic.Error(
        PassCodes.OneObjectDiffers, $"the one object of the set is not what the plan says: {what}. Build again; if it stays, report this", path));

    private static IEnumerable<ElfSymbol> Definitions(ReadOnlyMemory<byte> data, string path)
    {
        try
        {
            return ElfFile.Parse(data).Symbols.Where(symbol => symbol.IsGlobal && symbol.IsDefined && symbol.HasOwnName);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(path), e);
        }
    }

    private bool Stays(in ElfSymbol symbol) => publicNames.Contains(symbol.Name) || neededNames.Contains(symbol.Name) || _toolNames.Matches(symbol.NameBytes);
}
