using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Proving;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>What staging makes of the text of a header.</summary>
internal sealed class StagedRewriting
{
    private readonly HeaderPlan _plan;
    private readonly NameMap _symbols;
    private readonly StagedIncludes _includes;
    private readonly IReadOnlySet<string> _undefined;

    /// <param name="symbols">The plan for symbols; null when names stay.</param>
    /// <param name="plan">The plan for the tree's own headers.</param>
    /// <param name="includes">How headers include each other where they are staged.</param>
    public StagedRewriting(NamespacePlan? symbols, HeaderPlan plan, StagedIncludes includes)
    {
        _plan = plan;
        _includes = includes;
        _undefined = symbols is null ? new HashSet<string>() : new HashSet<string> { ScanMiniosHeaders.InsideMacro };

        // In a libc's header a macro may have the function's name, and goes with it.
        _symbols = NameMap.Of((symbols?.HeaderRenames ?? new Dictionary<string, string>()).SelectMany(rename => new[]
        {
            new NameMapEntry(HeaderNameKind.FunctionMacro, rename.Key, rename.Value), new NameMapEntry(HeaderNameKind.Function, rename.Key, rename.Value),
        }));
    }

    /// <summary>What compares a header with what was made of it; headers of a libc that they include may differ in symbols.</summary>
    public RewriteProof Proof(Func<string, string?> originalOf) => new(
        _plan.Names, _plan.Guards.Values.Select(guard => (guard.Old, guard.New)), _plan.Joins.Values.SelectMany(words => words.Values), _plan.Removed,
        originalOf, file => file, _symbols);

    public RewrittenText Rewrite(byte[] text, string source, string place)
    {
        string? Spelling(string name) => _includes.NewSpelling(source, place, name);
        return !StagedIncludes.IsOfLibc(place)
            ? SourceRewriter.Rewrite(text, _plan.Names, new RewriteOptions
            {
                Path = source, HeaderName = Spelling, Guard = _plan.Guards.GetValueOrDefault(place)?.New, OtherGuards = _plan.GuardNames, Joins = _plan.Joins.GetValueOrDefault(place, Renaming.Headers.HeaderPlan.NoJoins),
                Joined = _plan.JoinedNames, Removed = _plan.Removed, Undefined = _undefined, Types = _plan.Types,
            })
            : SourceRewriter.Rewrite(text, _symbols, new RewriteOptions { Path = source, HeaderName = Spelling, Types = _plan.Types });
    }
}
