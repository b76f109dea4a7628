namespace MiniosBuild.Renaming;

/// <summary>One thing that a list of public symbols depends on: the machine, the libc, the drivers, ….</summary>
/// <param name="Name">What it is called in the list's header: lower-case letters.</param>
/// <param name="Value">Its words, sorted, with a blank between them; empty when there are none.</param>
/// <param name="Line">The 1-based line of the list that it was read from; 0 when it was not read.</param>
public sealed record ApiSetting(string Name, string Value, int Line = 0)
{
    /// <summary>A setting made of words in any order.</summary>
    public static ApiSetting Of(string name, params IEnumerable<string> words) => new(
        name, string.Join(' ', words.SelectMany(word => word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal)));
}
