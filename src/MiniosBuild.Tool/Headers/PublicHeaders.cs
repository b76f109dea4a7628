using System.IO.Enumeration;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tool.Headers;

/// <summary>The public headers that a command line names: every header below its folders, C++'s among them, and those that are named themselves.</summary>
internal sealed class PublicHeaders
{
    private readonly RealPath _real = new();
    private readonly Dictionary<string, PublicHeader> _byFile = new(StringComparer.Ordinal);
    private readonly string[] _folders;
    private readonly string _below;

    /// <param name="foldersAndFiles">Folders and headers.</param>
    /// <param name="below">The folder that they are included from, such as <c>mini-os</c>; empty for none.</param>
    /// <param name="exclude">Which of them, by their places, are not public.</param>
    /// <exception cref="DiagnosticException">MINIOS1804 nothing to read.</exception>
    public PublicHeaders(IReadOnlyList<string> foldersAndFiles, string below, NameList exclude)
    {
        _below = below;
        _folders = [.. foldersAndFiles.Where(Directory.Exists).Select(Path.GetFullPath)];

        List<string> excluded = [];

        // A folder below another one that is named too, as a machine's own headers are, is searched by itself: its headers are included from there.
        foreach (string given in foldersAndFiles.OrderByDescending(given => Path.GetFullPath(given).Count(c => c == '/')))
        {
            foreach (string path in HeadersOf(given))
            {
                string place = Path.Combine(below, Directory.Exists(given) ? Path.GetRelativePath(given, path) : Path.GetFileName(path));
                if (exclude.Has(place))
                {
                    excluded.Add(place);
                    continue;
                }

                _byFile.TryAdd(_real.Of(Path.GetFullPath(path)), new PublicHeader(path, Path.GetFullPath(path), place));
            }
        }

        Excluded = excluded;
        All = [.. _byFile.Values.OrderBy(header => header.Place, StringComparer.Ordinal)];
        if (All.Count == 0)
        {
            throw NoHeaders(foldersAndFiles[0], "all headers here are excluded");
        }
    }

    /// <summary>The headers, sorted by place.</summary>
    public IReadOnlyList<PublicHeader> All { get; }

    /// <summary>The places of those that are not public.</summary>
    public IReadOnlyList<string> Excluded { get; }

    /// <summary>The options by which a compiler finds them.</summary>
    /// <param name="scratch">Where a link is made to the first folder, for headers that include one another as others do: <c>mini-os/sched.h</c>.</param>
    public IReadOnlyList<string> IncludeOptions(string scratch)
    {
        List<string> folders = [.. _folders];
        if (_below.Length > 0 && _folders.Length > 0)
        {
            folders.Add(Path.Combine(scratch, "include"));
            Directory.CreateDirectory(folders[^1]);
            Directory.CreateSymbolicLink(Path.Combine(folders[^1], _below), _folders[0]);
        }

        return [.. folders.SelectMany(folder => new[] { "-isystem", folder })];
    }

    /// <summary>The folders, in order, as full paths.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>What the user calls the header that a line marker names; null when it is none of the headers.</summary>
    public string? NameOf(string file) => _byFile.GetValueOrDefault(_real.Of(file))?.Path;

    /// <summary>Whether a file that is no public header lies beside them.</summary>
    public bool IsBeside(string file) => _folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>A place names one header.</summary>
    /// <exception cref="DiagnosticException">MINIOS1814.</exception>
    public void RequirePlaces()
    {
        foreach (IGrouping<string, PublicHeader> same in All.GroupBy(header => header.Place).Where(group => group.Count() > 1))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolCodes.SamePlace, $"{string.Join(" and ", same.Select(header => header.Path))} would both be included as <{same.Key}>; name one of them, or the folder above both", same.First().Path));
        }
    }

    private static DiagnosticException NoHeaders(string path, string why) => new(Diagnostic.Error(
        ToolCodes.NoHeaders, $"{why}; name the folder or the files of the public headers, or leave --headers out", path));

    private static IEnumerable<string> HeadersOf(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        // A folder that is a link to one above it, such as upstream's include/mini-os, would give every header again and again.
        string[] found = !Directory.Exists(path) ? [] :
        [
            .. new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsHeader(entry.FileName) && !IsCompatibility(entry.ToFullPath()),
                ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            },
        ];
        return found.Length > 0 ? found.Order(StringComparer.Ordinal) : throw NoHeaders(path, "there is no header here (*.h)");
    }

    private static bool IsHeader(ReadOnlySpan<char> name) => Path.GetExtension(name) is ".h" or ".hh" or ".hpp" or ".hxx" or ".h++";

    // It is made of old names, and is read before all others by code that wants them.
    private static bool IsCompatibility(string path) => path.EndsWith("/" + CompatibilityHeader.Place, StringComparison.Ordinal);
}
