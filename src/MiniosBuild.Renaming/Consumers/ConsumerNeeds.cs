using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Consumers;

/// <summary>What a program that is linked with the set needs from outside: the names its objects refer to and none of them defines.</summary>
public sealed class ConsumerNeeds
{
    private readonly NameTable _names;
    private readonly HashSet<(int File, int Name)> _definitions;

    private ConsumerNeeds(IReadOnlyList<string> files, IReadOnlyList<ConsumerNeed> needs, NameTable names, HashSet<(int File, int Name)> definitions)
    {
        Files = files;
        Needs = needs;
        Names = needs.Select(need => need.Name).ToHashSet(StringComparer.Ordinal);
        _names = names;
        _definitions = definitions;
    }

    /// <summary>The paths of the program's files, in the order in which they were given.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The names, sorted, each with its users.</summary>
    public IReadOnlyList<ConsumerNeed> Needs { get; }

    /// <summary>The names alone: what <see cref="NamespacePlanner.Plan"/> takes.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>The names that its files define for others: those may be names that the set leaves to the program.</summary>
    public IReadOnlySet<string> Definitions => field ??= _definitions.Select(definition => _names.Text(definition.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads the needs of one program; what one of its files defines, none of the others needs.</summary>
    /// <param name="files">Its relocatable objects and archives; the bytes are not kept.</param>
    /// <exception cref="DiagnosticException">
    /// MINIOS1610: not an object or an archive of objects; 1611: only intermediate code (LTO); MINIOS20xx, 21xx: damaged.
    /// </exception>
    public static ConsumerNeeds Read(IEnumerable<ConsumerFile> files)
    {
        var names = new NameTable();
        var paths = new List<string>();
        var places = new List<(int File, string? Member)>();
        var references = new List<(int Name, int Place, bool IsWeak)>();
        var definitions = new HashSet<(int File, int Name)>();
        var defined = new HashSet<int>();
        foreach (ConsumerFile file in files)
        {
            foreach ((ObjectFile source, ElfFile elf) in ProgramObjects.Read(file.Path, file.Data))
            {
                foreach (ElfSymbol symbol in elf.Symbols)
                {
                    if (!symbol.IsGlobal || !symbol.HasOwnName)
                    {
                        continue;
                    }

                    int name = names.Add(symbol.NameBytes);
                    if (symbol.IsUndefined)
                    {
                        references.Add((name, places.Count, symbol.Binding == ElfSymbolBinding.Weak));
                    }
                    else if (definitions.Add((paths.Count, name)))
                    {
                        defined.Add(name);
                    }
                }

                places.Add((paths.Count, source.Member));
            }

            paths.Add(file.Path);
        }

        IEnumerable<ConsumerNeed> needs = references.Where(reference => !defined.Contains(reference.Name)).GroupBy(
            reference => reference.Name,
            (name, uses) => new ConsumerNeed(
                names.Text(name), [.. uses.Select(use => new ConsumerUse(paths[places[use.Place].File], places[use.Place].Member, use.IsWeak))]));
        return new ConsumerNeeds(paths, [.. needs.OrderBy(need => need.Name, StringComparer.Ordinal)], names, definitions);
    }

    /// <summary>
    /// What the names may be in the finished set, whose objects have the names after the pass: themselves, those under the policy's
    /// prefixes, and what its exact rules make of them.
    /// </summary>
    public IReadOnlySet<string> FinishedNames(NamespacePolicy policy) => FinishedNames(policy, Names);

    /// <inheritdoc cref="FinishedNames(NamespacePolicy)"/>
    /// <param name="policy">The policy of the set.</param>
    /// <param name="needed">The names, as programs have them.</param>
    public static IReadOnlySet<string> FinishedNames(NamespacePolicy policy, IReadOnlySet<string> needed)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in needed)
        {
            names.Add(name);
            names.Add(policy.PublicPrefix + name);
            names.Add(policy.InternalPrefix + name);
        }

        foreach (RenameRule rule in policy.Renames)
        {
            if (needed.Contains(rule.From))
            {
                names.Add(rule.To);
                names.Add(policy.DriverPrefix + rule.To);
            }
        }

        return names;
    }

    /// <summary>Whether a file of the program defines the name, as it does to override a hook.</summary>
    /// <param name="file">Its place in <see cref="Files"/>.</param>
    /// <param name="name">The name.</param>
    internal bool Defines(int file, string name) => _names.Find(name) is var number and >= 0 && _definitions.Contains((file, number));
}

/// <summary>A name that a program refers to and does not define itself.</summary>
/// <param name="Name">The name, as the program's objects have it.</param>
/// <param name="Uses">Its objects that refer to the name, in the order of the files and members; one at least.</param>
public sealed record ConsumerNeed(string Name, IReadOnlyList<ConsumerUse> Uses)
{
    /// <summary>Whether every reference is weak, so that the program links without the name.</summary>
    public bool IsWeak => Uses.All(use => use.IsWeak);
}

/// <summary>One object of a program that refers to a name.</summary>
/// <param name="File">The object's or archive's path, as it was given.</param>
/// <param name="Member">The member of the archive; null for an object by itself.</param>
/// <param name="IsWeak">Whether the reference is 0 when nothing defines the name.</param>
public sealed record ConsumerUse(string File, string? Member, bool IsWeak)
{
    /// <summary>Object, or archive and member, for the middle of a sentence.</summary>
    public string Place => Member is null ? File : $"{File}({Member})";
}

/// <summary>One relocatable object or archive of somebody's program that is linked with the set.</summary>
/// <param name="Path">What diagnostics call it.</param>
/// <param name="Data">Its bytes; needed only while it is read.</param>
public sealed record ConsumerFile(string Path, ReadOnlyMemory<byte> Data);
