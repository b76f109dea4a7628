using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>Words that are names in C and keywords in C++.</summary>
internal sealed class HeaderKeywordChecks(StagedNames names, HeaderFindings found)
{
    private static readonly HashSet<string> CPlusPlus = new(
        ("and and_eq bitand bitor catch class compl const_cast decltype delete dynamic_cast explicit export friend mutable namespace new noexcept not not_eq operator or or_eq private protected public "
            + "reinterpret_cast static_cast template this throw try typeid typename using virtual xor xor_eq").Split(' '),
        StringComparer.Ordinal);

    public void Check()
    {
        foreach (CensusHeader header in names.Census.Headers)
        {
            foreach (HeaderWord word in header.Words.Where(word => (word.Uses & HeaderWordUses.Plain) != 0 && CPlusPlus.Contains(word.Text)))
            {
                found.Add(FindingCodes.KeywordName, header, word, Message(word.Text));
            }

            foreach (CensusName entry in header.Own.Where(entry => !entry.Name.Kind.IsMacro() && CPlusPlus.Contains(entry.Name.Name)))
            {
                found.Add(FindingCodes.KeywordName, header.Place, entry.Name, Message(entry.Name.Name));
            }
        }
    }

    private static string Message(string word) =>
        $"\"{word}\" is a keyword of C++: no C++ program can include the header. Rename it, or put it under #ifndef __cplusplus.";
}
