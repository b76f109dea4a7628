using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>A line of a configuration file.</summary>
/// <param name="Name">A switch without CONFIG_, or a variable.</param>
/// <param name="Value">Its value, for example y.</param>
/// <param name="Line">1-based.</param>
public sealed record ConfigLine(string Name, string Value, int Line);

/// <summary>A file of lines <c>CONFIG_X = y</c>, as trees have for their test builds and stub domains for their kernels.</summary>
/// <param name="Switches">The CONFIG_ names, in the order of their last lines.</param>
/// <param name="Variables">Other variables of make, such as XEN_INTERFACE_VERSION.</param>
public sealed record ConfigFile(IReadOnlyList<ConfigLine> Switches, IReadOnlyList<ConfigLine> Variables)
{
    private const string Prefix = "CONFIG_";

    /// <summary>Reads one from the disk.</summary>
    /// <exception cref="DiagnosticException">MINIOS1033 for another kind of file; MINIOS1030 to 1032 as of makefiles.</exception>
    public static ConfigFile Read(string path) => Parse(
        new MakefileFiles().Read(path) ?? throw new DiagnosticException(Diagnostic.Error(ToolchainCodes.NotAConfigFile, "the configuration file does not exist", path)), path);

    /// <summary>Reads one from its text.</summary>
    /// <exception cref="DiagnosticException">MINIOS1033 for another kind of file; MINIOS1030 to 1032 as of makefiles.</exception>
    public static ConfigFile Parse(string text, string path)
    {
        foreach (var (line, number) in MakefileText.Lines(text))
        {
            string written = MakefileText.RemoveComment(MakefileText.Collapse(line)).Trim(MakefileText.Spaces);
            if (written.Length > 0 && !IsSetting(written))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.NotAConfigFile,
                    $"a configuration file has lines of the form CONFIG_NAME = y and comments, not '{(written.Length <= 60 ? written : written[..59] + "…")}'",
                    path,
                    number));
            }
        }

        var reader = new MakefileReader("/", new MakefileFiles("/dev/null"));
        reader.Read(text, path);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var assignment in reader.Assignments)
        {
            last[assignment.Name] = assignment.Position.Line;
        }

        var lines = last.OrderBy(l => l.Value).Select(l => new ConfigLine(l.Key, reader.ValueOf(l.Key).Trim(MakefileText.Spaces), l.Value)).ToList();
        return new(
            [.. lines.Where(l => l.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(l => l with { Name = l.Name[Prefix.Length..] })],
            [.. lines.Where(l => !l.Name.StartsWith(Prefix, StringComparison.Ordinal))]);
    }

    private static bool IsSetting(string line) =>
        MakefileText.Assignment(line) is (var name, not "!=", var value) && !value.Contains('$')
        && name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && name != Prefix;
}
