using System.Text;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>
/// Old and new names of everything that headers declare, apart by C's name spaces: what becomes of an identifier depends on whether it is
/// a macro, a tag, or any other name. Immutable.
/// </summary>
public sealed class NameMap
{
    private const string Heading = "# minios names 1: KIND OLD NEW";
    private const string PartWord = "part";
    private const string NoPart = "##"; // Stands for the old spelling of a part that the headers did not have.

    private readonly Dictionary<string, NameMapEntry> _macros = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameMapEntry> _ordinary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameMapEntry> _tags = new(StringComparer.Ordinal);

    private NameMap(IEnumerable<NameMapEntry> entries, IEnumerable<(string Old, string New)> parts)
    {
        Parts = [.. parts.Distinct().OrderBy(part => part.Old, StringComparer.Ordinal).ThenBy(part => part.New, StringComparer.Ordinal)];
        foreach (NameMapEntry entry in entries.OrderBy(e => e.Kind).ThenBy(e => e.Old, StringComparer.Ordinal))
        {
            // A macro that is defined in both forms counts as the one that every token meets.
            SpaceOf(entry.Kind).TryAdd(entry.Old, entry);
        }

        Entries = [.. _macros.Values.Concat(_ordinary.Values).Concat(_tags.Values).OrderBy(e => e.Kind).ThenBy(e => e.Old, StringComparer.Ordinal)];
    }

    /// <summary>Renames nothing.</summary>
    public static NameMap Empty { get; } = new([], []);

    /// <summary>All renames, sorted by kind and old name.</summary>
    public IReadOnlyList<NameMapEntry> Entries { get; }

    /// <summary>Words in macros of the headers that ## joins to arguments, and what they become; empty for one that the headers did not have.</summary>
    public IReadOnlyList<(string Old, string New)> Parts { get; }

    /// <summary>A map of entries; of several of one name in one name space the first kind stays.</summary>
    public static NameMap Of(IEnumerable<NameMapEntry> entries) => new(entries, []);

    /// <summary>The same with parts.</summary>
    public NameMap WithParts(IEnumerable<(string Old, string New)> parts) => new(Entries, parts);

    /// <summary>Reads what <see cref="ToText"/> wrote; lines that are blank or start with <c>#</c> say nothing.</summary>
    /// <exception cref="DiagnosticException">MINIOS1519: not such a file, with the line.</exception>
    public static NameMap Parse(string text, string path)
    {
        var entries = new List<NameMapEntry>();
        var parts = new List<(string Old, string New)>();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [PartWord, var old, var part])
            {
                parts.Add((old == NoPart ? "" : old, part == NoPart ? "" : part));
                continue;
            }

            if (words.Length != 3 || HeaderNameKinds.Parse(words[0]) is not { } kind)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    HeaderCodes.NotATable, $"expected \"KIND OLD NEW\" with one of the kinds macro, function-macro, function, variable, typedef, tag and enumerator, found \"{line}\"", path, i + 1));
            }

            entries.Add(new NameMapEntry(kind, words[1], words[2]));
        }

        return new NameMap(entries, parts);
    }

    /// <summary>The new name of a macro; its entry says whether it has parameters. Null when it keeps its name.</summary>
    public NameMapEntry? Macro(string name) => Find(_macros, name);

    /// <summary>The new name of a function, variable, typedef or enumerator; null when it keeps its name.</summary>
    public NameMapEntry? Ordinary(string name) => Find(_ordinary, name);

    /// <summary>The new name of a tag; null when it keeps its name.</summary>
    public NameMapEntry? Tag(string name) => Find(_tags, name);

    /// <summary>The map back. Entries of which several have one new name go back to the first old one.</summary>
    public NameMap Inverse() => new(Entries.Select(entry => new NameMapEntry(entry.Kind, entry.New, entry.Old)), Parts.Select(part => (part.New, part.Old)));

    /// <summary>One rename a line, sorted; equal maps give equal texts.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Heading).Append('\n');
        foreach (NameMapEntry entry in Entries)
        {
            text.Append($"{entry.Kind.Word()} {entry.Old} {entry.New}\n");
        }

        foreach ((string old, string part) in Parts)
        {
            text.Append($"{PartWord} {(old.Length == 0 ? NoPart : old)} {(part.Length == 0 ? NoPart : part)}\n");
        }

        return text.ToString();
    }

    private Dictionary<string, NameMapEntry> SpaceOf(HeaderNameKind kind) => kind.IsMacro() ? _macros : kind == HeaderNameKind.Tag ? _tags : _ordinary;

    private static NameMapEntry? Find(Dictionary<string, NameMapEntry> space, string name) => space.TryGetValue(name, out NameMapEntry entry) ? entry : null;
}

/// <summary>A name of the sources and its new one.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Old">The name in the sources.</param>
/// <param name="New">The name in the namespace.</param>
public readonly record struct NameMapEntry(HeaderNameKind Kind, string Old, string New);
