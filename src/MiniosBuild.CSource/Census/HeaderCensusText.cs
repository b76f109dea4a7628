using System.Globalization;
using System.Text;
using MiniosBuild.CSource.Joining;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>The census's file: a table of files, one of names, and for each header the numbers of what it gives.</summary>
public static class HeaderCensusText
{
    private const string Heading = "# minios header census 4";

    private static readonly string[] Views = ["", "i", "o"];

    public static string Write(HeaderCensus census)
    {
        var text = new StringBuilder(Heading).Append('\n');
        var files = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new Dictionary<HeaderName, int>(ReferenceEqualityComparer.Instance);
        foreach (HeaderName name in census.Headers.SelectMany(header => header.Names).Select(entry => entry.Name).Concat(census.Others))
        {
            if (files.TryAdd(name.Site.File, files.Count))
            {
                text.Append("file\t").Append(Escaped(name.Site.File)).Append('\n');
            }

            if (names.TryAdd(name, names.Count))
            {
                Append(text, name, files[name.Site.File]);
            }
        }

        foreach (CensusHeader header in census.Headers)
        {
            text.Append("header\t").Append(Escaped(header.Place)).Append('\t').Append(Escaped(header.Path)).Append('\t');
            text.AppendJoin(' ', header.Names.Select(entry => $"{names[entry.Name]}{"optf"[(int)entry.Origin]}{Views[(int)entry.View]}")).Append('\n');
            foreach (HeaderText assembly in header.AssemblyTexts)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(assembly.IsLabel ? "label" : "assembly")}\t{assembly.Site.Line}\t{Escaped(assembly.Text)}\n");
            }

            if (header.Refusal is { } refusal)
            {
                text.Append(CultureInfo.InvariantCulture, $"refused\t{refusal.Site.Line}\t{refusal.Column}\t{Escaped(refusal.Site.File)}\t{Escaped(refusal.Message)}\n");
            }

            text.Append("words\t").AppendJoin(' ', header.Words.Select(word => $"{word.Text}:{word.Line}:{word.Column}:{(int)word.Uses}")).Append('\n');
        }

        foreach (HeaderInclude host in census.HostHeaders)
        {
            text.Append(CultureInfo.InvariantCulture, $"host\t{Escaped(host.File)}\t{host.Site.Line}\t{Escaped(host.Site.File)}\n");
        }

        text.Append("asked\t").AppendJoin(' ', census.Asked.Order(StringComparer.Ordinal)).Append('\n');
        AppendJoins(text, census);
        return text.Append("others\t").AppendJoin(' ', census.Others.Select(name => names[name])).Append('\n').ToString();
    }

    public static HeaderCensus Read(string text, string path)
    {
        var files = new List<string>();
        var names = new List<HeaderName>();
        var headers = new List<CensusHeader>();
        var others = new List<HeaderName>();
        var hosts = new List<HeaderInclude>();
        var operands = new List<JoinOperand>();
        var joins = new List<JoinedName>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                string[] fields = lines[i].Split('\t');
                switch (fields[0])
                {
                    case Heading when i == 0:
                    case "" when i > 0 && lines[i].Length == 0:
                        break;
                    case "file" when i > 0:
                        files.Add(Plain(fields[1]));
                        break;
                    case "name" when i > 0:
                        names.Add(Name(fields, files));
                        break;
                    case "header" when i > 0:
                        headers.Add(new CensusHeader(Plain(fields[1]), Plain(fields[2]), [.. Words(fields[3]).Select(word => Entry(word, names))]));
                        break;
                    case "words" when headers.Count > 0:
                        headers[^1] = headers[^1] with { Words = [.. Words(fields[1]).Select(Word)] };
                        break;
                    case "assembly" or "label" when headers.Count > 0:
                        headers[^1] = headers[^1] with
                        {
                            AssemblyTexts = [.. headers[^1].AssemblyTexts, new HeaderText(fields[0] == "label", Plain(fields[2]), new DeclarationSite(headers[^1].Path, Number(fields[1])))],
                        };
                        break;
                    case "refused" when headers.Count > 0:
                        headers[^1] = headers[^1] with { Refusal = new HeaderRefusal(Plain(fields[4]), new DeclarationSite(Plain(fields[3]), Number(fields[1])), Number(fields[2])) };
                        break;
                    case "host" when i > 0:
                        hosts.Add(new HeaderInclude(new DeclarationSite(Plain(fields[3]), Number(fields[2])), Plain(fields[1])));
                        break;
                    case "asked" when i > 0:
                        asked.UnionWith(Words(fields[1]));
                        break;
                    case "operand" when i > 0:
                        operands.Add(new JoinOperand(headers[Number(fields[1])].Place, Number(fields[2]), fields[3]) { Uses = (JoinUses)Number(fields[4]) });
                        break;
                    case "join" when i > 0:
                        joins.Add(new JoinedName(fields[1], [.. Words(fields[3]).Select(word => Piece(word, operands))], fields[2].Length == 0 ? null : operands[Number(fields[2])]));
                        break;
                    case "others" when i > 0:
                        others.AddRange(Words(fields[1]).Select(word => names[Number(word)]));
                        break;
                    default:
                        throw new FormatException(i == 0 ? $"expected the heading \"{Heading}\"" : $"\"{fields[0]}\" begins no line of a census");
                }
            }
            catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException or IndexOutOfRangeException)
            {
                string reason = e is FormatException ? e.Message.TrimEnd('.') : "a field is missing, or names what is not there";
                throw new DiagnosticException(Diagnostic.Error(
                    HeaderCodes.NotACensus, $"not a header census: {reason}; delete the file, and it is made anew.", path, i + 1));
            }
        }

        return new HeaderCensus(headers, others, hosts, joins, asked);
    }

    private static void AppendJoins(StringBuilder text, HeaderCensus census)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (CensusHeader header in census.Headers)
        {
            places.Add(header.Place, places.Count);
        }

        var operands = new Dictionary<JoinOperand, int>();
        foreach (JoinOperand operand in census.Joins.SelectMany(join => join.Pieces.Select(piece => piece.Operand).Append(join.Parameter)).OfType<JoinOperand>())
        {
            if (operands.TryAdd(operand, operands.Count))
            {
                text.Append(CultureInfo.InvariantCulture, $"operand\t{places[operand.Place]}\t{operand.Offset}\t{operand.Text}\t{(int)operand.Uses}\n");
            }
        }

        foreach (JoinedName join in census.Joins)
        {
            text.Append("join\t").Append(join.Name).Append('\t').Append(join.Parameter is null ? "" : $"{operands[join.Parameter]}").Append('\t');
            text.AppendJoin(' ', join.Pieces.Select(piece => piece.Operand is null ? "=" + piece.Text : $"{operands[piece.Operand]}")).Append('\n');
        }
    }

    private static JoinPiece Piece(string word, List<JoinOperand> operands) => word[0] == '=' ? new JoinPiece(word[1..], null)
        : operands[Number(word)] is var operand ? new JoinPiece(operand.Text, operand) : default;

    private static void Append(StringBuilder text, HeaderName name, int file)
    {
        text.Append(CultureInfo.InvariantCulture, $"name\t{name.Kind.Word()}\t{Escaped(name.Name)}\t{file}\t{name.Site.Line}\t");
        text.Append(name.IsDefinition ? "d" : "").Append(name.IsGuard ? "g" : "").Append(name.IsUndone ? "u" : "").Append('\t').Append(Optional(name.Symbol));
        text.Append('\t').Append(Optional(name.TagWord)).Append('\t').Append(Optional(name.Body));
        text.Append('\t').AppendJoin(' ', name.Parameters.Select(Escaped)).Append('\t').AppendJoin(' ', name.Uses.Select(Escaped)).Append('\n');
    }

    private static HeaderName Name(string[] fields, List<string> files) => new(
        HeaderNameKinds.Parse(fields[1]) ?? throw new FormatException($"\"{fields[1]}\" is no kind of name"),
        Plain(fields[2]),
        new DeclarationSite(files[Number(fields[3])], Number(fields[4])))
    {
        IsDefinition = fields[5].Contains('d'),
        IsGuard = fields[5].Contains('g'),
        IsUndone = fields[5].Contains('u'),
        Symbol = OptionalText(fields[6]),
        TagWord = OptionalText(fields[7]),
        Body = OptionalText(fields[8]),
        Parameters = [.. Words(fields[9]).Select(Plain)],
        Uses = [.. Words(fields[10]).Select(Plain)],
    };

    private static CensusName Entry(string word, List<HeaderName> names)
    {
        int end = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        int origin = end < 0 ? -1 : "optf".IndexOf(word[end]);
        int view = origin < 0 ? -1 : Array.IndexOf(Views, word[(end + 1)..]);
        return view < 0
            ? throw new FormatException($"\"{word}\" is no number of a name with its origin")
            : new CensusName(names[Number(word[..end])], (HeaderOrigin)origin, (HeaderView)view);
    }

    private static HeaderWord Word(string word)
    {
        string[] parts = word.Split(':');
        return new HeaderWord(parts[0], Number(parts[1]), Number(parts[2]), (HeaderWordUses)Number(parts[3]));
    }

    private static int Number(string word) => int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string[] Words(string field) => field.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Optional(string? text) => text is null ? "" : "=" + Escaped(text);

    private static string? OptionalText(string field) => field.Length == 0 ? null : Plain(field[1..]);

    private static string Escaped(string text) => text.AsSpan().IndexOfAny("\\\t\n\r") < 0
        ? text
        : text.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");

    private static string Plain(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' || ++i == text.Length ? text[Math.Min(i, text.Length - 1)] : text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', char other => other });
        }

        return plain.ToString();
    }
}
