using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>Gives the identifiers of a C header their new names and leaves every other byte as it is.</summary>
public static class HeaderRewriter
{
    /// <summary>Replaces whole identifiers outside comments, string and character literals, and header names of #include.</summary>
    public static string Rewrite(string text, IReadOnlyDictionary<string, string> renames) =>
        renames.Count == 0 ? text : new IdentifierReplacement(text, renames).Run();

    /// <summary>The same on bytes, whatever their encoding, as long as it extends ASCII: bytes above 0x7f belong to identifiers.</summary>
    public static byte[] Rewrite(ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, string> renames)
    {
        ReadOnlySpan<byte> mark = bytes.StartsWith("\uFEFF"u8) ? bytes[..3] : [];
        string text = Encoding.Latin1.GetString(bytes[mark.Length..]);
        return [.. mark, .. Encoding.Latin1.GetBytes(Rewrite(text, renames))];
    }
}
