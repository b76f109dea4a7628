using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Namespaces;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The header rewriter: it has no refusals, and changes names only.</summary>
public sealed class HeaderTarget : FuzzTarget
{
    private static readonly Dictionary<string, string> s_none = [];
    private static readonly Dictionary<string, string> s_renames = new()
    {
        ["counter"] = "minios_counter", ["sum"] = "minios_sum", ["app_main"] = "x", ["local"] = "_minios_local", ["g"] = "a_longer_name_than_before",
    };

    private static readonly Dictionary<string, string> s_back = s_renames.ToDictionary(pair => pair.Value, pair => pair.Key);

    public override string Name => "header";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Headers;

    public override IReadOnlyList<string> Words { get; } =
        ["counter", "sum", "app_main", "co\\\nunter", "su\\\r\nm", "R\"x(", ")x\"", "u8\"", "L'", "/*", "*/", "//", "#include", "<sum>", "#define", "0x1p-3", "'", "__has_include("];

    // Five rewrites, each with texts of two bytes a character.
    public override int AllocationPerByte => 256;

    public override void Execute(byte[] input)
    {
        byte[] same = HeaderRewriter.Rewrite(input, s_none, name => null);
        BrokenPromiseException.Require(same.AsSpan().SequenceEqual(input), "without renames nothing changes");

        byte[] renamed = HeaderRewriter.Rewrite(input, s_renames);
        BrokenPromiseException.Require(renamed.AsSpan().Count((byte)'\n') == input.AsSpan().Count((byte)'\n'), "every line keeps its number");
        BrokenPromiseException.Require(HeaderRewriter.Rewrite(renamed, s_renames).AsSpan().SequenceEqual(renamed), "a second time changes nothing");
        if (renamed.AsSpan().SequenceEqual(input))
        {
            _ = QueueHeader.Prefix(input, "MINIOS_");
        }

        _ = HeaderRewriter.Rewrite(renamed, s_back);
    }
}
