using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>
/// Makes a tree's list.h from BSD's sys/queue.h: the same lists under names that no other queue.h of a program has, so that both
/// can be included.
/// </summary>
public static class QueueHeader
{
    /// <summary>
    /// Puts the prefix before every macro that the header defines, its include guard too: LIST_HEAD becomes MINIOS_LIST_HEAD. Callers
    /// pass a type (<c>struct thread</c>, or a typedef's name) where BSD's macros want a tag, so <c>struct type</c> becomes <c>type</c>.
    /// BSD's own sys/cdefs.h, of which such headers only use __offsetof, is replaced by C's stddef.h. All else stays as it is.
    /// </summary>
    /// <param name="source">The header, in any encoding that extends ASCII.</param>
    /// <param name="prefix">What the names get, for example <c>MINIOS_</c>.</param>
    public static byte[] Prefix(ReadOnlySpan<byte> source, string prefix)
    {
        string text = Encoding.Latin1.GetString(source);
        var names = new IdentifierReplacement(text, (_, _) => null);
        names.Run();
        var renaming = new IdentifierReplacement(
            text,
            (name, rest) => names.Macros.Contains(name) ? prefix + name
                : name == "struct" && IsTypeParameter(rest) ? ""
                : name == "__offsetof" ? "offsetof"
                : null,
            header => header == "<sys/cdefs.h>" ? "<stddef.h>" : null);
        return Encoding.Latin1.GetBytes(renaming.Run());
    }

    private static bool IsTypeParameter(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> next = rest.TrimStart(" \t");
        return next.Length < rest.Length && next.StartsWith("type") && (next.Length == 4 || !(char.IsAsciiLetterOrDigit(next[4]) || next[4] == '_'));
    }
}
