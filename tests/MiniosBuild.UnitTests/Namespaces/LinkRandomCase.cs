using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Objects and archives at random, in the order of a command line.</summary>
internal sealed class LinkRandomCase
{
    private readonly Random _random;
    private readonly string[] _names;
    private readonly List<string> _log = [];
    private ulong _lastId;

    public LinkRandomCase(int seed)
    {
        _random = new Random(seed);
        _names = [.. Enumerable.Range(0, _random.Next(3, 11)).Select(i => $"n{i}")];
        int count = _random.Next(2, 7);
        int group = 0;
        int inGroup = 0;
        for (int i = 0; i < count; i++)
        {
            if (inGroup == 0 && _random.Next(4) == 0)
            {
                inGroup = _random.Next(1, 4);
                group++;
            }

            Add(i, inGroup > 0 ? group : 0, i == 0);
            inGroup = Math.Max(0, inGroup - 1);
        }

        AddOptions();
    }

    public List<LinkInput> Inputs { get; } = [];

    /// <summary>The files that only linker scripts name, by name.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public List<string> Options { get; } = [];

    public override string ToString() => string.Join('\n', _log);

    private void Add(int number, int group, bool isFirst)
    {
        string place = group > 0 ? $"[group {group}] " : "";
        if (!isFirst && _random.Next(5) == 0)
        {
            AddScript(number, group, place);
            return;
        }

        Inputs.Add(File($"{number}", group, place, isFirst));
    }

    /// <summary>A script among the files, with statements and files of its own, one of which may be a script again.</summary>
    private void AddScript(int number, int group, string place)
    {
        bool isWhole = _random.Next(8) == 0;
        string name = $"s{number}.ld";
        _log.Add($"{place}{name}{(isWhole ? " (whole)" : "")}");
        string text = Script($"{number}", 0);
        Inputs.Add(new LinkInput(LinkParty.Guest, "script", name, System.Text.Encoding.ASCII.GetBytes(text)) { Group = group, IsWhole = isWhole });
    }

    private string Script(string number, int depth)
    {
        string Any() => _names[_random.Next(_names.Length)];
        var text = new System.Text.StringBuilder();
        int count = _random.Next(1, 4);
        for (int i = 0; i < count; i++)
        {
            switch (_random.Next(6))
            {
                case 0:
                    text.Append($"{Any()} = 0x{_random.Next(0x100, 0x1000):x};\n");
                    break;
                case 1:
                    text.Append($"PROVIDE({Any()} = 0x{_random.Next(0x100, 0x1000):x});\n");
                    break;
                case 2:
                    text.Append($"EXTERN({Any()})\n");
                    break;
                default:
                    string command = _random.Next(2) == 0 ? "INPUT" : "GROUP";
                    string[] files = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(j => Named($"{number}x{i}{j}", depth))];
                    text.Append($"{command}({string.Join(" ,", files)})\n");
                    break;
            }
        }

        _log.AddRange(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    s{number}.ld: {line}"));
        return text.ToString();
    }

    private string Named(string number, int depth)
    {
        if (depth < 2 && _random.Next(5) == 0)
        {
            string text = Script(number, depth + 1);
            Files.Add($"s{number}.ld", System.Text.Encoding.ASCII.GetBytes(text));
            return $"s{number}.ld";
        }

        LinkInput file = File(number, 0, "    ", isFirst: false);
        Files.Add(file.Path, file.Data.ToArray());
        return _random.Next(4) == 0 ? $"AS_NEEDED({file.Path})" : file.Path;
    }

    private LinkInput File(string number, int group, string place, bool isFirst)
    {
        if (isFirst || _random.Next(3) == 0)
        {
            LinkMadeObject made = Object($"o{number}.o");
            if (isFirst)
            {
                made.Definitions.Insert(0, ("_start", false, false));
            }

            _log.Add(place + made);
            return new LinkInput(LinkParty.Guest, "guest", made.Name, made.Write(ref _lastId)) { Group = group };
        }

        var archive = new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow };
        int members = _random.Next(1, 6);
        bool isWhole = !place.StartsWith(' ') && _random.Next(12) == 0;
        _log.Add($"{place}a{number}.a{(isWhole ? " (whole)" : "")}");
        for (int i = 0; i < members; i++)
        {
            LinkMadeObject made = Object($"a{number}m{i}.o");
            byte[] bytes = made.Write(ref _lastId);
            string[] index = [.. ElfFile.Parse(bytes).Symbols.Where(symbol => symbol.IsGlobal && symbol.IsDefined).Select(symbol => symbol.Name)];
            archive.Add(made.Name, bytes, index);
            _log.Add("    " + made);
        }

        return new LinkInput(LinkParty.Libc, $"a{number}", $"a{number}.a", archive.Write().Bytes) { Group = group, IsWhole = isWhole };
    }

    private LinkMadeObject Object(string name)
    {
        var made = new LinkMadeObject(name);
        // No name twice in an object.
        var left = new Queue<string>(_names.OrderBy(_ => _random.Next()));
        int count = _random.Next(1, Math.Min(6, _names.Length + 1));
        for (int i = 0; i < count && left.Count > 0; i++)
        {
            string symbol = left.Dequeue();
            switch (_random.Next(20))
            {
                case < 4:
                    made.Definitions.Add((symbol, false, _random.Next(2) == 0));
                    break;
                case < 6:
                    made.Definitions.Add((symbol, true, _random.Next(2) == 0));
                    break;
                case < 8:
                    made.Commons.Add((symbol, (ulong)(8 * _random.Next(1, 4))));
                    break;
                case 8:
                    made.Absolutes.Add((symbol, (ulong)_random.Next(1, 3)));
                    break;
                case 9 or 10:
                    string[] names = left.Count > 0 && _random.Next(2) == 0 ? [symbol, left.Dequeue()] : [symbol];
                    string signature = $"s{_random.Next(3)}";
                    if (made.Groups.TrueForAll(other => other.Signature != signature))
                    {
                        made.Groups.Add((signature, names, _random.Next(2) == 0));
                    }

                    break;
                case 11:
                    string once = $"s{_random.Next(3)}";
                    if (made.LinkOnce.TrueForAll(other => other.Name != once) && made.Groups.TrueForAll(other => other.Signature != once))
                    {
                        made.LinkOnce.Add((once, symbol));
                    }

                    break;
                case < 18:
                    made.References.Add((symbol, false));
                    break;
                default:
                    made.References.Add((symbol, true));
                    break;
            }
        }

        return made;
    }

    private void AddOptions()
    {
        string Any() => _names[_random.Next(_names.Length)];
        switch (_random.Next(8))
        {
            case 0:
                Options.AddRange(["-u", Any()]);
                break;
            case 1:
                Options.Add($"--defsym={Any()}=0x7777");
                break;
            case 2:
                Options.AddRange(["-z", "muldefs"]);
                break;
            case 3:
                Options.Add($"--undefined={Any()}");
                break;
        }

        _log.Add(string.Join(' ', Options));
    }
}
