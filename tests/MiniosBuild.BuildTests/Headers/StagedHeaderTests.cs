using System.Text;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>Staged headers are good C and C++, in any order and beside any libc.</summary>
public sealed class StagedHeaderTests(StagedLibrary library) : IClassFixture<StagedLibrary>
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

    private void Check(string policy, string libc, IEnumerable<HeaderCompiler> compilers, IReadOnlyCollection<KeyValuePair<string, string>> texts)
    {
        string include = Path.Combine(library.Of(policy), "include");
        string folder = library.Scratch($"texts/{policy}-{libc}");
        Parallel.ForEach(compilers, compiler => compiler.MustAccept(folder, texts, include, new HeaderLibc(libc)));
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
}
