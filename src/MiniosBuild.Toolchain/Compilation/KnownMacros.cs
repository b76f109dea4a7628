using System.Text;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>
/// The macros that headers are known to leave, and the directives that undefine them. Those of one file stand below the first that it
/// defines, its include guard as a rule: where that file was not read, the preprocessor skips them all at once. One that is left
/// all the same gets a condition of its own.
/// </summary>
internal sealed class KnownMacros
{
    private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Undefines all that is known; empty when nothing is.</summary>
    public string Directives
    {
        get
        {
            var text = new StringBuilder();
            foreach (List<string> names in _groups.Values)
            {
                // Without the condition each would be in the output, even where there is nothing to undefine. What it asks for goes last.
                text.Append("#ifdef ").Append(names[0]).Append('\n');
                foreach (string name in names.Skip(1).Append(names[0]))
                {
                    text.Append("#undef ").Append(name).Append('\n');
                }

                text.Append("#endif\n");
            }

            return text.ToString();
        }
    }

    /// <summary>Takes in what the headers of a run left.</summary>
    public void Add(UmbrellaText text)
    {
        foreach ((string name, string file) in text.Left)
        {
            if (_known.Add(name))
            {
                _groups.TryAdd(file, []);
                _groups[file].Add(name);
            }
            else if (text.Met.Contains(name))
            {
                // No file is called as a macro is, with a number sign before it.
                _groups.TryAdd("#" + name, [name]);
            }
        }
    }
}
