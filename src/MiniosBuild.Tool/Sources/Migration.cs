using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tool.Sources;

/// <summary>What becomes of all sources of a user when the names of a set change.</summary>
internal sealed class Migration
{
    private Migration(IReadOnlyList<MigratedFile> files, IReadOnlyList<Diagnostic> findings)
    {
        Files = files;
        Findings = findings;
    }

    /// <summary>Every source, in order.</summary>
    public IReadOnlyList<MigratedFile> Files { get; }

    /// <summary>What a person has to know, in the order of the sources.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; }

    /// <summary>How many places nobody but a person can decide.</summary>
    public int Undecided => Findings.Count(finding => finding.Code != SourceCodes.OwnName && finding.Severity == DiagnosticSeverity.Warning);

    /// <summary>Rewrites in memory.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="table">The names; those that are excepted left out.</param>
    /// <param name="types">Names of types that the sources use and neither they nor the table define.</param>
    /// <param name="graph">What the sources include.</param>
    /// <param name="set">The macros of the set.</param>
    /// <param name="all">Whether sources that have nothing to do with the set are rewritten too.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static Migration Of(
        IReadOnlyList<SourceFile> sources, NameMap table, IEnumerable<string> types, IncludeGraph graph, SetMacros set, bool all, CancellationToken cancellation)
    {
        MacroUses macros = set.Uses.With(MacroUses.Named(table.Entries.Where(entry => entry.Kind == HeaderNameKind.FunctionMacro).SelectMany(entry => new[] { entry.Old, entry.New })));
        MacroUses uses = macros.With(MacroUses.Of([.. sources.Where(source => !source.IsAssembly).Select(source => CLexer.Split(source.Text))], macros));
        var own = new OwnDefinitions(sources, graph, table, uses, cancellation);
        var typeNames = new HashSet<string>(own.Types.Concat(types).Concat(table.Entries.Where(entry => entry.Kind == HeaderNameKind.Typedef).Select(entry => entry.Old)), StringComparer.Ordinal);
        var joins = new SourceJoins(sources, graph, set, own.Table);
        var files = new List<MigratedFile>();
        var findings = new List<Diagnostic>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < sources.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            SourceFile source = sources[i];
            bool isLeft = !all && !graph.UsesSet(i);
            NameMap names = joins.Made.Any() ? NameMap.Of(own.TableFor(i).Entries.Concat(joins.Made)) : own.TableFor(i);
            RewrittenText text = source.IsAssembly ? AssemblyRewriter.Rewrite(source.Bytes, names) : SourceRewriter.Rewrite(source.Bytes, names, new RewriteOptions
            {
                Path = source.Path, Types = typeNames, IsUserCode = true, Joins = joins.In(source), Joined = joins.Names, MacroUses = uses,
            });
            files.Add(new MigratedFile(source, names, text, isLeft));
            if (isLeft)
            {
                findings.AddRange(Left(source, text));
                continue;
            }

            findings.AddRange(own.Names.Where(name => name.Source == i && told.Add(name.Entry.Old)).Select(name => Own(name, source)));
            Diagnostic[] undecided = [.. text.Undecided.Where(finding => finding.Code != SourceCodes.OwnName)];
            findings.AddRange(undecided);
            findings.AddRange(joins.Missed(source).Where(missed => !undecided.Any(finding => finding.Code == missed.Code && finding.Line == missed.Line && finding.Column == missed.Column)));
        }

        return new Migration(files, findings);
    }

    private static Diagnostic Own(OwnDefinition name, SourceFile source) => Diagnostic.Warning(
        SourceCodes.OwnName,
        $"\"{name.Entry.Old}\" is defined here, so it is your own {(name.IsEverywhere ? "in all sources" : "in this file and those that include it")} and stays; the {name.Entry.Kind.Text()} of that name is {name.Entry.New} now. Write that where you mean it; --except {name.Entry.Old} says that you know",
        source.Path, name.Line, name.Column);

    private static IEnumerable<Diagnostic> Left(SourceFile source, RewrittenText text)
    {
        if (text.Replacements.Count > 0)
        {
            string names = string.Join(", ", text.Replacements.Select(replacement => replacement.Entry.Old).Distinct().Take(3));
            yield return new Diagnostic(
                ToolCodes.SourceLeft, DiagnosticSeverity.Message,
                $"{text.Replacements.Count} words here are names of the table ({names}), but the file neither includes a header of the set nor is included by one that does, and is left as it is; --all rewrites it too",
                source.Path, text.Replacements[0].Line, text.Replacements[0].Column);
        }
    }
}
