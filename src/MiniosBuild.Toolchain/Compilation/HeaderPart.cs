namespace MiniosBuild.Toolchain.Compilation;

/// <summary>The part of a preprocessed umbrella that one header gave.</summary>
internal sealed class HeaderPart(string text)
{
    /// <summary>The part, from the header's first line marker on.</summary>
    public string Text { get; } = text;

    /// <summary>The macros that it defines, in order, repeats included.</summary>
    public IReadOnlyList<string> Defined { get; } = MacroLines.Names(text, "#define ");

    /// <summary>Whether it leaves behind what no #undef takes back: a change to a predefined macro, or a pragma that the preprocessor itself obeys.</summary>
    public bool LeavesTraces(IReadOnlySet<string> predefined) =>
        Defined.Any(predefined.Contains) || MacroLines.Names(Text, "#undef ").Any(predefined.Contains)
        || MacroLines.Of(Text, "#pragma ").Any(line => line.Contains("poison") || line.Contains("push_macro") || line.Contains("pop_macro"));
}
