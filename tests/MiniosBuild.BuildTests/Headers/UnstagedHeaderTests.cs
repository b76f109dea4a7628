using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>The negative control: headers that did not go through the pass fail, with every name that has to go and no other.</summary>
public sealed partial class UnstagedHeaderTests(StagedLibrary library) : IClassFixture<StagedLibrary>
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["MINIOS1501"] = "function",
        ["MINIOS1502"] = "variable",
        ["MINIOS1504"] = "typedef",
        ["MINIOS1505"] = "tag",
        ["MINIOS1506"] = "enumerator",
        ["MINIOS1507"] = "macro",
    };

    private static string[] Known =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "MiniosBuild.BuildTests", "Headers", "known-names.txt")).Where(l => !l.StartsWith('#')).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void WithoutThePassTheHeadersFailWithTheKnownNames()
    {
        BuildOutcome build = library.Build("minios", "-p:MiniosSymbolPass=false", "-p:OutputPath=out/unpassed/", "-p:IntermediateOutputPath=obj/unpassed/").MustFail();

        var found = build.Errors.Where(e => Kinds.ContainsKey(e.Code)).ToList();

        // A header may declare what C or POSIX have: that core, and not a libc, defines gettimeofday is seen in the archives.
        Assert.Contains(build.Errors, e => e.Code == "MINIOS1410" && e.Text.Contains("\"gettimeofday\"", StringComparison.Ordinal));
        Assert.Equal(Known.Except(["function gettimeofday"]), found.Select(e => $"{Kinds[e.Code]} {QuotedName().Match(e.Text).Groups[1].Value}").Distinct().Order(StringComparer.Ordinal));
        Assert.All(found, e => Assert.True(e.LineNumber > 0 && File.Exists(e.File), e.Text));
    }

    [Fact]
    public void TheTableThatIsShippedGivesTheKnownNamesNewOnes()
    {
        var table = File.ReadLines(Path.Combine(library.Of("minios"), "share/minios/names.txt")).Where(l => !l.StartsWith('#')).Select(l => l.Split(' ')).ToList();

        Assert.Equal(Known, table.Select(words => $"{words[0].Replace("function-macro", "macro", StringComparison.Ordinal)} {words[1]}").Order(StringComparer.Ordinal));
        Assert.All(table, words => Assert.Matches("^(minios_|MINIOS_|_minios_|(blkfront|netfront|pcifront|xenbus)_)", words[2]));
    }

    [Theory]
    [InlineData("minios")]
    [InlineData("minios-strict")]
    public void WithThePassNoHeaderFindingIsLeft(string policy)
    {
        BuildOutcome build = library.Build(policy, "-t:Rebuild").MustSucceed();

        Assert.Empty(build.Warnings);
        Assert.DoesNotContain(build.Messages, m => HeaderFinding().IsMatch(m));
    }

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex QuotedName();

    [GeneratedRegex("MINIOS15(0[1-9]|1[0-8])")]
    private static partial Regex HeaderFinding();
}
