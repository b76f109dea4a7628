using System.Text;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class PassNoteTests
{
    private const string Plain = """{ "name": "n", "publicPrefix": "p_", "internalPrefix": "_p_", "keep": ["a", "b"], "rename": [{ "from": "x", "to": "y" }, { "match": "z(.)", "to": "w$1" }] }""";

    [Fact]
    public void The_digest_is_of_what_the_policy_does_and_not_of_its_bytes()
    {
        string digest = Policy(Plain).Digest;
        Assert.Matches("^[0-9a-f]{16}$", digest);
        Assert.Equal(digest, Policy("// mine\n" + Plain.Replace(", ", ",\n  ")).Digest);
        Assert.Equal(digest, Policy(Plain.Replace("\"a\", \"b\"", "\"b\", \"a\"")).Digest);
        Assert.Equal(digest, Policy(Plain.Replace("\"name\": \"n\"", "\"$schema\": \"s.json\", \"name\": \"other\", \"unmatched\": \"error\"")).Digest);
        Assert.Equal(digest, Policy(Plain.Replace("\"name\"", "\"compilerNames\": [\"memcpy\"], \"name\"")).Digest);
    }

    [Fact]
    public void The_order_of_drivers_does_not_count_but_that_of_their_rules_does()
    {
        const string B = "\"b\": { \"prefix\": \"b_\", \"hooks\": [\"h\"], \"rename\": [{ \"from\": \"u\", \"to\": \"b_u\" }] }";
        const string C = "\"c\": { \"prefix\": \"c_\", \"rename\": [{ \"match\": \"c(.*)\", \"to\": \"c_$1\" }, { \"match\": \"(.*)c\", \"to\": \"c_$1\" }] }";
        Assert.Equal(Drivers(B, C).Digest, Drivers(C, B).Digest);
        Assert.NotEqual(
            Drivers(B, C).Digest,
            Drivers(B, C.Replace("c(.*)", "1").Replace("(.*)c", "c(.*)").Replace("\"1\"", "\"(.*)c\"")).Digest);

        static NamespacePolicy Drivers(params string[] drivers) => Policy(Plain.Replace("{ \"name\"", $"{{ \"drivers\": {{ {string.Join(", ", drivers)} }}, \"name\""));
    }

    [Theory]
    [InlineData("p_\"", "q_\"")]
    [InlineData("\"b\"]", "\"c\"]")]
    [InlineData("\"to\": \"y\"", "\"to\": \"v\"")]
    [InlineData("\"from\": \"x\"", "\"match\": \"x\"")]
    [InlineData("\"to\": \"y\"", "\"to\": \"y\", \"library\": \"core\"")]
    [InlineData("{ \"name\"", "{ \"data\": \"hide\", \"name\"")]
    [InlineData("{ \"name\"", "{ \"linkerNames\": [\"_here\"], \"name\"")]
    [InlineData("{ \"name\"", "{ \"cNames\": [\"reallocf\"], \"name\"")]
    [InlineData("{ \"name\"", "{ \"drivers\": { \"d\": { \"prefix\": \"d_\" } }, \"name\"")]
    public void Whatever_changes_names_changes_the_digest(string from, string to)
    {
        Assert.Contains(from, Plain);
        Assert.NotEqual(Policy(Plain).Digest, Policy(Plain.Replace(from, to)).Digest);
    }

    [Fact]
    public void The_shipped_policies_have_three_digests() => Assert.Equal(
        3, new[] { BuiltInPolicy.Minios, BuiltInPolicy.Strict, BuiltInPolicy.HideOnly }.Select(policy => policy.Digest).Distinct().Count());

    [Fact]
    public void A_note_is_read_back_and_tells_passes_apart()
    {
        PassNote note = PassNote.For(BuiltInPolicy.Minios, LibcMode.Private);
        Assert.Equal($"pass=1 digest={BuiltInPolicy.Minios.Digest} libc=private policy=minios", note.ToString());
        Assert.Equal(note, PassNote.Parse(note.ToString()));
        Assert.True(note.IsSamePass(note with { PolicyName = "by another name" }));
        Assert.False(note.IsSamePass(PassNote.For(BuiltInPolicy.Minios, LibcMode.Stub)));
        Assert.False(note.IsSamePass(PassNote.For(BuiltInPolicy.Strict, LibcMode.Private)));
    }

    [Fact]
    public void Any_name_of_a_policy_fits_a_note()
    {
        string text = PassNote.TextFor(Policy(Plain.Replace("\"n\"", "\"a policy=b\\n\\u0000é\"")), LibcMode.None);
        Assert.Equal("a policy=b  é", PassNote.Parse(text)!.PolicyName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pass=1")]
    [InlineData("pass=1 digest=0123456789ABCDEF libc=stub policy=x")]
    [InlineData("pass=1 digest=0123456789abcdef libc=3 policy=x")]
    [InlineData("pass=9999999999 digest=0123456789abcdef libc=stub policy=x")]
    [InlineData("pass=1 digest=0123456789abcdef libc=stub policy=x\n")]
    public void What_is_no_note_is_not_read(string text) => Assert.Null(PassNote.Parse(text));

    private static NamespacePolicy Policy(string json) => NamespacePolicy.Parse(Encoding.UTF8.GetBytes(json), "n.json");
}
