using MiniosBuild.CSource.Proving;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Tool.Sources;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;
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
                Joins = plan.Joins.GetValueOrDefault(header.Place, HeaderPlan.NoJoins),
                Joined = plan.JoinedNames,
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

    /// <summary>What the compiler says of the headers before and after: errors, and they must not be written.</summary>
    /// <param name="run">The headers as they are.</param>
    /// <param name="plan">What happens to their names.</param>
    /// <param name="compiler">The compiler's path.</param>
    /// <param name="options">Its options.</param>
    /// <param name="cancellation">Ends it.</param>
    public HeaderProofResult Prove(CensusRun run, HeaderPlan plan, string compiler, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        string drafts = Path.Combine(scratch.Path, "after", "include");
        foreach ((string place, byte[] bytes) in _files)
        {
            AtomicFile.Write(Path.Combine(drafts, place), bytes);
        }

        // What a header that is named by itself includes beside it is found there still.
        string[] beside = [.. run.Headers.All.Select(header => Path.GetDirectoryName(header.File)!).Distinct(StringComparer.Ordinal).Where(folder => !run.Headers.IsBeside(folder + "/"))];
        var before = new HeaderSide([.. options, .. run.Headers.IncludeOptions(scratch.Path)], Path.Combine(scratch.Path, "before.c"), run.Readings);
        var after = new HeaderSide(
            [.. options.Select(option => run.Headers.Folders.Contains(Path.GetFullPath(option)) ? drafts : run.Headers.Folders.Any(folder => option == "-I" + folder) ? "-I" + drafts : option), "-isystem", drafts, .. beside.SelectMany(folder => new[] { "-iquote", folder })], Path.Combine(scratch.Path, "after.c"));
        return new HeaderProof(new ToolRunner(), compiler, Environment.CurrentDirectory).Prove(
            [.. run.Headers.All.Select(header => new ProvenHeader(header.File, Path.Combine(drafts, header.Place)))], before, after, HeaderProof.AllLanguages,
            originalOf => new RewriteProof(
                plan.Names, plan.Guards.Values.Select(guard => (guard.Old, guard.New)), plan.Joins.Values.SelectMany(words => words.Values), plan.Removed, originalOf, file => run.Headers.NameOf(file) ?? file),
            Environment.ProcessorCount, cancellation);
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
