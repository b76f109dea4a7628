using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>Gives the identifiers of a C header their new names and leaves every other byte as it is.</summary>
public static class HeaderRewriter
{
    /// <summary>Replaces whole identifiers outside comments, string and character literals, and header names of #include.</summary>
    public static string Rewrite(string text, IReadOnlyDictionary<string, string> renames) =>
        Rewrite(text, renames, null);

    /// <summary>The same on bytes, whatever their encoding, as long as it extends ASCII: bytes above 0x7f belong to identifiers.</summary>
    public static byte[] Rewrite(ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, string> renames) => Rewrite(bytes, renames, null);

    /// <summary>The same, with new header names for #include and __has_include.</summary>
    /// <param name="bytes">The header.</param>
    /// <param name="renames">New names of identifiers.</param>
    /// <param name="headerName">
    /// The new spelling of a header name, delimiters included (<c>&lt;types.h&gt;</c>), or null to leave it. Not asked about
    /// #include_next and #embed.
    /// </param>
    public static byte[] Rewrite(ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, string> renames, Func<string, string?>? headerName)
    {
        ReadOnlySpan<byte> mark = bytes.StartsWith("\uFEFF"u8) ? bytes[..3] : [];
        string text = Encoding.Latin1.GetString(bytes[mark.Length..]);
        return [.. mark, .. Encoding.Latin1.GetBytes(Rewrite(text, renames, headerName))];
    }

    private static string Rewrite(string text, IReadOnlyDictionary<string, string> renames, Func<string, string?>? headerName) =>
        renames.Count == 0 && headerName is null ? text : new IdentifierReplacement(text, (name, _) => renames.GetValueOrDefault(name), headerName).Run();
}
