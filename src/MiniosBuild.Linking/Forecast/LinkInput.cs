using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Scripts;

namespace MiniosBuild.Linking.Forecast;

/// <summary>One file of a link, in the order of ld's command line: an object or an archive.</summary>
/// <param name="Party">Who brings it.</param>
/// <param name="Library">What reports call its library: core, blkfront, libc, libgcc, guest, …</param>
/// <param name="Path">What messages call the file.</param>
/// <param name="Data">Its bytes; they must live as long as the forecast that is made of them.</param>
public sealed record LinkInput(LinkParty Party, string Library, string Path, ReadOnlyMemory<byte> Data)
{
    /// <summary>
    /// Neighbours with the same number other than 0 stand between one <c>--start-group</c> and <c>--end-group</c>: their archives are gone
    /// through until none of them has anything to give. 0: in no group.
    /// </summary>
    public int Group { get; init; }

    /// <summary>Whether <c>--whole-archive</c> holds for it: every member is taken.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Where it was compiled, which decides what a user can do about a name that it lacks.</summary>
    public LinkOrigin Origin { get; init; }

    /// <summary>
    /// Names in place of bytes, as a contract has them: like an object that needs and gives these and is always linked. Null for a real
    /// file.
    /// </summary>
    public ContractPart? Names { get; init; }

    /// <summary>Whether it is a linker script of <c>-T</c>. A script without this is an implicit one: the linker finds out that it is no object.</summary>
    public bool IsScript { get; init; }

    /// <summary>Whether <c>--just-symbols</c> holds for it: only the values of its symbols are linked.</summary>
    public bool IsSymbolsOnly { get; init; }

    /// <summary>The groups of linker scripts within <see cref="Group"/>, from the outermost.</summary>
    internal IReadOnlyList<int> Inner { get; init; } = [];

    /// <summary>What a linker script says in this place, instead of bytes.</summary>
    internal LinkScriptPart? Script { get; init; }

    /// <summary>The library that a file is by its name: <c>libm.a</c> is m.</summary>
    public static string LibraryOf(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        return name.StartsWith("lib", StringComparison.Ordinal) && name.Length > 3 ? name[3..] : name;
    }

    /// <summary>A file of which only the names are known: what one library of a contract needs and gives.</summary>
    public static LinkInput OfNames(ContractPart part, string path) => new(part.Party, part.Library, path, default) { Names = part };
}

/// <summary>Where a file of a link was compiled.</summary>
public enum LinkOrigin
{
    /// <summary>By whoever links: its source can be changed.</summary>
    Here,

    /// <summary>Elsewhere, against whatever headers there were.</summary>
    Elsewhere,

    /// <summary>Elsewhere, and its names were brought to those of the set.</summary>
    Adopted,
}

/// <summary>Who brings a file to the link of a guest.</summary>
public enum LinkParty
{
    /// <summary>The archives and the entry object of the Mini-OS tree, a libc of its own left out.</summary>
    Framework,

    /// <summary>The C library, and the glue between it and the framework.</summary>
    Libc,

    /// <summary>What belongs to the compiler: libgcc, compiler-rt.</summary>
    Compiler,

    /// <summary>The guest's own objects and libraries.</summary>
    Guest,
}

/// <summary>A file that a link comes to by itself: a linker script names it.</summary>
/// <param name="Path">What messages call it.</param>
/// <param name="Data">Its bytes; they must live as long as the forecast that is made of them.</param>
public sealed record LinkFile(string Path, ReadOnlyMemory<byte> Data);
