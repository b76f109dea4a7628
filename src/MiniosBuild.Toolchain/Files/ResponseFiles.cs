using System.Text;

namespace MiniosBuild.Toolchain.Files;

/// <summary>
/// Puts the options that <c>@file</c> stands for in its place, as the GNU tools do (ld manual, Command-line Options): blanks separate, single and
/// double quotes keep together, a backslash takes the next character as it is, and such files may lead to others. One that cannot be read stays as it is.
/// </summary>
public static class ResponseFiles
{
    // As many as libiberty follows before it takes them for a circle.
    private const int MostFiles = 2000;

    /// <summary>Expands a list of options.</summary>
    /// <param name="options">The options, one a word.</param>
    /// <param name="folder">What relative paths start from.</param>
    /// <returns>The options, and the files that were read, as absolute paths.</returns>
    public static (IReadOnlyList<string> Options, IReadOnlyList<string> Files) Expand(IReadOnlyList<string> options, string folder)
    {
        var expanded = new List<string>();
        var files = new List<string>();
        var rest = new Stack<string>(options.Reverse());
        while (rest.TryPop(out string? option))
        {
            string path = option.Length > 1 && option[0] == '@' ? Path.GetFullPath(option[1..], folder) : "";
            if (path.Length == 0 || files.Count >= MostFiles || !File.Exists(path))
            {
                expanded.Add(option);
                continue;
            }

            files.Add(path);
            foreach (string word in Split(File.ReadAllText(path)).Reverse())
            {
                rest.Push(word);
            }
        }

        return (expanded, files);
    }

    /// <summary>The words of such a text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        bool any = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
                any = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Take();
            }
            else
            {
                word.Append(c);
            }
        }

        Take();
        return words;

        void Take()
        {
            if (any || word.Length > 0)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            any = false;
        }
    }
}
