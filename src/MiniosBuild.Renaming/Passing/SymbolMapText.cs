using System.Text;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Reads <c>old new</c> lines.</summary>
internal static class SymbolMapText
{
    public static SymbolMapEntry[] Read(ReadOnlyMemory<byte> text, string path)
    {
        var entries = new List<SymbolMapEntry>();
        int line = 0;
        while (!text.IsEmpty)
        {
            line++;
            int end = text.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> content = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            ReadOnlyMemory<byte> old = Word(ref content);
            if (old.IsEmpty)
            {
                continue;
            }

            ReadOnlyMemory<byte> renamed = Word(ref content);
            ReadOnlyMemory<byte> more = Word(ref content);
            if (renamed.IsEmpty || !more.IsEmpty)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    PassCodes.BadMapLine,
                    $"expected two names, the old and the new one, found {(renamed.IsEmpty ? $"only \"{Text(old)}\"" : $"more: \"{Text(more)}\"")}; write `old new`, and # before a comment",
                    path, line));
            }

            entries.Add(new SymbolMapEntry(old, renamed, MakeLocal: false, line));
        }

        return [.. entries];
    }

    public static string Text(ReadOnlyMemory<byte> name) => Encoding.UTF8.GetString(name.Span);

    /// <summary>Takes the next word off a line; none is left when a comment starts there. Within a word, # is a character like others.</summary>
    private static ReadOnlyMemory<byte> Word(ref ReadOnlyMemory<byte> line)
    {
        line = line.TrimStart(" \t\r\v\f\0"u8);
        ReadOnlySpan<byte> rest = line.Span;
        if (rest.IsEmpty || rest[0] == '#')
        {
            return default;
        }

        int end = rest.IndexOfAny(" \t\r\v\f\0"u8);
        ReadOnlyMemory<byte> word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }
}
