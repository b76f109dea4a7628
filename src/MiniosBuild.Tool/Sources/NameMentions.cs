using System.Text;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// Looks for old names of symbols in what is no C source: makefiles, linker scripts, symbol lists, scripts. None of it is rewritten, since only a
/// person knows whether the word is the symbol.
/// </summary>
internal static class NameMentions
{
    private const int FilesShown = 20;
    private const int NamesShown = 3;
    private const int MostBytes = 1 << 20;

    private static readonly string[] s_prose = [".md", ".rst", ".html", ".adoc", ".svg"];

    /// <summary>MINIOS1807, one a file, at the first mention.</summary>
    public static IEnumerable<Diagnostic> In(IEnumerable<string> files, NameMap names, CancellationToken cancellation)
    {
        int shown = 0, more = 0;
        foreach (string file in files.Where(file => !s_prose.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Find(file, names) is { } mention)
            {
                if (shown < FilesShown)
                {
                    shown++;
                    yield return mention;
                }
                else
                {
                    more++;
                }
            }
        }

        if (more > 0)
        {
            yield return new Diagnostic(ToolCodes.MentionedElsewhere, DiagnosticSeverity.Message, $"old names of symbols are in {more} more files");
        }
    }

    private static Diagnostic? Find(string file, NameMap names)
    {
        if (TextOf(file) is not { } text)
        {
            return null;
        }

        var found = new List<NameMapEntry>();
        int firstLine = 0, line = 1;
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            if (at == start)
            {
                line += text[at++] == '\n' ? 1 : 0;
            }
            else if (names.Ordinary(text[start..at]) is { Kind: HeaderNameKind.Function or HeaderNameKind.Variable } entry && !found.Contains(entry))
            {
                firstLine = firstLine == 0 ? line : firstLine;
                found.Add(entry);
            }
        }

        if (found.Count == 0)
        {
            return null;
        }

        string list = string.Join(", ", found.Take(NamesShown).Select(entry => $"{entry.Old} ({entry.New} now)"));
        return new Diagnostic(
            ToolCodes.MentionedElsewhere, DiagnosticSeverity.Message,
            $"this file is no C source and is not rewritten, but has words that are old names of symbols: {list}{(found.Count > NamesShown ? $", and {found.Count - NamesShown} more" : "")}",
            file, firstLine);
    }

    private static string? TextOf(string file)
    {
        // A pipe or a socket would be read for ever, and what cannot be read is none of our business.
        try
        {
            var info = new FileInfo(file);
            if (info.LinkTarget is not null || (info.Attributes & (FileAttributes.Normal | FileAttributes.Archive | FileAttributes.ReadOnly)) == 0 || info.Length is 0 or > MostBytes)
            {
                return null;
            }

            byte[] bytes = File.ReadAllBytes(file);
            return bytes.AsSpan().Contains((byte)0) ? null : Encoding.Latin1.GetString(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
