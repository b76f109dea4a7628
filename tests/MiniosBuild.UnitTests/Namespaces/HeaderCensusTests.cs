using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderCensusTests
{
    [Fact]
    public void A_name_belongs_to_the_file_that_declares_it()
    {
        HeaderName[] types = MadeHeaders.In("/tree/mini-os/types.h", "guard:TYPES_H typedef:s_time_t");
        HeaderName[] xen = MadeHeaders.In("/usr/include/xen/xen.h", "tag:start_info");
        HeaderName[] hidden = MadeHeaders.In("/tree/internal.h", "macro:HIDDEN");
        HeaderName[] sched = MadeHeaders.In("/tree/mini-os/sched.h", "tag:thread");
        HeaderCensus census = HeaderCensus.Of(
            [
                new ScannedHeader("/tree/mini-os/types.h", "mini-os/types.h", types, Inside: false),
                new ScannedHeader("/tree/mini-os/sched.h", "mini-os/sched.h", [.. types, .. xen, .. hidden, .. sched], Inside: false),
            ],
            isTree: file => file.StartsWith("/tree/", StringComparison.Ordinal));
        Assert.Equal(["mini-os/sched.h", "mini-os/types.h"], census.Headers.Select(header => header.Place));
        Assert.Equal(
            [
                ("TYPES_H", HeaderOrigin.Public), ("s_time_t", HeaderOrigin.Public), ("start_info", HeaderOrigin.Foreign),
                ("HIDDEN", HeaderOrigin.Tree), ("thread", HeaderOrigin.Own),
            ],
            census.Headers[0].Names.Select(entry => (entry.Name.Name, entry.Origin)));
        Assert.Equal(["TYPES_H", "s_time_t"], census.Headers[1].Own.Select(entry => entry.Name.Name));
    }

    [Fact]
    public void Names_that_only_the_kernel_sees_are_told_apart()
    {
        HeaderCensus census = HeaderCensus.Of(
        [
            MadeHeaders.Header("mini-os/a.h", "macro:BOTH macro:INSIDE", inside: true),
            MadeHeaders.Header("mini-os/a.h", "macro:BOTH typedef:OUTSIDE", inside: false),
            MadeHeaders.Header("mini-os/b.h", "macro:ONCE", inside: true),
        ]);
        Assert.Equal(
            [("BOTH", HeaderView.Always), ("OUTSIDE", HeaderView.Outside), ("INSIDE", HeaderView.Inside)],
            census.Headers[0].Names.Select(entry => (entry.Name.Name, entry.View)));
        Assert.Equal(HeaderView.Always, census.Headers[1].Names.Single().View); // Never read without, since it does not ask.
    }

    [Fact]
    public void Links_are_followed()
    {
        var scan = new ScannedHeader("/link/sched.h", "mini-os/sched.h", MadeHeaders.In("/link/sched.h", "tag:thread"), Inside: false);
        CensusHeader header = HeaderCensus.Of([scan], file => file.Replace("/link/", "/tree/")).Headers.Single();
        Assert.Equal(("/tree/sched.h", "/tree/sched.h", HeaderOrigin.Own), (header.Path, header.Names.Single().Name.Site.File, header.Names.Single().Origin));
    }

    [Fact]
    public void Headers_of_a_libc_are_no_public_headers_but_their_names_are_known()
    {
        HeaderCensus census = HeaderCensus.Of(
        [
            MadeHeaders.Header("mini-os/a.h", "macro:A"),
            new ScannedHeader("/libc/stdio.h", "", MadeHeaders.In("/libc/stdio.h", "typedef:FILE"), Inside: false),
        ]);
        Assert.Equal("mini-os/a.h", census.Headers.Single().Place);
        Assert.Equal("FILE", census.Others.Single().Name);
    }

    [Fact]
    public void A_saved_census_is_the_same_when_it_is_loaded()
    {
        var odd = new HeaderName(HeaderNameKind.FunctionMacro, "LOG", new DeclarationSite("/a folder/log.h", 7))
        {
            Body = "print(\"\\t\t%s\\n\", x, __VA_ARGS__)", Parameters = ["x", "..."], Uses = ["__VA_ARGS__", "print"], IsDefinition = true,
        };
        var labelled = new HeaderName(HeaderNameKind.Function, "f", new DeclarationSite("/a folder/log.h", 8)) { Symbol = "g" };
        HeaderName[] names = [odd, odd with { Body = "" }, odd with { Body = null }, labelled, .. MadeHeaders.In("/x.h", "guard:X_H forward:s constant:c")];
        HeaderCensus census = HeaderCensus.Of(
        [
            new ScannedHeader("/a folder/log.h", "mini-os/log.h", names, Inside: true),
            new ScannedHeader("/a folder/log.h", "mini-os/log.h", names[1..], Inside: false),
            new ScannedHeader("/libc/a.h", "", MadeHeaders.In("/libc/a.h", "macro:EOF"), Inside: false),
        ]);
        string text = census.Save();
        HeaderCensus loaded = HeaderCensus.Load(text, "census.txt");
        Assert.Equal(text, loaded.Save());
        Assert.Equal(7, census.Headers.Single().Names.Count);
        foreach ((CensusName before, CensusName after) in census.Headers.Single().Names.Zip(loaded.Headers.Single().Names))
        {
            Assert.Equivalent(before, after, strict: true);
        }
    }

    [Fact]
    public void The_order_of_the_scans_does_not_matter()
    {
        ScannedHeader[] scans = [MadeHeaders.Header("mini-os/b.h", "macro:B"), MadeHeaders.Header("mini-os/a.h", "macro:A", inside: true), MadeHeaders.Header("mini-os/a.h", "macro:A")];
        Assert.Equal(HeaderCensus.Of(scans).Save(), HeaderCensus.Of(scans.Reverse()).Save());
    }

    [Theory]
    [InlineData("", 1, "expected the heading")]
    [InlineData("# minios header census 4\nnonsense", 2, "\"nonsense\" begins no line")]
    [InlineData("# minios header census 4\nfile\t/a.h\nname\tmacr\tA\t0\t1\td\t\t\t\t\t", 3, "\"macr\" is no kind")]
    [InlineData("# minios header census 4\nname\tmacro\tA\t0\t1\td\t\t\t\t\t", 2, "names what is not there")]
    [InlineData("# minios header census 4\nheader\ta.h\t/a.h\t0o", 2, "names what is not there")]
    [InlineData("# minios header census 4\nheader\ta.h\t/a.h\t0x", 2, "\"0x\" is no number of a name")]
    [InlineData("# minios header census 4\nfile", 2, "a field is missing")]
    public void What_is_no_census_is_refused_with_the_line(string text, int line, string fragment)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => HeaderCensus.Load(text, "census.txt")).Diagnostic;
        Assert.Equal(("MINIOS1503", "census.txt", line), (found.Code, found.File, found.Line));
        Assert.Contains(fragment, found.Message);
    }
}
