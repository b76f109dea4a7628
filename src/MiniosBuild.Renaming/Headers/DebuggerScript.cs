using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Headers;

/// <summary>
/// A script for gdb: debug information keeps the names of the sources, so a person at a debugger has to know both. Each name is a
/// subcommand of <c>minios-name</c>: gdb completes it, lists all of them, and needs no Python for it.
/// </summary>
public static partial class DebuggerScript
{
    /// <summary>The script, for <c>gdb -x</c>; equal plans and names give equal texts.</summary>
    public static string Text(NamespacePlan symbols, NameMap names)
    {
        var answers = new SortedDictionary<string, List<(string Summary, string Sentence)>>(StringComparer.Ordinal);
        foreach (NameMapEntry entry in names.Entries)
        {
            AddRename(entry.Kind.Text(), entry.Old, entry.New);
        }

        foreach (SymbolDecision decision in symbols.Decisions)
        {
            switch (decision.Action)
            {
                case SymbolAction.Rename when names.Ordinary(decision.Name)?.New != decision.NewName:
                    AddRename("symbol", decision.Name, decision.NewName);
                    break;
                case SymbolAction.Localize:
                    string owner = $"{decision.Library}, {Path.GetFileName(decision.Object)}";
                    Add(decision.Name, $"symbol, local in {owner}", $"{decision.Name} (symbol) is local to its object ({owner})");
                    break;
                case SymbolAction.Keep:
                    Add(decision.Name, "symbol, keeps its name", $"{decision.Name} (symbol) keeps its name");
                    break;
            }
        }

        return Compose(answers);

        void AddRename(string kind, string old, string name)
        {
            Add(old, $"{kind}, now {name}", $"{old} ({kind}) is {name} in the archives and headers");
            Add(name, $"{kind}, {old} in the sources", $"{name} ({kind}) is {old} in the sources and in debug information");
        }

        void Add(string name, string summary, string sentence)
        {
            if (!answers.TryGetValue(name, out List<(string, string)>? said))
            {
                answers.Add(name, said = []);
            }

            if (!said.Contains((summary, sentence)))
            {
                said.Add((summary, sentence));
            }
        }
    }

    private static string Compose(SortedDictionary<string, List<(string Summary, string Sentence)>> answers)
    {
        var text = new StringBuilder("""
            # The names of Mini-OS for gdb 10 or newer: gdb -x minios.gdb IMAGE. Written by MiniosBuild.
            define-prefix minios-name
            document minios-name
            Tell the name in the archives and headers of a name in the sources of Mini-OS, and the way back.
            Usage: minios-name NAME. "help minios-name" lists all names, "apropos minios-name" and the tab key find some.
            end

            """);
        foreach ((string name, List<(string Summary, string Sentence)> said) in answers)
        {
            if (!CommandName().IsMatch(name))
            {
                text.Append($"# {name}: {string.Join("; ", said.Select(s => s.Summary))}\n"); // gdb has no commands of such names.
                continue;
            }

            text.Append($"define minios-name {name}\n");
            foreach ((_, string sentence) in said)
            {
                text.Append($"echo {sentence}\\n\n");
            }

            text.Append($"end\ndocument minios-name {name}\n").AppendJoin("; ", said.Select(s => s.Summary)).Append("\nend\n");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+$")]
    private static partial Regex CommandName();
}
