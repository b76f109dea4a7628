using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Proving;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Headers as a user has them, from their text to what a rewrite makes of them, with a real compiler.</summary>
internal sealed class ProvenRewrite : IDisposable
{
    public const string Policy = """
        { "name": "p", "publicPrefix": "p_", "internalPrefix": "_p_", "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _compiler;
    private readonly string[] _places;
    private readonly HeaderReadings _before;

    /// <param name="headers">Texts by place.</param>
    /// <param name="policy">The policy's file.</param>
    /// <param name="compiler">The compiler.</param>
    public ProvenRewrite(IReadOnlyDictionary<string, string> headers, string policy = Policy, string compiler = "gcc")
    {
        _compiler = compiler;
        _places = [.. headers.Keys.Order(StringComparer.Ordinal)];
        foreach (string place in _places)
        {
            Write("before", place, headers[place]);
        }

        NamespacePolicy rules = MadeHeaders.Read(policy);
        _before = new HeaderRuns(new ToolRunner(), _compiler, _folder.Path).Read([.. _places.Select(place => File("before", place))], _folder.File("census.c"), ["-isystem", _folder.File("before")], null, 2, default);
        var scans = new HeaderScans(System.IO.File.ReadAllBytes);
        ScannedHeader[] scanned = [.. _before.Outside.Select((reading, i) => scans.Scan(reading.Header, _places[i], reading.Text, false, HeaderRefusal.Of(reading.Header, reading.Failure), reading.IsCplusplus))];
        Census = HeaderCensus.Of(scanned);
        Plan = HeaderPlanner.Plan(rules, Census, MadeHeaders.Symbols(rules, scanned.Select(header => header with { Names = [.. header.Names.Where(name => name.Site.File.StartsWith(_folder.Path, StringComparison.Ordinal))] })));
        foreach (string place in _places)
        {
            RewrittenText text = SourceRewriter.Rewrite(System.IO.File.ReadAllBytes(File("before", place)), Plan.Names, new RewriteOptions
            {
                Path = place, Guard = Plan.Guards.GetValueOrDefault(place)?.New, OtherGuards = Plan.GuardNames, Joins = Plan.Joins.GetValueOrDefault(place, HeaderPlan.NoJoins),
                Joined = Plan.JoinedNames, Removed = Plan.Removed, Types = Plan.Types,
            });
            Undecided = [.. Undecided, .. text.Undecided];
            Write("after", place, System.Text.Encoding.Latin1.GetString(text.Bytes));
        }
    }

    public HeaderCensus Census { get; }

    public HeaderPlan Plan { get; }

    public IReadOnlyList<Diagnostic> Undecided { get; } = [];

    /// <summary>A rewritten header; what is written to it is proven in its place.</summary>
    public string this[string place]
    {
        get => System.IO.File.ReadAllText(File("after", place));
        set => Write("after", place, value);
    }

    /// <summary>What the proof finds.</summary>
    public IReadOnlyList<Diagnostic> Prove(IReadOnlyList<HeaderLanguage>? languages = null) => new HeaderProof(new ToolRunner(), _compiler, _folder.Path).Prove(
        [.. _places.Select(place => new ProvenHeader(File("before", place), File("after", place)))],
        new HeaderSide(["-isystem", _folder.File("before")], _folder.File("before.c"), _before), new HeaderSide(["-isystem", _folder.File("after")], _folder.File("after.c")),
        languages ?? HeaderProof.AllLanguages,
        originalOf => new RewriteProof(
            Plan.Names, Plan.Guards.Values.Select(guard => (guard.Old, guard.New)), Plan.Joins.Values.SelectMany(words => words.Values), Plan.Removed, originalOf, file => Path.GetFileName(file)),
        parallelism: 2, default).Findings;

    public void Dispose() => _folder.Dispose();

    private string File(string side, string place) => _folder.File($"{side}/{place}");

    private void Write(string side, string place, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(side, place))!);
        System.IO.File.WriteAllText(File(side, place), text);
    }
}
