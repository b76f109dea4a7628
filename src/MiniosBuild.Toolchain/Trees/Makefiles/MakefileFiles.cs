using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>What makefiles asked the file system.</summary>
public enum MakefileQuestion
{
    /// <summary>The text of a file: answered by its stamp.</summary>
    Text,

    /// <summary>Whether there is a file or a folder.</summary>
    Place,

    /// <summary>The names in a folder: answered by their digest.</summary>
    Names,

    /// <summary>The path without links.</summary>
    Real,
}

/// <summary>A question and its answer.</summary>
public sealed record MakefileAnswer(MakefileQuestion Question, string Path, string Answer);

/// <summary>The files that makefiles read and look for; each is asked for once, however often a tree's makefiles are evaluated.</summary>
/// <param name="within">The only folder that there is; null for the whole file system.</param>
public sealed class MakefileFiles(string? within = null)
{
    private const int LargestFile = 4 * 1024 * 1024;
    private const int MostEntries = 100_000;

    private const string AFile = "file";
    private const string AFolder = "folder";

    private readonly DateTime _started = DateTime.UtcNow;
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stamps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reals = new(StringComparer.Ordinal);
    private readonly RealPath _real = new();
    private int _listed;

    /// <summary>All that was asked so far: as long as each answer holds, the same makefiles say the same.</summary>
    public IEnumerable<MakefileAnswer> Answers =>
    [
        .. _stamps.Select(s => new MakefileAnswer(MakefileQuestion.Text, s.Key, s.Value)),
        .. _places.Select(p => new MakefileAnswer(MakefileQuestion.Place, p.Key, p.Value)),
        .. _entries.Select(e => new MakefileAnswer(MakefileQuestion.Names, e.Key, Digest(e.Value))),
        .. _reals.Select(r => new MakefileAnswer(MakefileQuestion.Real, r.Key, r.Value)),
    ];

    /// <summary>Whether the file system gives the answer today.</summary>
    public static bool Holds(MakefileAnswer answer) => answer.Answer == answer.Question switch
    {
        MakefileQuestion.Text => FileStamp.Of(answer.Path).ToString(),
        MakefileQuestion.Place => PlaceOf(answer.Path),
        MakefileQuestion.Names => Digest(NamesIn(answer.Path)),
        _ => RealOf(answer.Path, new RealPath()),
    };

    /// <summary>A makefile's text; null when there is no such file.</summary>
    /// <exception cref="DiagnosticException">MINIOS1030 for one that cannot be read, MINIOS1032 for one that is too large.</exception>
    public string? Read(string path)
    {
        path = MakefilePath.Show(path);
        if (_texts.TryGetValue(path, out string? text))
        {
            return text;
        }

        // A file that is written while it is read may have the same stamp afterwards.
        var stamp = FileStamp.Of(path);
        _stamps[path] = stamp.Ticks >= _started.Ticks ? "" : stamp.ToString();
        if (IsVisible(path) && File.Exists(path))
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.MakefileTooLarge, $"the makefile has {new FileInfo(path).Length} bytes; the reader takes {LargestFile} at most", path));
            }

            try
            {
                text = Encoding.UTF8.GetString(File.ReadAllBytes(path)).Replace("\r\n", "\n", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DiagnosticException(Diagnostic.Error(ToolchainCodes.MakefileSyntax, $"the makefile cannot be read: {e.Message}", path), e);
            }
        }

        _texts.Add(path, text);
        return text;
    }

    public bool Exists(string path) => Place(path).Length > 0;

    /// <summary>The path without links; null when there is nothing.</summary>
    public string? Real(string path)
    {
        string shown = MakefilePath.Show(path);
        if (!_reals.TryGetValue(shown, out string? real))
        {
            _reals.Add(shown, real = IsVisible(shown) ? RealOf(shown, _real) : "");
        }

        return real.Length == 0 ? null : shown != path ? MakefilePath.Hide(real) : real;
    }

    /// <summary>The existing paths that a pattern with <c>*</c>, <c>?</c> and <c>[…]</c> names, sorted, in the spelling of the pattern.</summary>
    public IEnumerable<string> Match(string folder, string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('*', '?', '[') < 0)
        {
            return Exists(Path.GetFullPath(pattern, folder)) ? [pattern] : [];
        }

        IEnumerable<string> found = [""];
        int at = 0;
        while (at < pattern.Length)
        {
            int slash = pattern.IndexOf('/', at);
            bool isLast = slash < 0;
            string part = isLast ? pattern[at..] : pattern[at..slash];
            int next = isLast ? pattern.Length : slash;
            while (next < pattern.Length && pattern[next] == '/')
            {
                next++;
            }

            string separator = isLast ? "" : pattern[slash..next];
            found = part.AsSpan().IndexOfAny('*', '?', '[') < 0
                ? found.Select(f => f + part + separator).Where(f => f.TrimEnd('/').Length == 0 || Exists(Path.GetFullPath(f, folder))).ToList()
                : found.SelectMany(f => Entries(Path.GetFullPath(f, folder)).Where(e => IsMatch(part, e)).Select(e => f + e + separator))
                    .Where(f => isLast || Place(Path.GetFullPath(f, folder)) == AFolder).ToList();
            at = next;
        }

        return found.Order(StringComparer.Ordinal);
    }

    private string[] Entries(string folder)
    {
        folder = MakefilePath.Show(folder);
        if (!_entries.TryGetValue(folder, out string[]? entries))
        {
            entries = IsVisible(folder) ? NamesIn(folder) : [];
            _listed += entries.Length;
            if (_listed >= MostEntries)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.MakefileTooLarge, $"the makefiles' wildcards look at more than {MostEntries} files", folder));
            }

            _entries.Add(folder, entries);
        }

        return entries;
    }

    private string Place(string path)
    {
        string shown = MakefilePath.Show(path);
        if (!_places.TryGetValue(shown, out string? place))
        {
            _places.Add(shown, place = IsVisible(shown) ? PlaceOf(shown) : "");
        }

        return place;
    }

    private static string PlaceOf(string path) => File.Exists(path) ? AFile : Directory.Exists(path) ? AFolder : "";

    private static string RealOf(string path, RealPath real) =>
        PlaceOf(path).Length > 0 ? real.Of(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path) : "";

    private static string[] NamesIn(string folder) => Directory.Exists(folder)
        ? [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true }).Select(e => e.Name).Take(MostEntries)]
        : [];

    private static string Digest(string[] names) => Fingerprint.OfContent(names.Order(StringComparer.Ordinal));

    private bool IsVisible(string path) => within is null || path == within || path.StartsWith(within + "/", StringComparison.Ordinal);

    private static bool IsMatch(string pattern, string name) =>
        (!name.StartsWith('.') || pattern.StartsWith('.')) && Wildcards.Match<char, OneCharacter>(pattern, name, '*');

    private sealed class OneCharacter : IPatternPart<char>
    {
        public static int Fits(ReadOnlySpan<char> pattern, char element)
        {
            if (pattern[0] == '?')
            {
                return 1;
            }

            int close = pattern[0] == '[' && pattern.Length > 2 ? pattern[2..].IndexOf(']') + 2 : 1;
            if (close < 2)
            {
                int escape = pattern[0] == '\\' && pattern.Length > 1 ? 1 : 0;
                return pattern[escape] == element ? escape + 1 : 0;
            }

            bool isNegated = pattern[1] is '!' or '^', isIn = false;
            for (int i = isNegated ? 2 : 1; i < close; i++)
            {
                if (i + 2 < close && pattern[i + 1] == '-')
                {
                    isIn |= element >= pattern[i] && element <= pattern[i + 2];
                    i += 2;
                }
                else
                {
                    isIn |= element == pattern[i];
                }
            }

            return isIn != isNegated ? close + 1 : 0;
        }
    }
}
