using System.Text.Json;

namespace MiniosBuild.ToolTests;

/// <summary>SARIF 2.1.0: what the standard requires of the parts that a log has, by its paragraphs.</summary>
public sealed class SarifTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public SarifTests() => _library.WritePolicy();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void A_log_has_what_the_standard_requires()
    {
        JsonElement log = _library.Run("check", "--policy", "policy.json", "libparts.a", "--format", "sarif", "-v").MustEndWith(1).Json;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString()); // 3.13.2
        JsonElement run = Assert.Single(log.GetProperty("runs").EnumerateArray()); // 3.13.4
        JsonElement driver = run.GetProperty("tool").GetProperty("driver"); // 3.14.6, 3.18.2
        Assert.Equal("minios", driver.GetProperty("name").GetString()); // 3.19.8
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()]; // 3.19.23: unique
        Assert.Equal(rules.Select(Id).Distinct(), rules.Select(Id));
        Assert.All(rules, rule =>
        {
            Assert.NotEqual("", rule.GetProperty("shortDescription").GetProperty("text").GetString()); // 3.49.9, 3.12.3
            Assert.StartsWith($"# {Id(rule)}: ", rule.GetProperty("help").GetProperty("markdown").GetString());
        });

        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()]; // 3.14.23
        Assert.True(results.Length >= 4);
        Assert.All(results, result =>
        {
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString()); // 3.27.11
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "error", "warning", "note" }); // 3.27.10
            Assert.Equal(result.GetProperty("ruleId").GetString(), Id(rules[result.GetProperty("ruleIndex").GetInt32()])); // 3.27.6
            JsonElement location = Assert.Single(result.GetProperty("locations").EnumerateArray());
            string address = location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
            Assert.True(Uri.IsWellFormedUriString(address, UriKind.RelativeOrAbsolute), address); // 3.4.3
            if (location.GetProperty("physicalLocation").TryGetProperty("region", out JsonElement region))
            {
                Assert.True(region.GetProperty("startLine").GetInt32() > 0); // 3.30.5
            }

            Assert.All(location.GetProperty("logicalLocations").EnumerateArray(), logical => Assert.NotEqual("", logical.GetProperty("name").GetString()));
        });
        JsonElement invocation = Assert.Single(run.GetProperty("invocations").EnumerateArray());
        Assert.Equal((true, 1), (invocation.GetProperty("executionSuccessful").GetBoolean(), invocation.GetProperty("exitCode").GetInt32())); // 3.20.14
    }

    [Fact]
    public void A_leak_is_on_its_line_and_has_a_name_and_a_fingerprint()
    {
        JsonElement log = _library.Run("check", "--policy", "policy.json", "libparts.a", "--format", "sarif").MustEndWith(1).Json;
        JsonElement leak = log.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Single(result =>
            result.GetProperty("ruleId").GetString() == "MINIOS1410" && result.GetProperty("message").GetProperty("text").GetString()!.Contains("\"spare\""));
        JsonElement physical = leak.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("twice.c", 2), (physical.GetProperty("artifactLocation").GetProperty("uri").GetString(), physical.GetProperty("region").GetProperty("startLine").GetInt32()));
        JsonElement logical = leak.GetProperty("locations")[0].GetProperty("logicalLocations")[0];
        Assert.Equal(
            ("spare", "function", "libparts.a(twice.o):spare"),
            (logical.GetProperty("name").GetString(), logical.GetProperty("kind").GetString(), logical.GetProperty("fullyQualifiedName").GetString()));
        Assert.Equal("MINIOS1410 parts twice.o spare", leak.GetProperty("partialFingerprints").GetProperty("miniosFinding/v1").GetString());
    }

    [Fact]
    public void A_path_with_blanks_becomes_an_address()
    {
        File.Copy(Path.Combine(_library.Folder, "libparts.a"), Path.Combine(_library.Folder, "my parts#1.a"));
        RunStripped("my parts#1.a", "my%20parts%231.a");
        string odd = Path.Combine(_library.Folder, "my%20parts.a");
        File.Copy(Path.Combine(_library.Folder, "libparts.a"), odd);
        RunStripped(odd, $"file://{_library.Folder}/my%2520parts.a");
    }

    [Fact]
    public void A_diagnostic_about_a_member_is_located_at_the_archive()
    {
        _library.Compile("again", "int frob(int n) { return n; }\n").Archive("libagain.a", "again");
        JsonElement log = _library.Run("plan", "--policy", "policy.json", "libagain.a", "libparts.a", "--format", "sarif").MustEndWith(0).Json;
        JsonElement location = Assert.Single(log.GetProperty("runs")[0].GetProperty("results").EnumerateArray()).GetProperty("locations")[0];
        Assert.Equal("libparts.a", location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("frob.o", location.GetProperty("logicalLocations")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void A_failure_is_a_notification_and_no_result()
    {
        Minios.Result result = _library.Run("check", "none.a", "--format", "sarif").MustEndWith(2);
        JsonElement run = result.Json.GetProperty("runs")[0];
        Assert.Empty(run.GetProperty("results").EnumerateArray());
        JsonElement invocation = run.GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        JsonElement notification = Assert.Single(invocation.GetProperty("toolExecutionNotifications").EnumerateArray());
        Assert.Equal("MINIOS1801", notification.GetProperty("associatedRule").GetProperty("id").GetString());
        Assert.Contains("MINIOS1801", result.Errors);
    }

    private void RunStripped(string file, string address)
    {
        TestUtilities.RealTool.Run("objcopy", "--strip-debug", Path.Combine(_library.Folder, file));
        JsonElement log = _library.Run("check", "--policy", "policy.json", file, "--format", "sarif").MustEndWith(1).Json;
        Assert.All(
            log.GetProperty("runs")[0].GetProperty("results").EnumerateArray(),
            result => Assert.Equal(address, result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()));
    }

    private static string Id(JsonElement rule) => rule.GetProperty("id").GetString()!;
}
