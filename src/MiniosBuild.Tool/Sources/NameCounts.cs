using System.Text.Json;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Tool.Reports;

namespace MiniosBuild.Tool.Sources;

/// <summary>How many words were replaced, by what they name.</summary>
internal static class NameCounts
{
    /// <summary>"3 functions, 1 macro".</summary>
    public static string Text(IEnumerable<Replacement> replacements) =>
        string.Join(", ", Of(replacements).Select(kind => Words.Count(kind.Count, kind.Word)));

    /// <summary>A property for each kind that there is.</summary>
    public static void Write(Utf8JsonWriter json, string property, IEnumerable<Replacement> replacements)
    {
        json.WriteStartObject(property);
        foreach ((string word, int count) in Of(replacements))
        {
            json.WriteNumber(word, count);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<(string Word, int Count)> Of(IEnumerable<Replacement> replacements) => replacements
        .GroupBy(replacement => replacement.Entry.Kind.Text())
        .OrderBy(kind => kind.Min(replacement => replacement.Entry.Kind))
        .Select(kind => (kind.Key, kind.Count()));
}
