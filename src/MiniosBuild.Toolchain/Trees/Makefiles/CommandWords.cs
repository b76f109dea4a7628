using System.Text;

namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>The commands of a recipe's line as a shell would split them. Nothing is substituted: there is no shell.</summary>
internal static class CommandWords
{
    /// <summary>The words of each command; an operator like <c>||</c> or <c>;</c> ends one. Words that a shell would make at run time are left out.</summary>
    public static List<List<string>> Split(string line)
    {
        var commands = new List<List<string>> { new() };
        var word = new StringBuilder();
        bool isWord = false, isKnown = true;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            switch (c)
            {
                case '\\' when i + 1 < line.Length:
                    i++;
                    if (line[i] != '\n')
                    {
                        word.Append(line[i]);
                        isWord = true;
                    }

                    break;
                case '\'':
                    int quote = End(line, i + 1, '\'');
                    word.Append(line, i + 1, quote - i - 1);
                    (isWord, i) = (true, quote);
                    break;
                case '"':
                    for (i++; i < line.Length && line[i] != '"'; i++)
                    {
                        i += line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`' ? 1 : 0;
                        word.Append(line[i]);
                    }

                    isWord = true;
                    break;
                case '#' when !isWord:
                    i = End(line, i, '\n') - 1;
                    break;
                case '`':
                    (isWord, isKnown, i) = (true, false, End(line, i + 1, '`'));
                    break;
                case '$':
                    (isWord, isKnown, i) = (true, false, MakefileText.AfterReference(line, i) - 1);
                    break;
                case ' ' or '\t':
                    Finish();
                    break;
                case ';' or '|' or '&' or '<' or '>' or '\n':
                    Finish();
                    commands.Add([]);
                    break;
                default:
                    word.Append(c);
                    isWord = true;
                    break;
            }
        }

        Finish();
        commands.RemoveAll(c => c.Count == 0);
        return commands;

        void Finish()
        {
            if (isWord && isKnown)
            {
                commands[^1].Add(word.ToString());
            }

            word.Clear();
            (isWord, isKnown) = (false, true);
        }
    }

    private static int End(string line, int from, char quote) => from <= line.Length && line.IndexOf(quote, from) is var end and >= 0 ? end : line.Length;
}
