namespace MiniosBuild.Policy.Names;

/// <summary>The words for the values of an enumeration in files and properties: their names in lower case.</summary>
public static class EnumWords<T>
    where T : struct, Enum
{
    private static readonly T[] s_values = Enum.GetValues<T>();
    private static readonly string[] s_words = Array.ConvertAll(Enum.GetNames<T>(), name => name.ToLowerInvariant());

    /// <summary>All of them, for messages: "a", "b" or "c".</summary>
    public static string Listed => string.Join(", ", s_words.SkipLast(1).Select(word => $"\"{word}\"")) + $" or \"{s_words[^1]}\"";

    /// <summary>The value of a word; null when it is none.</summary>
    public static T? Find(string word) => Array.IndexOf(s_words, word) is >= 0 and int index ? s_values[index] : null;
}
