using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Api;

/// <summary>Reads the text of an <see cref="ApiList"/>; every complaint names the line.</summary>
internal sealed class ApiListReader(string path)
{
    private readonly List<ApiSetting> _settings = [];
    private readonly List<ApiSymbol> _symbols = [];

    public ApiList Read(string text)
    {
        string[] lines = text.Split('\n');
        int count = lines.Length;
        while (count > 0 && string.IsNullOrWhiteSpace(lines[count - 1]))
        {
            count--;
        }

        for (int i = 0; i < count; i++)
        {
            string line = lines[i].TrimEnd('\r', ' ', '\t');
            if (line.StartsWith('#'))
            {
                ReadComment(line, i + 1);
            }
            else if (line.Length > 0)
            {
                ReadSymbol(line, i + 1);
            }
        }

        return new ApiList(_settings, _symbols, count);
    }

    /// <summary>"# name: words" is a setting; any other comment is the owner's.</summary>
    private void ReadComment(string line, int number)
    {
        int colon = line.IndexOf(':');
        if (colon > 2 && line[1] == ' ' && line.AsSpan(2, colon - 2).IndexOfAnyExceptInRange('a', 'z') < 0)
        {
            string name = line[2..colon];
            if (_settings.Find(setting => setting.Name == name) is { } first)
            {
                throw Malformed(number, $"the setting \"{name}\" is given in line {first.Line} already; keep one of the two.");
            }

            _settings.Add(ApiSetting.Of(name, line[(colon + 1)..]) with { Line = number });
        }
    }

    private void ReadSymbol(string line, int number)
    {
        string[] fields = line.Split(' ');
        if (fields.Length != 3 || !ApiText.TryUnescape(fields[0], out string? name) || !ApiText.TryUnescape(fields[2], out string? library)
            || name.Length == 0 || library.Length == 0)
        {
            throw Malformed(number, $"expected \"NAME KIND LIBRARY\" or a comment that begins with #, found \"{line}\".");
        }

        if (!ApiText.TryKind(fields[1], out SymbolKind kind))
        {
            throw Malformed(number, $"the kind of \"{name}\" is \"{fields[1]}\"; expected function, data, tls or ifunc.");
        }

        if (_symbols.Count > 0 && string.CompareOrdinal(_symbols[^1].Name, name) is var order and >= 0)
        {
            throw Malformed(number, order == 0
                ? $"\"{name}\" is listed in line {_symbols[^1].Line} already; keep one of the two."
                : $"\"{name}\" comes after \"{_symbols[^1].Name}\"; sort the lines by name, in the order of the characters' codes, or write the list anew.");
        }

        _symbols.Add(new ApiSymbol(name, kind, library, number));
    }

    private DiagnosticException Malformed(int line, string message) =>
        new(Diagnostic.Error(ApiCodes.NotAList, $"not a list of public symbols: {message}", path, line));
}
