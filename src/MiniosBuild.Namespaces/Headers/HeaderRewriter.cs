using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>Gives functions and variables in a C header their new names and leaves every other byte as it is.</summary>
public static class HeaderRewriter
{
    /// <summary>Rewrites a text.</summary>
    public static string Rewrite(string text, IReadOnlyDictionary<string, string> renames) =>
        Encoding.UTF8.GetString(Rewrite(Encoding.UTF8.GetBytes(text), renames, null));

    /// <summary>Rewrites a header, with new header names for #include and __has_include.</summary>
    /// <param name="bytes">The header.</param>
    /// <param name="renames">New names of functions and variables.</param>
    /// <param name="headerName">The new spelling of a header name (<see cref="RewriteOptions.HeaderName"/>).</param>
    public static byte[] Rewrite(ReadOnlySpan<byte> bytes, IReadOnlyDictionary<string, string> renames, Func<string, string?>? headerName)
    {
        NameMap names = NameMap.Of(renames.Select(rename => new NameMapEntry(HeaderNameKind.Function, rename.Key, rename.Value)));
        return SourceRewriter.Rewrite(bytes, names, new RewriteOptions { HeaderName = headerName }).Bytes;
    }
}
