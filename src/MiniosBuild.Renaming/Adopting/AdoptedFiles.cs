using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.Renaming.Adopting;

/// <summary>
/// Objects and archives that were compiled against the names that a set had before its pass, and are linked with it and with one another: the names that
/// they define for themselves, and those that they need. The bytes of the files have to live as long as this.
/// </summary>
public sealed class AdoptedFiles
{
    private readonly SortedDictionary<string, AdoptedName> _names = new(StringComparer.Ordinal);

    private AdoptedFiles(IReadOnlyList<string> paths) => Paths = paths;

    /// <summary>The files, in the order in which they were given.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>
    /// What they refer to and none of them defines. A common symbol is a need: where the set defines the variable, the linker takes that.
    /// </summary>
    public IReadOnlySet<string> Needs => _names.Values.Where(name => name is { IsOwn: false, References.Count: > 0 }).Select(name => name.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>What any of them defines for others: those may be names that the set leaves to the program.</summary>
    public IReadOnlySet<string> Definitions => _names.Values.Where(name => name.IsOwn).Select(name => name.Name).ToHashSet(StringComparer.Ordinal);

    internal IEnumerable<AdoptedName> Names => _names.Values;

    /// <summary>Reads the files as the pass does, and refuses what it refuses.</summary>
    /// <param name="files">Relocatable objects and archives of them.</param>
    /// <param name="ofSet">An object of the set, for whose machine all have to be; null when it is not at hand.</param>
    /// <exception cref="DiagnosticException">MINIOS1301-1303; 2108: a thin archive; 20xx, 21xx: damage.</exception>
    public static AdoptedFiles Read(IReadOnlyList<ConsumerFile> files, ConsumerFile? ofSet = null)
    {
        var adopted = new AdoptedFiles([.. files.Select(file => file.Path)]);
        // Whose pass an object went through already is for the pass to judge.
        var reader = new MemberReader(new PassOptions { AcceptOtherNotes = true });
        (PassMember Member, MachineKind Kind)? first = null;
        foreach (ConsumerFile file in ofSet is null ? files : [ofSet, .. files])
        {
            foreach (PassMember member in ArchivePass.Members(file.Data, file.Path))
            {
                if (reader.Read(member) is not { } elf)
                {
                    continue;
                }

                first ??= (member, MachineKind.Of(elf));
                MemberReader.RequireSameMachine(member, MachineKind.Of(elf), first.Value.Member, first.Value.Kind);
                if (!ReferenceEquals(file, ofSet))
                {
                    adopted.Add(elf, member, file.Path);
                }
            }
        }

        return adopted;
    }

    private void Add(ElfFile elf, PassMember member, string file)
    {
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (!symbol.IsGlobal || !symbol.HasOwnName)
            {
                continue;
            }

            string text = symbol.Name;
            if (!_names.TryGetValue(text, out AdoptedName? name))
            {
                _names.Add(text, name = new AdoptedName(text));
            }

            (symbol.IsUndefined || symbol.IsCommon ? name.References : name.Definitions).Add(new AdoptedSite(file, member, symbol));
        }
    }
}

/// <summary>A name that adopted files have, and where.</summary>
internal sealed class AdoptedName(string name)
{
    public string Name => name;

    /// <summary>Real definitions, weak ones too.</summary>
    public List<AdoptedSite> Definitions { get; } = [];

    /// <summary>Undefined and common symbols.</summary>
    public List<AdoptedSite> References { get; } = [];

    /// <summary>Whether the adopted files bring it themselves, so that it is none of the set's.</summary>
    public bool IsOwn => Definitions.Count > 0;
}

/// <summary>A symbol of an adopted object.</summary>
internal readonly record struct AdoptedSite(string File, PassMember Member, ElfSymbol Symbol);
