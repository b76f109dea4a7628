using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.Contracts;

/// <summary>
/// What framework, C library, compiler and guest need of each other: computed from archives, kept as <c>minios.contract.json</c> for whoever
/// links the framework elsewhere, and told as text.
/// </summary>
public sealed class LibcContract
{
    internal LibcContract()
    {
    }

    /// <summary>MiniosArch: x86_64, x86_32, …</summary>
    public required string Arch { get; init; }

    /// <summary>Which libc the framework was made for.</summary>
    public required LibcMode Libc { get; init; }

    /// <summary>The name of the policy.</summary>
    public required string PolicyName { get; init; }

    /// <summary><see cref="NamespacePolicy.Digest"/> of the policy.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The names that cross a border, sorted by party and name.</summary>
    public required IReadOnlyList<ContractNeed> Needs { get; init; }

    /// <summary>The global definitions of the framework and of its libc, sorted by name and library.</summary>
    public required IReadOnlyList<ContractGift> Gifts { get; init; }

    /// <summary>The hooks that the set has or calls, sorted: a guest may define them.</summary>
    public required IReadOnlyList<string> Hooks { get; init; }

    /// <summary>The names that the set leaves to the linker and its script, sorted.</summary>
    public required IReadOnlyList<string> LinkerNames { get; init; }

    /// <summary>Reads the archives; those of the framework and its libc, and as many of the others as there are.</summary>
    /// <param name="inputs">The files.</param>
    /// <param name="policy">Says which names are hooks, compiler-made, linker-made and C names.</param>
    /// <param name="libc">Which libc the framework was made for.</param>
    /// <param name="arch">MiniosArch.</param>
    /// <param name="pathMap">Folders that sources were recorded under, and what stands for them in the contract, which should name none of the machine's.</param>
    /// <exception cref="DiagnosticException">MINIOS1417 to 1419, 20xx, 21xx: a file that is damaged, or nothing that a link takes.</exception>
    public static LibcContract Compute(
        IReadOnlyList<LinkInput> inputs, NamespacePolicy policy, LibcMode libc, string arch, IReadOnlyList<(string Recorded, string Real)>? pathMap = null) =>
        new ContractReading(policy, pathMap ?? []).Read(inputs, libc, arch);

    /// <summary>Reads a contract file.</summary>
    /// <param name="utf8Json">The file's bytes.</param>
    /// <param name="path">What diagnostics call the file.</param>
    /// <exception cref="DiagnosticException">MINIOS1650 to 1653, with line and column.</exception>
    public static LibcContract Parse(ReadOnlyMemory<byte> utf8Json, string path) => new ContractReader(path).Read(utf8Json);

    /// <summary>The text of <c>minios.contract.json</c>; the same contract gives the same bytes, and <see cref="Parse"/> reads it back.</summary>
    public string ToJson() => ContractJson.Write(this);

    /// <summary>The contract for people, in Markdown.</summary>
    public string ToText() => new ContractText(this).Write();

    /// <summary>The contract's libraries as inputs of a link in which their archives are not there.</summary>
    /// <param name="path">What messages call the file of the contract.</param>
    public IReadOnlyList<LinkInput> ToInputs(string path)
    {
        var libraries = new SortedSet<(LinkParty Party, string Library)>(
            Comparer<(LinkParty Party, string Library)>.Create((left, right) =>
                left.Party != right.Party ? left.Party.CompareTo(right.Party) : string.CompareOrdinal(left.Library, right.Library)));
        libraries.UnionWith(Needs.SelectMany(need => need.Uses.Select(use => (need.Party, use.Library))));
        libraries.UnionWith(Gifts.Select(gift => (gift.Party, gift.Library)));
        return [.. libraries.Select(library => LinkInput.OfNames(PartOf(library.Party, library.Library), path))];
    }

    private ContractPart PartOf(LinkParty party, string library)
    {
        var needs = new List<ContractNeed>();
        foreach (ContractNeed need in Needs)
        {
            ContractUse[] uses = need.Party == party ? [.. need.Uses.Where(use => use.Library == library)] : [];
            if (uses.Length > 0)
            {
                needs.Add(need with { Uses = uses });
            }
        }

        // Of a name that several members define, a link takes one.
        return new ContractPart(
            party, library, needs, [.. Gifts.Where(gift => gift.Party == party && gift.Library == library).OrderBy(gift => gift.IsWeak).DistinctBy(gift => gift.Name)]);
    }
}

/// <summary>A global definition of a library.</summary>
/// <param name="Name">The name.</param>
/// <param name="Party">Whose library it is.</param>
/// <param name="Library">The library.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="IsWeak">Whether another definition may replace it.</param>
public sealed record ContractGift(string Name, LinkParty Party, string Library, SymbolKind Kind, bool IsWeak);

/// <summary>Who gives a name.</summary>
/// <param name="Party">The party.</param>
/// <param name="Library">The library.</param>
public sealed record ContractGiver(LinkParty Party, string Library);

/// <summary>Where a name that crosses a border comes from.</summary>
public enum ContractNameKind
{
    /// <summary>A compiler refers to it by itself: memcpy and its kin, helpers of libgcc, the stack protector.</summary>
    Compiler,

    /// <summary>ISO C or POSIX gives it to a C library.</summary>
    C,

    /// <summary>Neither.</summary>
    Other,
}

/// <summary>A name that one party needs and does not give itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">Where such names come from.</param>
/// <param name="Party">Who needs it.</param>
/// <param name="Uses">The objects that need it, one entry each, sorted by library, archive and member; at least one.</param>
/// <param name="GivenBy">Who gives it; none when nobody does, several when archives compete.</param>
public sealed record ContractNeed(
    string Name, ContractNameKind Kind, LinkParty Party, IReadOnlyList<ContractUse> Uses, IReadOnlyList<ContractGiver> GivenBy)
{
    /// <summary>Whether all its users can do without.</summary>
    public bool IsWeak => Uses.All(use => use.IsWeak);
}

/// <summary>What one library of a contract needs and gives; stands in a link for the archive that is not there.</summary>
/// <param name="Party">Whose library it is.</param>
/// <param name="Library">The library.</param>
/// <param name="Needs">What it needs of other parties, with its own uses only.</param>
/// <param name="Gifts">Its global definitions.</param>
public sealed record ContractPart(LinkParty Party, string Library, IReadOnlyList<ContractNeed> Needs, IReadOnlyList<ContractGift> Gifts);

/// <summary>One object that needs a name.</summary>
/// <param name="Library">Its library.</param>
/// <param name="Archive">The file name of its archive, or its own.</param>
/// <param name="Member">The member of the archive; null for a file by itself.</param>
/// <param name="IsWeak">Whether it can do without.</param>
/// <param name="Position">Where its source first refers to the name, if that is known.</param>
public sealed record ContractUse(string Library, string Archive, string? Member, bool IsWeak, SourcePosition? Position);
