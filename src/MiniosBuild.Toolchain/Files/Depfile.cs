using System.Text;

namespace MiniosBuild.Toolchain.Files;

/// <summary>Reads the make rules that gcc and clang write with <c>-MD</c> (GCC manual, "Preprocessor Options").</summary>
public static class Depfile
{
    /// <summary>The prerequisites of the first rule, in order, without repetition.</summary>
    public static IReadOnlyList<string> Prerequisites(string text)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var name = new StringBuilder();
        bool afterTarget = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c == '\\' && (next is '\n' or '\r'))
            {
                i += next == '\r' ? 2 : 1;
                Take();
            }
            else if (c == '\\' && (next is ' ' or '#'))
            {
                name.Append(next);
                i++;
            }
            else if (c == '$' && next == '$')
            {
                name.Append('$');
                i++;
            }
            else if (c == ':' && !afterTarget && char.IsWhiteSpace(next))
            {
                name.Clear();
                afterTarget = true;
            }
            else if (c == '\n' && afterTarget)
            {
                break;
            }
            else if (char.IsWhiteSpace(c))
            {
                Take();
            }
            else
            {
                name.Append(c);
            }
        }

        Take();
        return names;

        void Take()
        {
            if (name.Length > 0 && afterTarget && seen.Add(name.ToString()))
            {
                names.Add(name.ToString());
            }

            name.Clear();
        }
    }
}
