using System.Text;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>Gives the names in C text their new ones, by kind and scope, and leaves every other byte as it is.</summary>
public static class SourceRewriter
{
    /// <summary>Rewrites a header or source file.</summary>
    /// <param name="text">The file, in any encoding that extends ASCII: bytes above 0x7f belong to identifiers.</param>
    /// <param name="names">Old and new names.</param>
    /// <param name="options">What else to do.</param>
    public static RewrittenText Rewrite(ReadOnlySpan<byte> text, NameMap names, RewriteOptions options)
    {
        ReadOnlySpan<byte> mark = text.StartsWith("\uFEFF"u8) ? text[..3] : [];
        var rewriting = new SourceRewriting(CLexer.Split(Encoding.Latin1.GetString(text[mark.Length..])), names, options);
        string rewritten = rewriting.Run();
        byte[] bytes = new byte[mark.Length + rewritten.Length];
        mark.CopyTo(bytes);
        for (int i = 0; i < rewritten.Length; i++)
        {
            bytes[mark.Length + i] = (byte)rewritten[i];
        }

        return new RewrittenText(bytes, rewriting.Replacements, rewriting.Undecided);
    }
}

/// <summary>One identifier that got its new name.</summary>
/// <param name="Entry">The rename.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column, in bytes.</param>
public readonly record struct Replacement(NameMapEntry Entry, int Line, int Column);

/// <summary>C text after a rewrite: as many lines as before, each with its number.</summary>
/// <param name="Bytes">The text.</param>
/// <param name="Replacements">What was replaced, in order.</param>
/// <param name="Undecided">What a person has to look at (MINIOS1530-1539), in order.</param>
public sealed record RewrittenText(byte[] Bytes, IReadOnlyList<Replacement> Replacements, IReadOnlyList<Diagnostic> Undecided);
