namespace MiniosBuild.Toolchain.Compilation;

/// <summary>What the preprocessor makes of a source that includes several headers, with the directives that it keeps (GCC manual, -dD: each at the start of a line, with one blank).</summary>
internal sealed class UmbrellaText
{
    /// <summary>Stands in front of each header, with its number behind.</summary>
    public const string Begin = "#pragma minios_header ";

    /// <summary>Stands behind each header.</summary>
    public const string End = "#pragma minios_header_end";

    private readonly List<HeaderPart> _parts = [];
    private readonly HashSet<string> _predefined = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _left = new(StringComparer.Ordinal);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    public UmbrellaText(string text)
    {
        int start = -1, marker = -1;
        bool leavesTraces = false;
        List<string> fresh = [];
        HashSet<string> first = new(StringComparer.Ordinal), files = first; // What -include names comes before every header.
        for (int at = text.StartsWith('#') ? 0 : Next(0); at >= 0; at = Next(at))
        {
            ReadOnlySpan<char> line = text.AsSpan(at, End(at) - at);
            if (line is ['#', ' ', ..])
            {
                marker = at;
                AddFile(files, line);
            }
            else if (line.StartsWith("#define "))
            {
                string name = Name(line["#define ".Length..]);
                if (_parts.Count == 0 && start < 0)
                {
                    _predefined.Add(name);
                }
                else if (_predefined.Contains(name))
                {
                    leavesTraces = true;
                }
                else if (!_live.ContainsKey(name))
                {
                    _live.Add(name, marker < 0 ? "" : text[marker..End(marker)].Split('"').ElementAtOrDefault(1) ?? "");
                    fresh.Add(name);
                }
            }
            else if (line.StartsWith("#undef "))
            {
                string name = Name(line["#undef ".Length..]);
                leavesTraces |= start >= 0 && _predefined.Contains(name);
                _live.Remove(name);
            }
            else if (line.StartsWith(Begin))
            {
                (start, leavesTraces, files) = (at + line.Length + 1, false, new(first, StringComparer.Ordinal));
                _met.UnionWith(fresh.Where(_live.ContainsKey));
                fresh.Clear();
            }
            else if (line.StartsWith(UmbrellaText.End))
            {
                _parts.Add(new HeaderPart(text[start..at], files, leavesTraces));
                (start, files) = (-1, new(StringComparer.Ordinal));
                foreach (string name in fresh.Where(_live.ContainsKey))
                {
                    _left.TryAdd(name, _live[name]);
                }
            }
            else if (line.StartsWith("#pragma ") && (line.Contains("poison", StringComparison.Ordinal) || line.Contains("push_macro", StringComparison.Ordinal) || line.Contains("pop_macro", StringComparison.Ordinal)))
            {
                leavesTraces = true;
            }
        }

        int Next(int from) => text.IndexOf("\n#", from, StringComparison.Ordinal) is >= 0 and int found ? found + 1 : -1;
        int End(int from) => text.IndexOf('\n', from) is >= 0 and int end ? end : text.Length;
    }

    /// <summary>The parts of the headers, in their order.</summary>
    public IReadOnlyList<HeaderPart> Parts => _parts;

    /// <summary>The macros that each header left defined, with the file that defined each, as the line marker spells it; in the order of their definitions.</summary>
    public IReadOnlyDictionary<string, string> Left => _left;

    /// <summary>Those of them that were still there when another header began.</summary>
    public IReadOnlyCollection<string> Met => _met;

    private static void AddFile(HashSet<string> files, ReadOnlySpan<char> marker)
    {
        int open = marker.IndexOf('"') + 1, close = marker.LastIndexOf('"');
        if (open > 0 && close > open && files.GetAlternateLookup<ReadOnlySpan<char>>() is var known && !known.Contains(marker[open..close]))
        {
            known.Add(marker[open..close]);
        }
    }

    private static string Name(ReadOnlySpan<char> text) => (text.IndexOfAny(' ', '(') is >= 0 and int end ? text[..end] : text.TrimEnd('\r')).ToString();
}

/// <summary>The part of a preprocessed umbrella that one header gave.</summary>
/// <param name="Text">The part, from the header's first line marker on.</param>
/// <param name="Files">The files that its line markers name, and those before the first header.</param>
/// <param name="LeavesTraces">Whether it leaves behind what no #undef takes back: a change to a predefined macro, or a pragma that the preprocessor itself obeys.</param>
internal sealed record HeaderPart(string Text, IReadOnlyCollection<string> Files, bool LeavesTraces);
