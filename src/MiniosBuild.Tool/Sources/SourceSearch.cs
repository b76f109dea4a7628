using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// Finds what lies below the paths of a command line. Folders are entered, except hidden ones, what a build left (<c>bin</c>, <c>obj</c>, a
/// published set) and those that are links, unless they are named themselves.
/// </summary>
internal sealed class SourceSearch
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly RealPath _real = new();
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private readonly List<SourceFile> _sources = [];
    private readonly List<string> _others = [];
    private readonly List<(string Path, string Target)> _links = [];

    private SourceSearch()
    {
    }

    /// <summary>The C and assembly sources, in the order of the command line and by name.</summary>
    public IReadOnlyList<SourceFile> Sources => _sources;

    /// <summary>All other files, by the paths that messages call them.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>MINIOS1811: links that lead elsewhere.</summary>
    public IReadOnlyList<Diagnostic> Remarks =>
    [
        .. _links.Where(link => !_targets.Contains(link.Target)).Select(link => new Diagnostic(
            ToolCodes.LinkLeft, DiagnosticSeverity.Message, $"this is a link to {link.Target}, which is outside the paths given, and is left as it is; name that file itself to have it rewritten", link.Path)),
    ];

    /// <exception cref="DiagnosticException">MINIOS1801 a path that cannot be read, 1808 no source at all.</exception>
    public static SourceSearch Below(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var search = new SourceSearch();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                search.Enter(path, cancellation);
            }
            else
            {
                search.Take(path, isNamed: true);
            }
        }

        return search._sources.Count > 0 ? search : throw new DiagnosticException(Diagnostic.Error(
            ToolCodes.NoSources, $"there is no C or assembly source in {string.Join(", ", paths)} (*.c, *.h, *.cc, *.cpp, *.S and their like); name the folder or the files of your sources"));
    }

    private void Enter(string folder, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (string name in EntriesOf(folder))
        {
            string path = folder == "." ? name : Path.Combine(folder, name);
            if (!Directory.Exists(path))
            {
                Take(path, isNamed: false);
            }
            else if (new DirectoryInfo(path).LinkTarget is null && !IsLeft(path, name))
            {
                Enter(path, cancellation);
            }
        }
    }

    private static IEnumerable<string> EntriesOf(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder, "*", s_everything).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolCodes.UnreadableInput, $"cannot read this folder: {e.Message}", folder), e);
        }
    }

    private static bool IsLeft(string path, string name) => name[0] == '.' || name is "bin" or "obj" || File.Exists(NameTableFile.In(path));

    private void Take(string path, bool isNamed)
    {
        bool isSource = SourceFile.IsSourceName(path);
        if (!isSource && !isNamed)
        {
            _others.Add(path);
            return;
        }

        bool isLink = new FileInfo(path).LinkTarget is not null;
        string target = _real.Of(isLink ? EndOf(path) : Path.GetFullPath(path));
        if (isLink && !isNamed)
        {
            _links.Add((path, target)); // The file itself is found where it is, if that is below one of the paths.
        }
        else if (!isSource)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolCodes.NoSources, File.Exists(path)
                ? "this is no C or assembly source by its name (*.c, *.h, *.cc, *.cpp, *.S and their like)"
                : "there is no such file or folder", path));
        }
        else if (_targets.Add(target))
        {
            _sources.Add(new SourceFile(path, target, InputText.ReadBytes(path)));
        }
    }

    private static string EndOf(string link)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (IOException)
        {
            return Path.GetFullPath(link); // Links in a circle lead nowhere.
        }
    }
}
