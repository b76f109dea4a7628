using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Properties and words of policies are declared once, in the policy; what repeats them for others is held against that. The schema is in PolicyTests and HeaderPolicyTests.</summary>
public sealed partial class PolicyDeclarationTests
{
    private static readonly string[] s_noPartInNames = ["$schema", "name", "description", "unmatched", "levels"];

    private static readonly (string Name, string Value)[] s_root =
    [
        ("publicPrefix", "\"other_\""), ("internalPrefix", "\"_other_\""), ("driverPrefix", "\"acme_\""), ("functions", "\"hide\""), ("data", "\"hide\""), ("declaredData", "\"internal\""), ("public", "\"marks\""),
        ("publicList", "\"names.txt\""), ("keep", "[\"a\"]"), ("hooks", "[\"a\"]"), ("rename", "[{ \"from\": \"a\", \"to\": \"b\" }]"), ("drivers", "{ \"d\": { \"prefix\": \"d_\" } }"),
        ("headers", "{ \"kinds\": [\"tag\"] }"), ("compilerNames", "[\"a\"]"), ("linkerNames", "[\"a\"]"), ("cNames", "[\"a\"]"),
    ];

    private static readonly (string Name, string Value)[] s_headers =
    [
        ("kinds", "[\"tag\", \"macro\"]"), ("macroPrefix", "\"OTHER_\""), ("keep", "[\"a\"]"), ("rename", "[{ \"from\": \"a\", \"to\": \"b\" }]"), ("exclude", "[\"a.h\"]"), ("internal", "[\"a\"]"),
    ];

    [Fact]
    public void Every_property_counts_in_the_digest_but_those_that_have_no_part_in_names()
    {
        using var folder = new TestUtilities.TemporaryFolder();
        folder.Write("names.txt", "listed\n");
        string plain = Digest(new() { ["publicPrefix"] = "\"acme_\"" });
        foreach (var (name, value) in s_root)
        {
            Dictionary<string, string> policy = new() { ["publicPrefix"] = "\"acme_\"", [name] = value };
            if (name == "publicList")
            {
                policy["public"] = "[\"headers\", \"list\"]";
            }

            Assert.True(plain != Digest(policy), name);
        }

        string tags = Digest(new() { ["publicPrefix"] = "\"acme_\"", ["headers"] = "{ \"kinds\": [\"tag\"] }" });
        Assert.All(s_headers, property => Assert.NotEqual(tags, Digest(new() { ["publicPrefix"] = "\"acme_\"", ["headers"] = Section(property) })));
        Assert.Equal(s_root.Select(property => property.Name).Concat(s_noPartInNames).Order(), Known("{ \"zzzzzzzzzzzzzzzzzzzzzz\": 1 }"));
        Assert.Equal(s_headers.Select(property => property.Name).Order(), Known("{ \"publicPrefix\": \"p_\", \"headers\": { \"zzzzzzzzzzzzzzzzzzzzzz\": 1 } }"));

        string Digest(Dictionary<string, string> properties) => NamespacePolicy.Parse(
            Encoding.UTF8.GetBytes($"{{ {string.Join(", ", properties.Select(property => $"\"{property.Key}\": {property.Value}"))} }}"), folder.File("p.json")).Digest;

        static string Section((string Name, string Value) property) =>
            property.Name == "kinds" ? $"{{ \"kinds\": {property.Value} }}" : $"{{ \"kinds\": [\"tag\"], \"{property.Name}\": {property.Value} }}";
    }

    /// <summary>Names may be spelled as properties are, and stand on another list: what was passed by one policy is not passed by the other.</summary>
    [Theory]
    [InlineData("\"keep\": [\"hooks\"]", "\"hooks\": [\"hooks\"]")]
    [InlineData("\"keep\": [\"a\"]", "\"hooks\": [\"a\"]")]
    [InlineData("\"keep\": [\"a\", \"hooks\"]", "\"keep\": [\"a\"], \"hooks\": [\"hooks\"]")]
    [InlineData("\"compilerNames\": [\"linkerNames\"]", "\"linkerNames\": [\"linkerNames\"]")]
    public void A_name_counts_where_it_stands(string one, string other)
    {
        Assert.NotEqual(Digest(one), Digest(other));

        static string Digest(string properties) => NamespacePolicy.Parse(Encoding.UTF8.GetBytes($"{{ \"publicPrefix\": \"p_\", {properties} }}"), "p.json").Digest;
    }

    [Fact]
    public void The_pages_have_every_property_of_headers_and_every_word_for_what_is_public()
    {
        Assert.Equal(s_headers.Select(property => property.Name).Order(), Bullet().Matches(Page("headers.md")).Select(match => match.Groups[1].Value).Order());
        Assert.Equal(PublicSources.Words, Row().Matches(Page("public.md").Split("\n## ")[0]).Select(match => match.Groups[1].Value));
        Assert.Contains($"\"kinds\": [{string.Join(", ", HeaderPolicy.KindWords.Select(word => $"\"{word}\""))}]", Page("headers.md"));
    }

    private static IEnumerable<string> Known(string json) =>
        Assert.Throws<DiagnosticException>(() => NamespacePolicy.Parse(Encoding.UTF8.GetBytes(json), "p.json")).Diagnostic.Message.Split("known are ")[1].Split(", ").Order();

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", name));

    [GeneratedRegex(@"^- \*\*`(\w+)`\*\*", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
