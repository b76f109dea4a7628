namespace MiniosBuild.CSource;

/// <summary>All names of the public headers: whose each is, and who sees it. Immutable; two are equal when their files are.</summary>
public sealed class HeaderCensus
{
    public HeaderCensus(IReadOnlyList<CensusHeader> headers, IReadOnlyList<HeaderName> others, IReadOnlyList<HeaderInclude>? hostHeaders = null)
    {
        Headers = headers;
        Others = others;
        HostHeaders = hostHeaders ?? [];
    }

    /// <summary>Without headers.</summary>
    public static HeaderCensus Empty { get; } = new([], []);

    /// <summary>The public headers, sorted by place.</summary>
    public IReadOnlyList<CensusHeader> Headers { get; }

    /// <summary>What headers that are not public give besides, in the order of their texts.</summary>
    public IReadOnlyList<HeaderName> Others { get; }

    /// <summary>Headers of the machine that compiles which public headers include, each by the first #include of it, sorted by name.</summary>
    public IReadOnlyList<HeaderInclude> HostHeaders { get; }

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
