using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>
/// What is said of compiling a tree that others keep. Its warnings are not its user's to mend: each is given once, under a code of its own, and not
/// again while its object is up to date. Its sources may include what the machine has, so it is said what they took from there.
/// </summary>
/// <param name="treeFolders">Absolute paths of the tree, and of what was generated for it.</param>
/// <param name="includeFolders">Absolute include folders of the command line: what is in them is no surprise.</param>
public sealed class TreeCompilation(IReadOnlyList<string> treeFolders, IReadOnlyList<string> includeFolders)
{
    private readonly HashSet<Diagnostic> _said = [];
    private readonly SortedDictionary<string, string> _host = new(StringComparer.Ordinal);
    private readonly RealPath _real = new();

    /// <summary>MINIOS1107, a message: the headers that came from neither the tree nor a named folder; null when there are none.</summary>
    public Diagnostic? HostHeaders => _host.Count == 0 ? null : new Diagnostic(
        ToolchainCodes.HostHeaders, DiagnosticSeverity.Message,
        $"the tree's sources are compiled with {_host.Count} headers of this machine, as its makefile has it: {string.Join(", ", _host.Keys)}",
        _host.First().Value);

    /// <summary>What is to be said of one source and was not said before.</summary>
    public IEnumerable<Diagnostic> New(CompileResult result)
    {
        foreach (string input in result.Inputs.Where(i => !IsBelow(i, includeFolders) && !IsBelow(_real.Of(i), treeFolders)))
        {
            _host.TryAdd(input, result.Unit.Source);
        }

        return result.Diagnostics
            .Where(d => d.Severity != DiagnosticSeverity.Warning || result.Reason is not null)
            .Select(d => d.Severity == DiagnosticSeverity.Warning ? d with { Code = ToolchainCodes.TreeWarning } : d)
            .Where(_said.Add);
    }

    private static bool IsBelow(string path, IEnumerable<string> folders) =>
        folders.Any(f => path.StartsWith(f.TrimEnd('/') + "/", StringComparison.Ordinal));
}
