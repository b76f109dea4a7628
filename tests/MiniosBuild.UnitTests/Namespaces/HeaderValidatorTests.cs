using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Validation.Headers;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderValidatorTests
{
    private static readonly NamespacePolicy Plain = MadeHeaders.Read(MadeHeaders.Policy);

    [Theory]
    [InlineData("function:wake", "MINIOS1501", "the function \"wake\" is outside the policy mine")]
    [InlineData("inline:barrier", "MINIOS1501", "the inline function \"barrier\" is outside the policy mine: it has to begin with minios_")]
    [InlineData("variable:jiffies", "MINIOS1502", "the variable \"jiffies\" is outside")]
    [InlineData("constant:limit", "MINIOS1502", "the variable \"limit\" is outside")]
    [InlineData("typedef:s_time_t", "MINIOS1504", "the typedef \"s_time_t\" is outside")]
    [InlineData("tag:thread", "MINIOS1505", "the struct tag \"thread\" is outside")]
    [InlineData("forward:thread", "MINIOS1505", "the struct tag \"thread\" is outside")]
    [InlineData("enumerator:RUNNABLE", "MINIOS1506", "it has to begin with MINIOS_")]
    [InlineData("enumerator:Runnable", "MINIOS1506", "it has to begin with minios_")]
    [InlineData("macro:ARRAY_SIZE", "MINIOS1507", "it has to begin with MINIOS_")]
    [InlineData("function-macro:to_phys", "MINIOS1507", "it has to begin with minios_")]
    [InlineData("guard:_A_H_", "MINIOS1508", "the include guard \"_A_H_\" is outside")]
    public void A_name_outside_the_policy_is_told_at_its_line(string word, string code, string fragment)
    {
        Finding found = Assert.Single(Validate(Plain, MadeHeaders.Header("mini-os/a.h", "macro:MINIOS_ONE " + word)));
        Assert.Equal((code, DiagnosticSeverity.Error, "headers", "mini-os/a.h", word.Split(':')[1]), (found.Code, found.Severity, found.Library, found.Member, found.Symbol));
        Assert.Equal(("/tree/mini-os/a.h", 2), (found.Position!.Value.File, found.Position.Value.Line));
        Assert.StartsWith("/tree/mini-os/a.h(2): error " + code + ": " + fragment.Split(" is outside")[0].Split("it has")[0], found.ToDiagnostic().ToString());
        Assert.Contains(fragment, found.Message);
        Assert.Equal($"{code} headers mini-os/a.h {found.Symbol}", BaselineEntry.Of(found).ToString());
    }

    [Theory]
    [InlineData("tag:minios_thread")]
    [InlineData("macro:_MINIOS_X")]
    [InlineData("constant:_minios_x")]
    [InlineData("typedef:uint8_t")]
    [InlineData("function-macro:offsetof")]
    [InlineData("function:memcpy")]
    [InlineData("function:app_main")]
    [InlineData("variable:HYPERVISOR_shared_info")]
    [InlineData("inline:HYPERVISOR_sched_op")]
    [InlineData("function-macro:xen_mb")]
    [InlineData("guard:MINIOS_A_H")]
    public void A_permitted_name_is_not_told(string word) => Assert.Empty(Validate(BuiltInPolicy.Minios, MadeHeaders.Header("mini-os/a.h", word)));

    [Theory]
    [InlineData("mini-os/blkfront.h", "tag:blkfront_dev", true, false)]
    [InlineData("mini-os/blkfront/dev.h", "enumerator:BLKFRONT_RDWR", true, false)]
    [InlineData("mini-os/lib.h", "tag:blkfront_dev", false, false)]
    [InlineData("mini-os/notblkfront.h", "tag:blkfront_dev", false, false)]
    [InlineData("mini-os/blkfront.h", "tag:minios_blkfront_dev", true, true)]
    [InlineData("mini-os/lib.h", "function:blkfront_io", true, false)] // as archives have it
    public void Driver_names_belong_to_the_drivers_headers(string place, string word, bool plain, bool strict)
    {
        Assert.Equal(plain, Validate(BuiltInPolicy.Minios, MadeHeaders.Header(place, word)).Count == 0);
        Assert.Equal(strict, Validate(BuiltInPolicy.Strict, MadeHeaders.Header(place, word)).Count == 0);
    }

    [Fact]
    public void Only_the_kinds_of_the_policy_are_judged()
    {
        ScannedHeader header = MadeHeaders.Header("mini-os/a.h", "macro:A inline:b typedef:c tag:d enumerator:E guard:A_H function:f variable:v");
        Assert.Empty(Validate(BuiltInPolicy.HideOnly, header));
        NamespacePolicy tags = MadeHeaders.Read("{ \"publicPrefix\": \"minios_\", \"functions\": \"hide\", \"headers\": { \"kinds\": [\"tag\"] } }");
        Assert.Equal(["MINIOS1505", "MINIOS1502"], Validate(tags, header).Select(found => found.Code));
        Assert.Equal(["MINIOS1501", "MINIOS1502"], Validate(MadeHeaders.Read("{ \"publicPrefix\": \"minios_\" }"), header).Select(found => found.Code));
    }

    [Fact]
    public void Names_of_others_are_not_judged()
    {
        HeaderName[] xen = MadeHeaders.In("/usr/include/xen/xen.h", "macro:XEN tag:start_info typedef:start_info_t");
        var header = new ScannedHeader("/a.h", "mini-os/a.h", [.. xen, .. MadeHeaders.In("/a.h", "forward:start_info")], Inside: false);
        Assert.Empty(Validate(Plain, header));
    }

    [Fact]
    public void One_guard_may_not_keep_two_headers_out()
    {
        var found = Validate(Plain, MadeHeaders.Header("mini-os/a.h", "guard:MINIOS_H"), MadeHeaders.Header("mini-os/b.h", "guard:MINIOS_H"));
        Assert.Equal([("MINIOS1508", "mini-os/a.h"), ("MINIOS1508", "mini-os/b.h")], found.Select(one => (one.Code, one.Member)));
        Assert.Contains("also a macro of mini-os/b.h", found[0].Message);
    }

    [Fact]
    public void Internal_macros_may_not_stay()
    {
        NamespacePolicy policy = MadeHeaders.Read("{ \"publicPrefix\": \"minios_\", \"headers\": { \"kinds\": [\"macro\"], \"internal\": [\"DEBUG_*\", \"MINIOS_X\"] } }");
        var found = Validate(
            policy, MadeHeaders.Header("mini-os/a.h", "macro:DEBUG_A macro:MINIOS_X macro:_MINIOS_DEBUG_B macro:MINIOS_KERNEL", inside: true),
            MadeHeaders.Header("mini-os/a.h", "macro:DEBUG_A macro:MINIOS_X macro:_MINIOS_DEBUG_B"));
        Assert.Equal(["DEBUG_A", "MINIOS_X", "MINIOS_KERNEL"], found.Where(one => one.Code == "MINIOS1513").Select(one => one.Symbol));
        Assert.Equal(3, found.Count);
    }

    [Fact]
    public void A_macro_that_only_others_text_knows_makes_an_order()
    {
        HeaderCensus census = HeaderCensus.Of(
        [
            MadeHeaders.Header("mini-os/a.h", "macro:MINIOS_A function-macro:minios_b macro:MINIOS_T macro:MINIOS_OWN"),
            MadeHeaders.Header("mini-os/b.h", "macro:MINIOS_OWN"),
        ]);
        HeaderWord[] words =
        [
            new("MINIOS_A", 4, 2, HeaderWordUses.Plain), new("MINIOS_OWN", 5, 2, HeaderWordUses.Plain),
            new("MINIOS_T", 7, 2, HeaderWordUses.Tested), new("minios_b", 6, 2, HeaderWordUses.Plain), new("other", 8, 1, HeaderWordUses.Plain),
        ];
        var found = Validate(Plain, With(census, "mini-os/b.h", words));
        Assert.Equal([("MINIOS1509", "MINIOS_A", 4), ("MINIOS1509", "MINIOS_T", 7)], found.Select(one => (one.Code, one.Symbol!, one.Position!.Value.Line)));
        Assert.Contains("after mini-os/a.h was included", found[0].Message);
        Assert.Equal(DiagnosticSeverity.Warning, found[0].Severity);

        words[3] = words[3] with { Uses = HeaderWordUses.Plain | HeaderWordUses.Called };
        Assert.Contains(Validate(Plain, With(census, "mini-os/b.h", words)), one => one.Symbol == "minios_b");
    }

    [Fact]
    public void A_header_may_not_mind_the_macros_of_those_that_include_it()
    {
        HeaderName[] inner = MadeHeaders.In("/tree/mini-os/a.h", "macro:MINIOS_A");
        HeaderCensus census = HeaderCensus.Of(
        [
            MadeHeaders.Header("mini-os/a.h", "macro:MINIOS_A"),
            new ScannedHeader("/tree/mini-os/b.h", "mini-os/b.h", [.. inner, .. MadeHeaders.In("/tree/mini-os/b.h", "macro:MINIOS_B")], Inside: false),
        ]);
        Assert.Empty(Validate(Plain, With(census, "mini-os/a.h", [new HeaderWord("MINIOS_B", 2, 1, HeaderWordUses.Plain)])));
    }

    [Fact]
    public void A_header_that_gives_other_names_inside_another_depends_on_the_order()
    {
        HeaderName[] inner = MadeHeaders.In("/tree/mini-os/a.h", "macro:MINIOS_A macro:MINIOS_MORE");
        var found = Validate(Plain, MadeHeaders.Header("mini-os/a.h", "macro:MINIOS_A"), new ScannedHeader("/tree/mini-os/b.h", "mini-os/b.h", inner, Inside: false));
        Assert.Equal(("MINIOS1509", "mini-os/a.h", "MINIOS_MORE"), (found.Single().Code, found[0].Member, found[0].Symbol));
        Assert.StartsWith("only where mini-os/b.h includes mini-os/a.h there is", found[0].Message);
    }

    [Fact]
    public void A_macro_may_have_one_meaning()
    {
        var found = Validate(
            Plain, MadeHeaders.Header("mini-os/a.h", "macro:MINIOS_A=MINIOS_X macro:MINIOS_X function-macro:MINIOS_F"),
            MadeHeaders.Header("mini-os/b.h", "macro:MINIOS_A=MINIOS_Y macro:MINIOS_Y macro:MINIOS_X macro:MINIOS_F"));
        Assert.Equal([("MINIOS1509", "mini-os/b.h", "MINIOS_A"), ("MINIOS1509", "mini-os/b.h", "MINIOS_F")], found.Select(one => (one.Code, one.Member!, one.Symbol!)));
    }

    [Theory]
    [InlineData("tag:minios_t", "tag:minios_t", true)]
    [InlineData("tag:minios_t", "forward:minios_t", false)]
    [InlineData("enumerator:MINIOS_E", "enumerator:MINIOS_E", true)]
    [InlineData("inline:minios_f", "inline:minios_f", true)]
    [InlineData("function:minios_f", "function:minios_f", false)]
    [InlineData("typedef:minios_t", "typedef:minios_t", false)]
    [InlineData("typedef:minios_t", "function:minios_t", true)]
    [InlineData("tag:minios_t", "typedef:minios_t", false)]
    public void Two_headers_may_not_define_one_name(string one, string other, bool isError)
    {
        var found = Validate(Plain, MadeHeaders.Header("mini-os/a.h", one), MadeHeaders.Header("mini-os/b.h", other));
        Assert.Equal(isError ? [("MINIOS1510", "mini-os/b.h")] : [], found.Select(finding => (finding.Code, finding.Member!)));
    }

    [Fact]
    public void A_macro_that_hides_a_function_is_told()
    {
        HeaderName[] libc = MadeHeaders.In("/libc/string.h", "function:minios_index");
        var found = Validate(
            Plain, MadeHeaders.Header("mini-os/a.h", "function-macro:minios_wake function-macro:minios_index function:minios_wake"),
            new ScannedHeader("/libc/string.h", "", libc, Inside: false));
        Assert.Equal(
            [("MINIOS1511", "minios_wake", DiagnosticSeverity.Message), ("MINIOS1511", "minios_index", DiagnosticSeverity.Message), ("MINIOS1515", "minios_index", DiagnosticSeverity.Error)],
            found.Select(one => (one.Code, one.Symbol!, one.Severity)));
    }

    [Theory]
    [InlineData("function-macro:minios_f=_minios_secret variable:_minios_secret", "uses \"_minios_secret\", which is internal")]
    [InlineData("inline:minios_f=_minios_nowhere", "which is internal")]
    [InlineData("inline:minios_f=_minios_secret variable:_minios_secret", null)]
    [InlineData("function-macro:minios_f=get_it", "uses \"get_it\", which nothing declares")]
    [InlineData("function-macro:minios_f=_MINIOS_PART macro:_MINIOS_PART", null)]
    [InlineData("function-macro:_MINIOS_PART=_minios_secret variable:_minios_secret", null)]
    [InlineData("function-macro:minios_f=minios_g+sizeof+__builtin_expect+_Generic function:minios_g", null)]
    public void A_macro_or_inline_function_may_use_what_its_header_declares(string words, string? fragment)
    {
        var found = Validate(Plain, MadeHeaders.Header("mini-os/a.h", words));
        Assert.Equal(fragment is null ? [] : ["MINIOS1512"], found.Select(one => one.Code));
        Assert.Contains(fragment ?? "", found.FirstOrDefault()?.Message ?? "");
    }

    [Theory]
    [InlineData("typedef:uint8_t", "typedef:uint8_t", true)]
    [InlineData("tag:timespec", "tag:timespec", true)]
    [InlineData("forward:timespec", "tag:timespec", false)]
    [InlineData("tag:timespec", "typedef:timespec", false)]
    [InlineData("function:memcpy", "function:memcpy", false)]
    [InlineData("inline:abs", "function:abs", true)]
    [InlineData("macro:EOF", "macro:EOF", false)]
    [InlineData("function-macro:EOF", "macro:EOF", true)]
    [InlineData("enumerator:EOF", "macro:EOF", true)]
    [InlineData("macro:errno", "tag:errno", true)]
    public void A_name_that_the_libc_has_too_collides(string ours, string theirs, bool isError)
    {
        var found = Validate(
            Plain, MadeHeaders.Header("mini-os/a.h", ours), new ScannedHeader("/libc/x.h", "", MadeHeaders.In("/libc/x.h", theirs), Inside: false));
        Assert.Equal(isError ? ["MINIOS1515"] : [], found.Where(one => one.Code != "MINIOS1511").Select(one => one.Code));
    }

    [Theory]
    [InlineData("[]", 1)]
    [InlineData("[\"ring_mb\"]", 0)]
    public void A_kept_name_is_known_to_be_anothers_too(string keep, int collisions)
    {
        NamespacePolicy policy = MadeHeaders.Read(MadeHeaders.Policy.Replace("\"headers\": {", $"\"headers\": {{ \"keep\": {keep},", StringComparison.Ordinal));
        var found = Validate(policy, MadeHeaders.Header("mini-os/a.h", "macro:ring_mb=a"), new ScannedHeader("/xen/ring.h", "", MadeHeaders.In("/xen/ring.h", "macro:ring_mb=b"), Inside: false));
        Assert.Equal(collisions, found.Count(one => one.Code == "MINIOS1515"));
    }

    [Fact]
    public void A_typedef_that_its_own_header_brings_along_agrees()
    {
        HeaderName[] libc = MadeHeaders.In("/libc/stdint.h", "typedef:uint8_t");
        Assert.Empty(Validate(Plain, new ScannedHeader("/a.h", "mini-os/a.h", [.. libc, .. MadeHeaders.In("/a.h", "typedef:uint8_t")], Inside: false)));
    }

    [Fact]
    public void Keywords_of_cplusplus_are_no_names()
    {
        HeaderCensus census = HeaderCensus.Of([MadeHeaders.Header("mini-os/a.h", "function:minios_a")]);
        var found = Validate(Plain, With(census, "mini-os/a.h", [new HeaderWord("new", 3, 9, HeaderWordUses.Plain), new HeaderWord("this", 4, 9, HeaderWordUses.Tested)]));
        Assert.Equal([("MINIOS1518", "new", 3, 9)], found.Select(one => (one.Code, one.Symbol!, one.Position!.Value.Line, one.Position.Value.Column)));
    }

    [Fact]
    public void Levels_and_baselines_apply_and_the_column_is_the_names()
    {
        NamespacePolicy policy = MadeHeaders.Read(MadeHeaders.Policy.Replace("\"headers\"", "\"levels\": { \"MINIOS1507\": \"warning\", \"MINIOS1505\": \"none\" }, \"headers\""));
        HeaderCensus census = HeaderCensus.Of([MadeHeaders.Header("mini-os/a.h", "macro:SIZE tag:t typedef:u")]);
        var found = new NamespaceValidator(policy, LibcMode.Stub).ValidateHeaders(
            census, file => file == "/tree/mini-os/a.h" ? "#define MY_SIZE/* SIZE */\nstruct t;\ntypedef int t_u, u;\n" : null);
        Assert.Equal(
            [("MINIOS1507", DiagnosticSeverity.Warning, 1, 19), ("MINIOS1504", DiagnosticSeverity.Error, 3, 18)],
            found.Select(one => (one.Code, one.Severity, one.Position!.Value.Line, one.Position.Value.Column)));
        BaselineResult result = Baseline.Parse(Baseline.Write(found), "b.txt").Apply(found, policy.Levels);
        Assert.Equal((0, 0, 2), (result.Remaining.Count, result.Stale.Count, result.Accepted));
    }

    [Fact]
    public void The_order_of_findings_is_that_of_places_and_lines()
    {
        ScannedHeader[] headers = [MadeHeaders.Header("mini-os/b.h", "macro:A macro:B tag:c guard:H"), MadeHeaders.Header("mini-os/a.h", "inline:z macro:Y function:x")];
        var found = Validate(Plain, headers);
        Assert.Equal(["z", "Y", "x", "A", "B", "c", "H"], found.Select(one => one.Symbol));
        Assert.Equal(found, Validate(Plain, [.. headers.Reverse()]));
    }

    [Fact]
    public void Names_are_counted_by_kind()
    {
        HeaderCounts counts = HeaderCounts.Of(BuiltInPolicy.Minios, HeaderCensus.Of(
        [
            MadeHeaders.Header("mini-os/a.h", "guard:A_H macro:A function-macro:xen_mb macro:MINIOS_A inline:b function:minios_c function:app_main forward:t typedef:t"),
            MadeHeaders.Header("mini-os/b.h", "guard:MINIOS_B_H macro:A tag:t enumerator:E"),
        ]));
        Assert.Equal(
            [
                new HeaderCount("macro", 1, 1, 1), new HeaderCount("function", 1, 1, 1), new HeaderCount("variable", 0, 0, 0), new HeaderCount("typedef", 0, 0, 1),
                new HeaderCount("tag", 0, 0, 1), new HeaderCount("enumerator", 0, 0, 1),
            ],
            counts.Kinds);
        Assert.Equal((new HeaderCount("guard", 1, 0, 1), 5, 3), (counts.Guards, counts.Outside, counts.Kinds[0].Total));
    }

    private static IReadOnlyList<Finding> Validate(NamespacePolicy policy, params ScannedHeader[] headers) => Validate(policy, HeaderCensus.Of(headers));

    private static IReadOnlyList<Finding> Validate(NamespacePolicy policy, HeaderCensus census) => new NamespaceValidator(policy, LibcMode.Stub).ValidateHeaders(census);

    private static HeaderCensus With(HeaderCensus census, string place, HeaderWord[] words) =>
        new([.. census.Headers.Select(header => header.Place == place ? header with { Words = words } : header)], census.Others);
}
