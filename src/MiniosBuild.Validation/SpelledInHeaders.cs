using System.Text.RegularExpressions;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation;

/// <summary>
/// The words that finished headers hand to the assembler: whoever uses such a header refers to them by that spelling, whatever the policy
/// says. It looks at the headers alone, and shares nothing with what decided about the names.
/// </summary>
internal sealed partial class SpelledInHeaders
{
    private readonly Dictionary<string, HeaderText> _words = new(StringComparer.Ordinal);

    public SpelledInHeaders(HeaderCensus? staged)
    {
        foreach (HeaderText text in staged?.Headers.SelectMany(header => header.AssemblyTexts) ?? [])
        {
            if (text.IsLabel)
            {
                _words.TryAdd(text.Text, text);
                continue;
            }

            foreach (string statement in NoSymbols().Replace(text.Text, " ").Split([';', '\n']))
            {
                string rest = Labels().Replace(statement, found => Add(found.Groups["label"].Value, text));
                foreach (Match word in Words().Matches(Instruction().Replace(rest, "")))
                {
                    Add(word.Groups["name"].Value, text);
                }
            }
        }
    }

    /// <summary>Each word, with the first text that has it.</summary>
    public IReadOnlyDictionary<string, HeaderText> All => _words;

    private string Add(string word, HeaderText text)
    {
        _words.TryAdd(word, text);
        return "";
    }

    // Comments, quoted text, operands and registers, kinds of relocations.
    [GeneratedRegex(@"/\*.*?(\*/|\z)|^[ \t]*\#[^\n]*|""[^""]*(""|\z)|%[\w%=]*(\[\w*\])?|@\w+", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NoSymbols();

    [GeneratedRegex(@"^\s*(?<label>[A-Za-z_.$][\w.$]*)\s*:")]
    private static partial Regex Labels();

    [GeneratedRegex(@"^\s*(?:(?:lock|rep|repe|repne|repn?z|data16|addr32|bnd|notrack|xacquire|xrelease)\s+)*[\w.]+")]
    private static partial Regex Instruction();

    // Whole words, and not beside text that is not known.
    [GeneratedRegex(@"(?<![\w.\x01])(?<name>[A-Za-z_.][\w.$]*)(?![\w.$\x01])")]
    private static partial Regex Words();
}
