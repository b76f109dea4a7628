using System.Text;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>What the machine's make says of makefiles: the other opinion in the tests of our reader.</summary>
internal static class RealMake
{
    private const string Mark = "<<";

    /// <summary>The values of variables after a makefile was read; null when make refuses it.</summary>
    /// <param name="makefile">Its path; make runs in its folder.</param>
    /// <param name="names">Names of variables; none with a character that is special to make.</param>
    /// <param name="commandLine">NAME=VALUE.</param>
    public static Dictionary<string, string>? Values(string makefile, IEnumerable<string> names, params string[] commandLine)
    {
        string printing = makefile + ".print";
        var text = new StringBuilder($"include {Path.GetFileName(makefile)}\n");
        foreach (string name in names)
        {
            text.Append($"$(info {Mark}{name}>$({name})>>)\n");
        }

        File.WriteAllText(printing, text.Append(".PHONY: printed-all\nprinted-all:;@:\n").ToString());
        var output = new StringBuilder();
        // -R and -r: make's own variables and rules are not what is compared.
        var (exitCode, _) = RealTool.TryRun(
            "make", ["-C", Path.GetDirectoryName(makefile)!, "--no-print-directory", "-rR", "-f", Path.GetFileName(printing), .. commandLine, "printed-all"], line => output.Append(line).Append('\n'));
        if (exitCode != 0)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in output.ToString().Split(Mark).Skip(1))
        {
            int name = part.IndexOf('>'), end = part.LastIndexOf(">>", StringComparison.Ordinal);
            values[part[..name]] = part[(name + 1)..end];
        }

        return values;
    }

    /// <summary>The compile commands that make would run for a tree, by source below the root: the words behind the compiler.</summary>
    public static Dictionary<string, List<string>> Compiles(string root, params string[] arguments)
    {
        var folders = new Stack<string>();
        var compiles = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var lines = new List<string>();
        var (exitCode, errors) = RealTool.TryRun("make", ["-C", root, "-n", "-w", .. arguments], lines.Add);
        Assert.True(exitCode == 0, errors);
        foreach (string line in lines)
        {
            if (line.Contains(": Entering directory '", StringComparison.Ordinal))
            {
                folders.Push(line.Split('\'')[1]);
            }
            else if (line.Contains(": Leaving directory '", StringComparison.Ordinal))
            {
                folders.Pop();
            }
            else if (line.Contains(" -c ", StringComparison.Ordinal))
            {
                List<string> words = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
                string source = words.Single(w => w.EndsWith(".c", StringComparison.Ordinal) || w.EndsWith(".S", StringComparison.Ordinal));
                compiles.Add(Path.GetRelativePath(root, Path.GetFullPath(source, folders.Peek())), words);
            }
        }

        return compiles;
    }
}
