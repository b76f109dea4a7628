using System.Text;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// What changed from one text to another of as many lines, as <c>patch -p0</c> and <c>git apply -p0</c> read it. Bytes are copied as they are:
/// neither an encoding nor a kind of line end is assumed.
/// </summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Writes the difference; nothing for equal texts.</summary>
    public static void Write(Stream output, string path, byte[] before, byte[] after)
    {
        List<Range> old = LinesOf(before), now = LinesOf(after);
        if (old.Count != now.Count)
        {
            throw new InvalidOperationException($"{path} had {old.Count} lines and has {now.Count} now; a rewrite keeps every line.");
        }

        List<int> changed = [.. Enumerable.Range(0, old.Count).Where(line => !before.AsSpan(old[line]).SequenceEqual(after.AsSpan(now[line])))];
        if (changed.Count == 0)
        {
            return;
        }

        string name = Quoted(path);
        output.Write(Encoding.UTF8.GetBytes($"--- {name}\n+++ {name}\n"));
        for (int first = 0; first < changed.Count;)
        {
            int last = first;
            while (last + 1 < changed.Count && changed[last + 1] - changed[last] <= (2 * Context) + 1)
            {
                last++;
            }

            int start = Math.Max(0, changed[first] - Context), end = Math.Min(old.Count, changed[last] + Context + 1);
            output.Write(Encoding.ASCII.GetBytes($"@@ -{start + 1},{end - start} +{start + 1},{end - start} @@\n"));
            Hunk(start, end, changed[first..(last + 1)]);
            first = last + 1;
        }

        void Hunk(int start, int end, IReadOnlyCollection<int> lines)
        {
            for (int line = start; line < end;)
            {
                int run = line;
                while (run < end && lines.Contains(run))
                {
                    run++;
                }

                for (int removed = line; removed < run; removed++)
                {
                    Line("-"u8, before.AsSpan(old[removed]));
                }

                for (int added = line; added < run; added++)
                {
                    Line("+"u8, after.AsSpan(now[added]));
                }

                if (run == line)
                {
                    Line(" "u8, before.AsSpan(old[run++]));
                }

                line = run;
            }
        }

        void Line(ReadOnlySpan<byte> sign, ReadOnlySpan<byte> text)
        {
            output.Write(sign);
            output.Write(text);
            if (!text.EndsWith("\n"u8))
            {
                output.Write("\n\\ No newline at end of file\n"u8);
            }
        }
    }

    private static List<Range> LinesOf(byte[] text)
    {
        var lines = new List<Range>();
        for (int start = 0; start < text.Length;)
        {
            int end = Array.IndexOf(text, (byte)'\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(start..end);
            start = end;
        }

        return lines;
    }

    // A tab ends a name with blanks in it; names with control characters, quotes or backslashes are written as C strings are.
    private static string Quoted(string path)
    {
        if (!path.Any(c => c is < ' ' or '"' or '\\'))
        {
            return path.Contains(' ') ? path + "\t" : path;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in path)
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : c < ' ' ? quoted.Append($"\\{Convert.ToString(c, 8).PadLeft(3, '0')}") : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
