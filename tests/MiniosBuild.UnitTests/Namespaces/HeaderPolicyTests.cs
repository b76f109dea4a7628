using MiniosBuild.CSource.Names;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderPolicyTests
{
    private static readonly HeaderNameKind[] All = Enum.GetValues<HeaderNameKind>();

    [Fact]
    public void Two_of_the_built_in_policies_judge_all_kinds_and_one_none()
    {
        Assert.Equal(All, BuiltInPolicy.Minios.Headers.Kinds.Order());
        Assert.Equal(All, BuiltInPolicy.Strict.Headers.Kinds.Order());
        Assert.Empty(BuiltInPolicy.HideOnly.Headers.Kinds);
        Assert.Equal(("MINIOS_", "_MINIOS_"), (BuiltInPolicy.Minios.Headers.MacroPrefix, BuiltInPolicy.Minios.Headers.InternalMacroPrefix));
    }

    [Fact]
    public void A_policy_without_the_section_judges_nothing()
    {
        HeaderPolicy headers = MadeHeaders.Read("{ \"publicPrefix\": \"acme_\" }").Headers;
        Assert.Equal(("ACME_", 0), (headers.MacroPrefix, headers.Kinds.Count));
    }

    [Fact]
    public void Every_part_of_the_section_is_read()
    {
        HeaderPolicy headers = Section("""
            "kinds": ["macro", "tag"], "macroPrefix": "AC_", "keep": ["xen_*"],
            "rename": [{ "from": "a", "to": "b" }, { "match": "c_(.*)", "to": "d_$1" }], "internal": ["DEBUG?"]
            """);
        Assert.Equal([HeaderNameKind.Macro, HeaderNameKind.FunctionMacro, HeaderNameKind.Tag], headers.Kinds.Order());
        Assert.Equal("AC_", headers.MacroPrefix);
        Assert.Equal(("xen_*", 1), (headers.Keep.Single().Text, headers.Keep.Single().Line));
        Assert.Equal(["a", "c_(.*)"], headers.Renames.Select(rule => rule.From));
        Assert.Equal("DEBUG?", headers.Internal.Single().Text);
    }

    [Theory]
    [InlineData("\"kinds\": [\"macros\"]", "MINIOS1402", 53, "$.headers.kinds[0] \"macros\" is no kind of name; did you mean \"macro\"?")]
    [InlineData("\"kinds\": [\"zzzzzzzzz\"]", "MINIOS1402", 53, "known are macro, function, variable, typedef, tag, enumerator")]
    [InlineData("\"kinds\": [\"tag\", \"tag\"]", "MINIOS1404", 60, "\"tag\" is listed twice under headers.kinds")]
    [InlineData("\"kinds\": \"macro\"", "MINIOS1402", 52, "$.headers.kinds is a string; expected an array")]
    [InlineData("\"kind\": []", "MINIOS1402", 43, "$.headers has no property \"kind\"; did you mean \"kinds\"?")]
    [InlineData("\"macroPrefix\": \"A-\"", "MINIOS1402", 58, "no C identifier")]
    [InlineData("\"keep\": [\"a b\"]", "MINIOS1402", 52, "no symbol name or pattern")]
    [InlineData("\"rename\": [{ \"from\": \"a\", \"to\": \"b\", \"library\": \"core\" }]", "MINIOS1402", 80, "$.headers.rename[0] has no property \"library\"")]
    [InlineData("\"rename\": [{ \"match\": \"(\", \"to\": \"b\" }]", "MINIOS1403", 65, "not a regular expression")]
    [InlineData("\"keep\": [\"a\"], \"internal\": [\"a\"]", "MINIOS1404", 71, "\"a\" is listed under headers.internal and already under headers.keep")]
    public void A_wrong_section_is_located(string section, string code, int column, string fragment)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => Section(section)).Diagnostic;
        Assert.Equal((code, 1, column), (found.Code, found.Line, found.Column));
        Assert.Contains(fragment, found.Message);
    }

    [Fact]
    public void The_schema_and_the_reader_know_the_same_section()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(BuiltInPolicy.Folder, "minios-policy.schema.json")));
        var section = schema.RootElement.GetProperty("properties").GetProperty("headers").GetProperty("properties");
        string known = Assert.Throws<DiagnosticException>(() => Section("\"zzzzzzzzzzzzzzzzzzzz\": 1")).Diagnostic.Message.Split("known are ")[1];
        Assert.Equal(section.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal), known.Split(", ").Order(StringComparer.Ordinal));
        Assert.Equal(
            HeaderPolicy.KindWords,
            section.GetProperty("kinds").GetProperty("items").GetProperty("enum").EnumerateArray().Select(kind => kind.GetString()));
    }

    [Fact]
    public void The_digest_tells_sections_apart_that_do_something()
    {
        string[] different =
        [
            Digest(""), Digest("\"kinds\": [\"macro\"]"), Digest("\"kinds\": [\"tag\"]"), Digest("\"kinds\": [\"tag\"], \"macroPrefix\": \"Q_\""), Digest("\"kinds\": [\"tag\"], \"keep\": [\"a\"]"),
            Digest("\"kinds\": [\"tag\"], \"internal\": [\"a\"]"), Digest("\"kinds\": [\"tag\"], \"rename\": [{ \"from\": \"a\", \"to\": \"b\" }]"),
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.Equal(MadeHeaders.Read("{ \"publicPrefix\": \"acme_\" }").Digest, Digest("\"kinds\": [], \"keep\": [\"a\"]"));
        Assert.Equal(Digest("\"kinds\": [\"tag\", \"macro\"]"), Digest("\"kinds\": [\"macro\", \"tag\"], \"macroPrefix\": \"ACME_\""));
    }

    private static HeaderPolicy Section(string parts) => Policy(parts).Headers;

    private static string Digest(string parts) => Policy(parts).Digest;

    private static NamespacePolicy Policy(string parts) => MadeHeaders.Read($"{{ \"publicPrefix\": \"acme_\", \"headers\":   {{ {parts} }} }}");
}
