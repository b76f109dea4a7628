using System.Text;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The contract: computed, written, read back, and used in place of the archives.</summary>
public sealed class LinkContractTests : IDisposable
{
    private readonly LinkFolder _set = new();

    public LinkContractTests() => _set
        .Archive(LinkParty.Framework, "core",
            ("mm", "void *memset(void *, int, unsigned long);\nint snprintf(char *, unsigned long, const char *, ...);\nextern char _text[];\nvoid minios_mm(char *p)\n{\n\tmemset(p, 0, _text - p);\n\tsnprintf(p, 1, \"\");\n}"),
            ("kernel", "void app_main(void) __attribute__((weak));\nvoid app_main(void) {}\nvoid net_app_main(void); extern int minios_data; void minios_mm(char *); void probe(void) __attribute__((weak)); void minios_kernel(void) { app_main(); net_app_main(); minios_mm(0); if (probe) probe(); }\nint minios_data = 1;"))
        .Archive(LinkParty.Framework, "blkfront", ("blkfront", "void *memset(void *, int, unsigned long); void blkfront_init(char *p) { memset(p, 1, 1000); }"));

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Needs_say_who_where_and_of_what_kind()
    {
        LibcContract contract = Compute();
        Assert.Equal(
            ["memset Compiler False blkfront(blkfront.o:1) core(mm.o:6)", "probe Other True core(kernel.o:3)", "snprintf C False core(mm.o:7)"],
            contract.Needs.Select(need => $"{need.Name} {need.Kind} {need.IsWeak} {string.Join(' ', need.Uses.Select(use => $"{use.Library}({use.Member}:{use.Position?.Line})"))}"));
        Assert.All(contract.Needs, need => Assert.Empty(need.GivenBy));
        Assert.Equal(["app_main", "net_app_main"], contract.Hooks);
        Assert.Equal(["_text"], contract.LinkerNames);
    }

    [Fact]
    public void Gifts_have_library_and_kind()
    {
        string[] gifts = [.. Compute().Gifts.Select(gift => $"{gift.Library}:{gift.Name}:{gift.Kind}{(gift.IsWeak ? ":weak" : "")}")];
        Assert.Equal(
            ["core:app_main:Function:weak", "blkfront:blkfront_init:Function", "core:minios_data:Data", "core:minios_kernel:Function", "core:minios_mm:Function"], gifts);
    }

    [Fact]
    public void A_libc_needs_and_gives_across_the_border()
    {
        _set.Archive(LinkParty.Libc, "libc",
            ("string", "void *memset(void *p, int c, unsigned long n) { return p; }"),
            ("stdio", "void minios_kernel(void); unsigned long __udivti3(void); int snprintf(char *p, unsigned long n, const char *f, ...) { minios_kernel(); return __udivti3(); }"));
        LibcContract contract = Compute(LibcMode.Stub);
        Assert.Equal(
            ["Framework memset from libc", "Framework probe from ", "Framework snprintf from libc", "Libc __udivti3 from ", "Libc minios_kernel from core"],
            contract.Needs.Select(need => $"{need.Party} {need.Name} from {string.Join(',', need.GivenBy.Select(giver => giver.Library))}"));
        Assert.Equal(ContractNameKind.Compiler, contract.Needs.Single(need => need.Name == "__udivti3").Kind);
        // Of a foreign libc the contract does not list what it gives.
        Assert.DoesNotContain(Compute(LibcMode.None).Gifts, gift => gift.Party == LinkParty.Libc);
    }

    [Fact]
    public void Json_is_read_back_as_it_was()
    {
        LibcContract contract = Compute();
        string json = contract.ToJson();
        LibcContract read = LibcContract.Parse(Encoding.UTF8.GetBytes(json), "minios.contract.json");
        Assert.Equal(json, read.ToJson());
        Assert.Equal(contract.ToText(), read.ToText());
        Assert.Equal(("x86_64", LibcMode.None, "minios", BuiltInPolicy.Minios.Digest), (read.Arch, read.Libc, read.PolicyName, read.PolicyDigest));
        Assert.DoesNotContain(_set.Path, json);
        Assert.DoesNotContain('\r', json);
    }

    [Fact]
    public void The_text_has_a_table_for_each_kind_of_name()
    {
        string text = Compute().ToText();
        Assert.Contains("| `memset` | blkfront: blkfront.o; core: mm.o | tree/blkfront.c:1 | nobody |", text);
        Assert.Contains("| `probe` (weakly) |", text);
        Assert.Contains("| core | function | `app_main` (weak), `minios_kernel`, `minios_mm` |", text);
        Assert.Equal(text, Compute().ToText());
    }

    [Fact]
    public void The_order_of_the_inputs_does_not_show() =>
        Assert.Equal(Compute().ToJson(), LibcContract.Compute([.. _set.Inputs.Reverse()], BuiltInPolicy.Minios, LibcMode.None, "x86_64", [(_set.Path, "tree")]).ToJson());

    [Fact]
    public void A_contract_stands_for_the_archives_in_a_link()
    {
        IReadOnlyList<LinkInput> framework = LibcContract.Parse(Encoding.UTF8.GetBytes(Compute().ToJson()), "c").ToInputs("minios.contract.json");
        using var libc = new LinkFolder();
        libc.Archive(LinkParty.Libc, "mine",
            ("string", "void *memset(void *p, int c, unsigned long n) { return p; } void minios_mm(void) {}"), ("other", "void other(void) {}"), ("needy", "void gone(void); void needy(void) { gone(); }"));
        LinkCheckResult result = LinkCheck.Run(new LinkCheckInput([.. framework, .. libc.Inputs], BuiltInPolicy.Minios));
        Assert.Equal(["string.o"], result.Forecast.Objects.Select(o => o.Member).OfType<string>());
        Finding missing = result.Findings.Single(f => f.Code == "MINIOS1620");
        Assert.Equal(("snprintf", "core", "mm.o", "tree/mm.c", 7), (missing.Symbol, missing.Library, missing.Member, missing.Position!.Value.File, missing.Position!.Value.Line));
        Assert.Equal("minios_mm", result.Findings.Single(f => f.Code == "MINIOS1630").Symbol);
        Assert.Equal(["MINIOS1620", "MINIOS1621", "MINIOS1630"], result.Findings.Select(f => f.Code).Order());
    }

    [Theory]
    [InlineData("{", "MINIOS1650", 1)]
    [InlineData("{ \"contract\": 1,\n \"contract\": 1 }", "MINIOS1650", 2)]
    [InlineData("[]", "MINIOS1651", 1)]
    [InlineData("{}", "MINIOS1651", 1)]
    [InlineData("{\n\"contrakt\": 1 }", "MINIOS1651", 2)]
    [InlineData("{ \"contract\": \"1\" }", "MINIOS1651", 1)]
    [InlineData("{ \"contract\": -1 }", "MINIOS1651", 1)]
    [InlineData("{\n\n\"contract\": 2 }", "MINIOS1652", 3)]
    public void What_is_no_contract_is_refused_with_its_place(string json, string code, int line)
    {
        Diagnostic told = Assert.Throws<DiagnosticException>(() => LibcContract.Parse(Encoding.UTF8.GetBytes(json), "c.json")).Diagnostic;
        Assert.Equal((code, "c.json", line), (told.Code, told.File, told.Line));
    }

    [Theory]
    [InlineData("\"libc\": \"none\"", "\"libc\": \"some\"", "MINIOS1651")]
    [InlineData("\"kind\": \"c\"", "\"kind\": \"d\"", "MINIOS1651")]
    [InlineData("\"weak\": true", "\"weak\": 1", "MINIOS1651")]
    [InlineData("\"line\": 7", "\"line\": 0", "MINIOS1651")]
    [InlineData("\"line\": 7", "\"line\": 7.5", "MINIOS1651")]
    [InlineData("\"file\": \"tree/mm.c\",", "", "MINIOS1651")]
    [InlineData("\"arch\": \"x86_64\",", "", "MINIOS1651")]
    [InlineData("\"hooks\": [", "\"hooks\": [ \"app_main\",", "MINIOS1653")]
    [InlineData("\"gives\": [", "\"gives\": [ { \"name\": \"minios_mm\", \"party\": \"framework\", \"library\": \"core\", \"kind\": \"function\" },", "MINIOS1653")]
    [InlineData("\"users\": [", "\"users\": [ ], \"users\": [", "MINIOS1650")]
    public void A_damaged_contract_is_refused(string part, string damage, string code)
    {
        string json = Compute().ToJson();
        Assert.Contains(part, json);
        int at = json.IndexOf(part, StringComparison.Ordinal);
        string damaged = json[..at] + damage + json[(at + part.Length)..];
        Assert.Equal(code, Assert.Throws<DiagnosticException>(() => LibcContract.Parse(Encoding.UTF8.GetBytes(damaged), "c.json")).Diagnostic.Code);
    }

    [Fact]
    public void A_damaged_archive_is_refused() => Assert.Equal("MINIOS2102", Assert.Throws<DiagnosticException>(() =>
        LibcContract.Compute([new LinkInput(LinkParty.Framework, "core", "a.a", "!<arch>\nx"u8.ToArray())], BuiltInPolicy.Minios, LibcMode.None, "x86_64")).Diagnostic.Code);

    private LibcContract Compute(LibcMode libc = LibcMode.None) =>
        LibcContract.Compute(_set.Inputs, BuiltInPolicy.Minios, libc, "x86_64", [(_set.Path, "tree")]);
}
