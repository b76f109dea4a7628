using System.Text;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Scripts;

/// <summary>Reads the files that INCLUDE names (ld manual, File Commands: in the current folder and in those of <c>-L</c>, nested at most ten deep).</summary>
/// <param name="find">Finds a file; null when it is not there.</param>
/// <param name="damage">Takes what cannot be included.</param>
internal sealed class LinkerScriptIncludes(Func<string, LinkFile?> find, List<Finding> damage)
{
    // Of GNU ld: the script itself and nine others at a time.
    private const int MostNested = 10;

    // No limit of ld's: it keeps scripts that double with each level from filling the memory.
    private const int MostIncluded = 256;

    private int _included;

    /// <summary>The parts of an included file, without an end.</summary>
    /// <param name="name">The file as the script has it.</param>
    /// <param name="path">The script that names it.</param>
    /// <param name="line">The line in there.</param>
    /// <param name="depth">How deep that script is nested; 1 for the outermost.</param>
    public IEnumerable<LinkerScriptToken> Read(string name, string path, int line, int depth)
    {
        if (depth >= MostNested || _included >= MostIncluded)
        {
            Refuse(path, line, name, depth >= MostNested
                ? $"is included {MostNested} levels deep, and the linker goes no deeper. Look for a script that includes itself."
                : $"is the {MostIncluded + 1}th file that the linker scripts include, and no more are read. Look for a script that includes itself.");
            return [];
        }

        if (find(name) is not { } file)
        {
            Refuse(path, line, name, "is not there, neither in the current folder nor in one that -L names. Create it, add its folder with -L, or remove the INCLUDE.");
            return [];
        }

        _included++;
        return new LinkerScriptLexer(Encoding.UTF8.GetString(file.Data.Span), file.Path, this, depth + 1).Read().SkipLast(1);
    }

    private void Refuse(string path, int line, string name, string why) => damage.Add(new Finding(
        FindingCodes.ScriptFile, DiagnosticSeverity.Error, "script", path, null, name, $"the file \"{name}\" that the script includes {why}", new SourcePosition(path, line, 0)));
}
