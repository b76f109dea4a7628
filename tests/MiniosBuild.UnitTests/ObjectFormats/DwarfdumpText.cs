using System.Globalization;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>What llvm-dwarfdump says of the entries of an object: the places of each name.</summary>
internal sealed partial class DwarfdumpText
{
    private readonly Dictionary<ulong, Dictionary<string, string>> _entries = [];

    public DwarfdumpText(string path)
    {
        Dictionary<string, string>? current = null;
        RealTool.RunLines(LlvmTool.Find("llvm-dwarfdump"), ["--debug-info", path], line =>
        {
            if (Entry().Match(line) is { Success: true } entry)
            {
                current = new() { ["tag"] = entry.Groups[2].Value };
                _entries[ulong.Parse(entry.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)] = current;
            }
            else if (current is not null && Attribute().Match(line) is { Success: true } attribute)
            {
                current.TryAdd(attribute.Groups[1].Value, attribute.Groups[2].Value);
            }
        });
    }

    /// <summary>File, line and column of every entry of that name that has a place of its own or by reference.</summary>
    public IReadOnlySet<(string File, int Line, int Column)> PlacesOf(string name, bool definedOnly) => _entries
        .Where(entry => !definedOnly || entry.Value.ContainsKey("DW_AT_low_pc") || entry.Value.ContainsKey("DW_AT_ranges")
            || entry.Value.GetValueOrDefault("DW_AT_location", "").Contains("DW_OP_", StringComparison.Ordinal))
        .Where(entry => Text(Find(entry.Key, "DW_AT_linkage_name")) == name || Text(Find(entry.Key, "DW_AT_name")) == name)
        .Select(entry => (File: Text(Find(entry.Key, "DW_AT_decl_file")), Line: Number(Find(entry.Key, "DW_AT_decl_line")),
            Column: Number(Find(entry.Key, "DW_AT_decl_column"))))
        .Where(place => place.File is not null && place.Line > 0)
        .Select(place => (place.File!, place.Line, place.Column))
        .ToHashSet();

    private string? Find(ulong offset, string attribute)
    {
        while (_entries.TryGetValue(offset, out Dictionary<string, string>? entry))
        {
            if (entry.TryGetValue(attribute, out string? value))
            {
                return value;
            }

            string? reference = entry.GetValueOrDefault("DW_AT_specification") ?? entry.GetValueOrDefault("DW_AT_abstract_origin");
            if (reference is null)
            {
                return null;
            }

            offset = ulong.Parse(Hexadecimal().Match(reference).Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return null;
    }

    private static string? Text(string? value) => value is null ? null : Quoted().Match(value).Groups[1].Value;

    private static int Number(string? value) => value is null ? 0
        : value.StartsWith("0x", StringComparison.Ordinal)
            ? int.Parse(value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : int.Parse(value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^0x([0-9a-f]+): +DW_TAG_(\\w+)")]
    private static partial Regex Entry();

    [GeneratedRegex("^ +(DW_AT_\\w+)\\t\\((.*?)\\)?$")]
    private static partial Regex Attribute();

    [GeneratedRegex("0x([0-9a-f]+)")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("\"(.*?)\"")]
    private static partial Regex Quoted();
}
