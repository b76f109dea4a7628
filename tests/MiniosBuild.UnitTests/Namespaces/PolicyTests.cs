using System.Text;
using System.Text.Json;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class PolicyTests
{
    private const string Required = "\"name\": \"n\", \"publicPrefix\": \"p_\", \"internalPrefix\": \"_p_\"";

    [Fact]
    public void The_built_in_policies_are_read()
    {
        Assert.Equal(("minios", "minios_", "_minios_", ""), (BuiltInPolicy.Minios.Name, BuiltInPolicy.Minios.PublicPrefix, BuiltInPolicy.Minios.InternalPrefix, BuiltInPolicy.Minios.DriverPrefix));
        Assert.Equal("minios_", BuiltInPolicy.Strict.DriverPrefix);
        Assert.Equal((SymbolTreatment.Hide, SymbolTreatment.Hide), (BuiltInPolicy.HideOnly.Functions, BuiltInPolicy.HideOnly.Data));
        Assert.Empty(BuiltInPolicy.HideOnly.Renames);
        Assert.Equal(["blkfront", "netfront", "pcifront", "xenbus"], BuiltInPolicy.Minios.Drivers.Select(driver => driver.Library));
    }

    [Fact]
    public void Strict_differs_from_minios_in_the_driver_prefix_alone()
    {
        string strict = File.ReadAllText(Path.Combine(BuiltInPolicy.Folder, "minios-strict.json"));
        string minios = File.ReadAllText(Path.Combine(BuiltInPolicy.Folder, "minios.json"));
        Assert.Equal(minios, strict.Replace("  \"driverPrefix\": \"minios_\",\n", "").Replace("minios-strict\"", "minios\""));
    }

    [Fact]
    public void Comments_trailing_commas_and_a_byte_order_mark_are_accepted()
    {
        NamespacePolicy policy = Parse("\uFEFF{ // mine\n" + Required + ", \"keep\": [\"a\", /* why */ \"b\",],\n}");
        Assert.Equal([("a", 2), ("b", 2)], policy.Keep.Select(name => (name.Text, name.Line)));
    }

    [Theory]
    [InlineData("{\n  \"name\": \"n\"\n  \"publicPrefix\": 1\n}", "MINIOS1401", 3, 3, "JSON syntax")]
    [InlineData("", "MINIOS1401", 1, 1, "JSON syntax")]
    [InlineData("{} x", "MINIOS1401", 1, 4, "JSON syntax")]
    [InlineData("{ \"name\": \"a\",\n \"name\": \"b\" }", "MINIOS1401", 2, 2, "twice")]
    [InlineData("{ \"name\": \"\\ud800\" }", "MINIOS1401", 1, 11, "escape")]
    [InlineData("{\n  \"name\": \"n\",\n  \"publicPrefx\": \"p_\"\n}", "MINIOS1402", 3, 3, "did you mean \"publicPrefix\"?")]
    [InlineData("{\n  \"zzzzzzzzzzzzzz\": 1\n}", "MINIOS1402", 2, 3, "known are $schema, name")]
    [InlineData("[]", "MINIOS1402", 1, 1, "$ is an array; expected an object")]
    [InlineData("{ \"name\": \"n\" }", "MINIOS1402", 1, 1, "lacks the property \"publicPrefix\"")]
    [InlineData("{ REQUIRED, \"keep\": [\"a\", 7] }", "MINIOS1402", 2, 16, "$.keep[1] is a number; expected a string")]
    [InlineData("{ REQUIRED, \"hooks\": {} }", "MINIOS1402", 2, 11, "$.hooks is an object; expected an array")]
    [InlineData("{ REQUIRED, \"hooks\": [\"a*\"] }", "MINIOS1402", 2, 12, "patterns are not allowed here")]
    [InlineData("{ REQUIRED, \"data\": \"local\" }", "MINIOS1402", 2, 10, "expected \"rename\" or \"hide\"")]
    [InlineData("{ REQUIRED, \"driverPrefix\": \"1_\" }", "MINIOS1402", 2, 18, "no C identifier")]
    [InlineData("{ REQUIRED, \"drivers\": { \"é\": { \"prefx\": \"e_\" } } }", "MINIOS1402", 2, 22, "$.drivers.é has no property \"prefx\"; did you mean \"prefix\"?")]
    [InlineData("{ \"name\": \"n\", \"publicPrefix\": \"p_\", \"internalPrefix\": \"p_\" }", "MINIOS1402", 1, 56, "same as publicPrefix")]
    [InlineData("{ REQUIRED, \"rename\": [{ \"to\": \"x\" }] }", "MINIOS1402", 2, 13, "either \"from\"")]
    [InlineData("{ REQUIRED, \"rename\": [{ \"from\": \"a b\", \"to\": \"x\" }] }", "MINIOS1402", 2, 23, "no C identifier")]
    [InlineData("{ REQUIRED, \"drivers\": { \"d\": { \"prefix\": \"d_\", \"rename\": [{ \"from\": \"a\", \"to\": \"b\", \"library\": \"d\" }] } } }", "MINIOS1402", 2, 86, "given by the driver")]
    [InlineData("{ REQUIRED, \"rename\": [\n{ \"match\": \"init_(.*\", \"to\": \"x\" }] }", "MINIOS1403", 3, 12, "$.rename[0].match is not a regular expression: InsufficientClosingParentheses at character 9")]
    [InlineData("{ REQUIRED, \"rename\": [{ \"match\": \"(a)\\\\1\", \"to\": \"x\" }] }", "MINIOS1403", 2, 24, "backtracking")]
    [InlineData("{ REQUIRED, \"keep\": [\"a\"],\n \"hooks\": [\"a\"] }", "MINIOS1404", 3, 12, "\"a\" is listed under hooks and already under keep")]
    public void A_wrong_policy_is_located(string json, string code, int line, int column, string fragment)
    {
        Diagnostic found = Refusal(json.Replace("REQUIRED,", Required + ",\n"));
        Assert.Equal((code, "mine.json", line, column), (found.Code, found.File, found.Line, found.Column));
        Assert.Contains(fragment, found.Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_located()
    {
        byte[] json = [.. "{\n \"é"u8, 0xFF, .. "\" }"u8];
        Diagnostic found = Assert.Throws<DiagnosticException>(() => NamespacePolicy.Parse(json, "mine.json")).Diagnostic;
        Assert.Equal(("MINIOS1401", 2, 4), (found.Code, found.Line, found.Column));
        Assert.Contains("0xff", found.Message);
    }

    [Fact]
    public void A_policy_file_that_is_missing_is_a_coded_error()
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => NamespacePolicy.Load("/nowhere/mine.json")).Diagnostic;
        Assert.Equal(("MINIOS1405", "/nowhere/mine.json"), (found.Code, found.File));
    }

    [Fact]
    public void Two_libraries_may_have_rules_for_one_name_and_one_library_may_not()
    {
        const string rule = "{ \"from\": \"a\", \"to\": \"b\", \"library\": \"LIB\" }";
        Assert.Equal(2, Parse($"{{ {Required}, \"rename\": [{rule.Replace("LIB", "x")}, {rule.Replace("LIB", "y")}] }}").Renames.Count);
        Assert.Equal("MINIOS1404", Refusal($"{{ {Required}, \"rename\": [{rule}, {rule}] }}").Code);
    }

    [Fact]
    public void The_schema_and_the_reader_know_the_same_properties()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(BuiltInPolicy.Folder, "minios-policy.schema.json")));
        JsonElement root = schema.RootElement.GetProperty("properties");
        JsonElement driver = root.GetProperty("drivers").GetProperty("additionalProperties").GetProperty("properties");
        JsonElement rename = schema.RootElement.GetProperty("$defs").GetProperty("renames").GetProperty("items").GetProperty("properties");
        Assert.Equal(Names(root), Known("{ \"zzzzzzzzzzzzzzzzzzzzzz\": 1 }"));
        Assert.Equal(Names(driver), Known("{ \"drivers\": { \"d\": { \"zzzzzzzzzzzzzzzzzzzzzz\": 1 } } }"));
        Assert.Equal(Names(rename), Known("{ \"name\": \"n\", \"publicPrefix\": \"p\", \"internalPrefix\": \"q\", \"rename\": [{ \"zzzzzzzzzzzzzzzzzzzzzz\": 1 }] }"));

        static string[] Names(JsonElement properties) => [.. properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)];

        static string[] Known(string json) => [.. Refusal(json).Message.Split("known are ")[1].Split(", ").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void The_schema_and_the_reader_know_the_same_levels()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(BuiltInPolicy.Folder, "minios-policy.schema.json")));
        JsonElement levels = schema.RootElement.GetProperty("properties").GetProperty("levels");

        Assert.Equal(FindingCodes.Levelled.Keys.Order(StringComparer.Ordinal), Texts(levels.GetProperty("propertyNames").GetProperty("enum")).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<FindingLevel>().Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal), Texts(levels.GetProperty("additionalProperties").GetProperty("enum")).Order(StringComparer.Ordinal));

        static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(entry => entry.GetString()!);
    }

    [Fact]
    public void The_policies_name_the_schema_beside_them()
    {
        foreach (string name in (string[])["minios", "minios-strict", "hide-only"])
        {
            using JsonDocument policy = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(BuiltInPolicy.Folder, name + ".json")));
            Assert.True(File.Exists(Path.Combine(BuiltInPolicy.Folder, policy.RootElement.GetProperty("$schema").GetString()!)));
        }
    }

    private static NamespacePolicy Parse(string json) => NamespacePolicy.Parse(Encoding.UTF8.GetBytes(json), "mine.json");

    private static Diagnostic Refusal(string json) => Assert.Throws<DiagnosticException>(() => Parse(json)).Diagnostic;
}
