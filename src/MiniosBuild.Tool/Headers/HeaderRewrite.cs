using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Sources;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tool.Headers;

/// <summary>Public headers as a plan changes them, and what goes with them: the table of names, and the header that brings the old names back.</summary>
internal sealed class HeaderRewrite
{
    private readonly List<(string Place, byte[] Bytes)> _files = [];

    private HeaderRewrite(CompatibilityHeader compatibility, IReadOnlyList<Diagnostic> findings)
    {
        Compatibility = compatibility;
        Findings = findings;
    }

    /// <summary>The header that brings the old names back.</summary>
    public CompatibilityHeader Compatibility { get; }

    /// <summary>What a person has to look at: MINIOS153x, and 1520 for old names that cannot be brought back.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; }

    /// <summary>Rewrites in memory.</summary>
    public static HeaderRewrite Of(
        NamespacePolicy policy, CensusRun run, HeaderPlan plan, NamespacePlan symbols, string below, CancellationToken cancellation)
    {
        var includes = new StagedIncludes(run.Headers.Folders, run.Headers.All.Select(header => (header.File, header.Place)));
        var findings = new List<Diagnostic>();
        var files = new List<(string, byte[])>();
        foreach (PublicHeader header in run.Headers.All)
        {
            cancellation.ThrowIfCancellationRequested();
            RewrittenText text = SourceRewriter.Rewrite(File.ReadAllBytes(header.File), plan.Names, new RewriteOptions
            {
                Path = header.Path,
                Guard = plan.Guards.GetValueOrDefault(header.Place)?.New,
                OtherGuards = plan.GuardNames,
                Removed = plan.Removed,
                Types = plan.Types,
                Undefined = new HashSet<string> { CensusRun.Inside },
                HeaderName = below.Length == 0 ? null : name => includes.NewSpelling(header.File, header.Place, name),
            });
            findings.AddRange(text.Undecided);
            files.Add((header.Place, text.Bytes));
        }

        CompatibilityHeader compatibility = CompatibilityHeader.Of(CompatibilityHeaderInputs.Of(policy, run.Census, plan, symbols));
        var rewrite = new HeaderRewrite(compatibility, [.. findings, .. compatibility.Diagnostics]);
        rewrite._files.AddRange(files);
        return rewrite;
    }

    /// <summary>Writes <c>include</c> and <c>share/minios/names.txt</c> below a folder, each file as a whole.</summary>
    /// <returns>How many files changed.</returns>
    public int Write(string folder, NameMap names)
    {
        int changed = 0;
        foreach ((string place, byte[] bytes) in _files)
        {
            changed += AtomicFile.Write(Path.Combine(folder, "include", place), bytes) ? 1 : 0;
        }

        changed += AtomicFile.Write(Path.Combine(folder, "include", CompatibilityHeader.Place), Compatibility.Text) ? 1 : 0;
        return changed + (AtomicFile.Write(NameTableFile.In(folder), names.ToText()) ? 1 : 0);
    }
}
