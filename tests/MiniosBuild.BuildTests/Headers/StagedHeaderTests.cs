using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>Staged headers are good C and C++, in any order and beside any libc.</summary>
[Trait("Length", "long")]
public sealed partial class StagedHeaderTests(StagedLibrary library) : IClassFixture<StagedLibrary>
{
    [Theory]
    [InlineData("minios", "stub")]
    [InlineData("minios", "none")]
    [InlineData("minios", "musl")]
    [InlineData("minios", "host")]
    [InlineData("minios-strict", "stub")]
    [InlineData("hide-only", "stub")]
    public void EachHeaderCompilesAlone(string policy, string libc)
    {
        var texts = library.Headers(policy).Select(h => KeyValuePair.Create(Flat(h), $"#include <{h}>\n")).ToList();
        Assert.True(texts.Count > 20);

        Check(policy, libc, HeaderCompiler.All, texts);
    }

    [Theory]
    [InlineData("stub")]
    [InlineData("none")]
    [InlineData("musl")]
    [InlineData("host")]
    public void AllHeadersCompileTogetherBeforeAndAfterThoseOfTheLibc(string libc)
    {
        IReadOnlyList<string> ours = library.Headers("minios"), others = new HeaderLibc(libc).Headers;
        var texts = new Dictionary<string, string>
        {
            ["ours-others"] = Includes(ours, others),
            ["others-ours"] = Includes(others, ours),
            ["reversed-ours-others"] = Includes(ours.Reverse(), others),
            ["reversed-others-ours"] = Includes(others, ours.Reverse()),
            ["twice"] = Includes(ours, others, ours, others),
        };

        Check("minios", libc, HeaderCompiler.All.Select(c => c.WithExtensions()), texts);
    }

    /// <summary>
    /// What one header does to the next is done by the preprocessor and by declarations, which are the language's and not the compiler's:
    /// gcc reads all pairs, once as C and once as C++. A pair whose second header the first includes itself is the first alone.
    /// </summary>
    [Fact]
    public void AllOrderedPairsCompile()
    {
        IReadOnlyList<string> headers = library.Headers("minios");
        var included = headers.ToDictionary(h => h, h => IncludedBy(h, []));
        var texts = (from first in headers
                     from second in headers
                     where first != second && !included[first].Contains(second)
                     select KeyValuePair.Create($"{Flat(first)}+{Flat(second)}", Includes([first], [second]))).ToList();
        Assert.True(texts.Count > headers.Count * headers.Count / 3, $"{texts.Count} pairs");

        Parallel.ForEach(texts.Chunk(100), chunk => Check("minios", "stub", [HeaderCompiler.GccC, HeaderCompiler.GccCpp], chunk));
    }

    /// <summary>Only what the staged headers mean by a name counts: members and parameters, and what Xen's own headers call so.</summary>
    [Fact]
    public void NoOldNameIsLeftButForMembersParametersAndXensOwn()
    {
        string[] xens = ["bind_pirq", "bind_virq", "evtchn_alloc_unbound", "evtchn_bind_interdomain", "mb", "rmb", "wmb"];
        string[] members = ["barrier", "thread"];
        IEnumerable<string> poison = OldNames("minios").Keys.Select(old => $"#pragma GCC poison {old}\n");

        var refused = Assert.Throws<AggregateException>(() => Check(
            "minios", "stub", [HeaderCompiler.GccC], [KeyValuePair.Create("poison", string.Concat(poison) + Includes(library.Headers("minios")))]));

        Assert.Equal(
            xens.Concat(members).Order(StringComparer.Ordinal),
            PoisonedName().Matches(refused.Message).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MacrosAndInlineFunctionsWorkUnderNewNamesAndUnderOldOnes()
    {
        string uses = File.ReadAllText(Path.Combine(Repository.Root, "tests", "MiniosBuild.BuildTests", "Headers", "uses.c"));
        var news = OldNames("minios").ToLookup(pair => pair.Value, pair => pair.Key);
        string inOldNames = Identifier().Replace(uses, match => news[match.Value].FirstOrDefault(match.Value));
        Assert.Contains("wait_event(queue, *flag)", inOldNames);
        Assert.DoesNotContain("MINIOS_NOW", inOldNames);

        Check("minios", "stub", HeaderCompiler.All, [KeyValuePair.Create("new", uses)]);
        Check("minios", "stub", HeaderCompiler.All, [KeyValuePair.Create("old", inOldNames), KeyValuePair.Create("both", uses)], "-include", "mini-os/compat.h");
    }

    [Theory]
    [InlineData("minios")]
    [InlineData("minios-strict")]
    public void EachHeaderCompilesBehindTheOneForOldNames(string policy) => Check(
        policy, "stub", HeaderCompiler.All, [.. library.Headers(policy).Select(h => KeyValuePair.Create(Flat(h), $"#include <{h}>\n"))], "-include", "mini-os/compat.h");

    private void Check(
        string policy, string libc, IEnumerable<HeaderCompiler> compilers, IReadOnlyCollection<KeyValuePair<string, string>> texts, params IEnumerable<string> options)
    {
        string include = Path.Combine(library.Of(policy), "include");
        string folder = library.Scratch($"texts/{policy}-{libc}");
        Parallel.ForEach(compilers, compiler => compiler.MustAccept(folder, texts, include, new HeaderLibc(libc), options));
    }

    /// <summary>New names by old ones, from the table that is shipped: KIND OLD NEW.</summary>
    private SortedDictionary<string, string> OldNames(string policy)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(library.Of(policy), "share/minios/names.txt")).Where(l => !l.StartsWith('#')))
        {
            string[] words = line.Split(' ');
            names[words[1]] = words[2];
        }

        Assert.True(names.Count > 150, $"{names.Count} names");
        return names;
    }

    private HashSet<string> IncludedBy(string header, HashSet<string> found)
    {
        foreach (string line in File.ReadLines(Path.Combine(library.Of("minios"), "include", header)))
        {
            if (line.StartsWith("#include <mini-os/", StringComparison.Ordinal) && line[10..line.IndexOf('>', StringComparison.Ordinal)] is var next && found.Add(next))
            {
                IncludedBy(next, found);
            }
        }

        return found;
    }

    private static string Includes(params IEnumerable<string>[] groups) =>
        groups.SelectMany(g => g).Aggregate(new StringBuilder(), (text, header) => text.Append($"#include <{header}>\n")).ToString();

    private static string Flat(string header) => header.Replace('/', '-');

    [GeneratedRegex("attempt to use poisoned \"(\\w+)\"")]
    private static partial Regex PoisonedName();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Identifier();
}
