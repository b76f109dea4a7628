using System.Text;

namespace MiniosBuild.Renaming.Headers;

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
        CTokens tokens = CLexer.Split(Encoding.Latin1.GetString(source));
        HashSet<int> macros = [.. CParser.Parse(tokens, [], []).Macros.Select(macro => tokens[macro.Token].Value)];
        var text = new StringBuilder(tokens.Text.Length * 9 / 8);
        for (int i = 0; i < tokens.Count; i++)
        {
            text.Append(tokens[i].Kind == CTokenKind.Word && macros.Contains(tokens[i].Value) ? prefix : "");
            text.Append(tokens[i].Kind switch
            {
                CTokenKind.Word when tokens.Span(i) is "struct" && IsTypeParameter(tokens, i + 1) => "",
                CTokenKind.Word when tokens.Span(i) is "__offsetof" => "offsetof",
                CTokenKind.HeaderName when tokens.Span(i) is "<sys/cdefs.h>" => "<stddef.h>",
                _ => tokens.Span(i),
            });
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static bool IsTypeParameter(CTokens tokens, int blank) =>
        blank + 1 < tokens.Count && tokens[blank].Kind == CTokenKind.Blank && tokens.Span(blank + 1) is "type";
}
