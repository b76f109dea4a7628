using System.Text;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tool.Sources;

/// <summary>Gives the functions, variables and macros in an assembly source their new names, and leaves every other byte.</summary>
internal static class AssemblyRewriter
{
    public static RewrittenText Rewrite(byte[] bytes, NameMap names)
    {
        string text = Encoding.Latin1.GetString(bytes);
        var output = new StringBuilder(text.Length + (text.Length / 8));
        var replacements = new List<Replacement>();
        int copied = 0;
        foreach (AssemblyName name in new AssemblyReader(text).Read())
        {
            if (NewName(name, names) is { } entry)
            {
                output.Append(text, copied, name.Start - copied).Append(entry.New);
                copied = name.Start + name.Text.Length;
                replacements.Add(new Replacement(entry, name.Line, name.Column));
            }
        }

        return new RewrittenText(Encoding.Latin1.GetBytes(output.Append(text, copied, text.Length - copied).ToString()), replacements, []);
    }

    // Types, tags and enumerators are C's alone.
    private static NameMapEntry? NewName(AssemblyName name, NameMap names) =>
        names.Macro(name.Text) is { } macro && (macro.Kind == HeaderNameKind.Macro || name.IsCalled || name.IsInDirective) ? macro
        : names.Ordinary(name.Text) is { Kind: HeaderNameKind.Function or HeaderNameKind.Variable } symbol ? symbol
        : null;
}
