using MiniosBuild.CSource.Joining;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>All names of the public headers: whose each is, and who sees it. Immutable; two are equal when their files are.</summary>
public sealed class HeaderCensus
{
    public HeaderCensus(IReadOnlyList<CensusHeader> headers, IReadOnlyList<HeaderName> others, IReadOnlyList<HeaderInclude>? hostHeaders = null, IReadOnlyList<JoinedName>? joins = null, IReadOnlySet<string>? asked = null)
    {
        Headers = headers;
        Others = others;
        HostHeaders = hostHeaders ?? [];
        Joins = joins ?? [];
        Asked = asked ?? new HashSet<string>();
    }

    /// <summary>Without headers.</summary>
    public static HeaderCensus Empty { get; } = new([], []);

    /// <summary>The public headers, sorted by place.</summary>
    public IReadOnlyList<CensusHeader> Headers { get; }

    /// <summary>What headers that are not public give besides, in the order of their texts.</summary>
    public IReadOnlyList<HeaderName> Others { get; }

    /// <summary>Headers of the machine that compiles which public headers include, each by the first #include of it, sorted by name.</summary>
    public IReadOnlyList<HeaderInclude> HostHeaders { get; }

    /// <summary>The names that ## makes in the public headers, sorted.</summary>
    public IReadOnlyList<JoinedName> Joins { get; }

    /// <summary>Macros of the public headers, guards among them, for which headers of others ask that these include.</summary>
    public IReadOnlySet<string> Asked { get; }

    /// <summary>Names of Xen, the compiler and C libraries, each declaration once.</summary>
    public IEnumerable<HeaderName> Foreign() => Headers.SelectMany(header => header.Names)
        .Where(entry => entry.Origin == HeaderOrigin.Foreign).Select(entry => entry.Name).Concat(Others)
        .Distinct<HeaderName>(ReferenceEqualityComparer.Instance);

    /// <summary>Puts together what each header gives alone.</summary>
    /// <param name="headers">Each header once, or twice: with and without __INSIDE_MINIOS__.</param>
    /// <param name="fileOf">The file that a site's name stands for, where that may be a link; null when sites name the files themselves.</param>
    /// <param name="isTree">Whether a file that is no public header belongs to the tree; null when none does.</param>
    /// <param name="hostName">What users call an included header of the machine that compiles, one that belongs neither to the tree nor to its libc, Xen or the compiler; null for all others.</param>
    public static HeaderCensus Of(
        IEnumerable<ScannedHeader> headers, Func<string, string>? fileOf = null, Func<string, bool>? isTree = null, Func<HeaderInclude, string?>? hostName = null) =>
        new CensusBuilder(fileOf, isTree, hostName).Build([.. headers]);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="DiagnosticException">MINIOS1503: not such a file, with the line.</exception>
    public static HeaderCensus Load(string text, string path) => HeaderCensusText.Read(text, path);

    /// <summary>A text file, with a line for each name and one for each header; equal censuses give equal texts.</summary>
    public string Save() => HeaderCensusText.Write(this);
}

/// <summary>A public header with all that it gives when it is read alone.</summary>
/// <param name="Place">Where it is staged, such as <c>mini-os/sched.h</c>.</param>
/// <param name="Path">The file.</param>
/// <param name="Names">Its own names and those that it brings along, in the order of the text, each declaration once.</param>
public sealed record CensusHeader(string Place, string Path, IReadOnlyList<CensusName> Names)
{
    /// <summary>The words of its text outside directives, and those that #if and its kin ask for or #undef has; sorted. Empty when the text was not given.</summary>
    public IReadOnlyList<HeaderWord> Words { get; init; } = [];

    /// <summary>What it hands to the assembler where users read it, in order.</summary>
    public IReadOnlyList<HeaderText> AssemblyTexts { get; init; } = [];

    /// <summary>Why it cannot be read alone; null when it can. Its names are then those that it has where another one includes it, or after all others, or in its plain text.</summary>
    public HeaderRefusal? Refusal { get; init; }

    /// <summary>Its own names.</summary>
    public IEnumerable<CensusName> Own => Names.Where(name => name.Origin == HeaderOrigin.Own);
}

/// <summary>A name that a header gives to whoever includes it.</summary>
/// <param name="Name">The name, and where it is declared.</param>
/// <param name="Origin">Whose it is, as seen from that header.</param>
/// <param name="View">Who sees it.</param>
public sealed record CensusName(HeaderName Name, HeaderOrigin Origin, HeaderView View);

/// <summary>Whose a name is that a header gives.</summary>
public enum HeaderOrigin
{
    /// <summary>The header's own.</summary>
    Own,

    /// <summary>That of another public header.</summary>
    Public,

    /// <summary>That of a file of the tree that is no public header.</summary>
    Tree,

    /// <summary>That of Xen, the compiler or a C library.</summary>
    Foreign,
}

/// <summary>Who sees a name of a header.</summary>
public enum HeaderView
{
    /// <summary>Everybody.</summary>
    Always,

    /// <summary>Only the kernel's own sources, which define __INSIDE_MINIOS__.</summary>
    Inside,

    /// <summary>Only those that do not define it.</summary>
    Outside,
}
