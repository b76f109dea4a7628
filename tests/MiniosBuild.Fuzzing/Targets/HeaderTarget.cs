using System.Text;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Proving;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The rewriter on headers: it has no refusals, and changes names only, as the proof says that knows nothing of it.</summary>
public sealed class HeaderTarget : FuzzTarget
{
    private static readonly NameMap s_names = NameMap.Of(
    [
        new(HeaderNameKind.Variable, "counter", "minios_counter"), new(HeaderNameKind.Function, "sum", "minios_sum"), new(HeaderNameKind.Macro, "app_main", "x"),
        new(HeaderNameKind.Function, "local", "_minios_local"), new(HeaderNameKind.Function, "g", "a_longer_name_than_before"),
        new(HeaderNameKind.Tag, "list", "minios_list"), new(HeaderNameKind.Enumerator, "A", "MINIOS_A"), new(HeaderNameKind.FunctionMacro, "F", "MINIOS_F"),
    ]);

    private static readonly RewriteOptions s_options = new() { HeaderName = name => null };

    private static readonly RewriteProof s_proof = new(s_names, [], [], new HashSet<string>(), file => null, file => file, isWritten: true);

    public override string Name => "header";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Headers;

    public override IReadOnlyList<string> Words { get; } =
    [
        "counter", "sum", "app_main", "co\\\nunter", "su\\\r\nm", "R\"x(", ")x\"", "u8\"", "L'", "/*", "*/", "//", "#include", "<sum>", "#define", "0x1p-3", "'",
        "__has_include(", "struct list {", "({", "enum {", "#if 1\n", "\n#else\n", "\n#endif\n", "F(", "##", ".", "->", "asm(", "__attribute__((", "for (", "typedef",
    ];

    // Two parses, each with a text of two bytes a character, tokens of 16 bytes and a frame for every bracket.
    public override int AllocationPerByte => 1024;

    public override void Execute(byte[] input)
    {
        RewrittenText same = SourceRewriter.Rewrite(input, NameMap.Empty, s_options);
        BrokenPromiseException.Require(same.Bytes.AsSpan().SequenceEqual(input), "without renames nothing changes");

        RewrittenText renamed = SourceRewriter.Rewrite(input, s_names, s_options);
        BrokenPromiseException.Require(renamed.Bytes.AsSpan().Count((byte)'\n') == input.AsSpan().Count((byte)'\n'), "every line keeps its number");
        BrokenPromiseException.Require(renamed.Replacements.Count > 0 || renamed.Bytes.AsSpan().SequenceEqual(input), "what was not replaced stays");
        Diagnostic? difference = s_proof.Compare(Encoding.Latin1.GetString(input), Encoding.Latin1.GetString(renamed.Bytes), "as it is").FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error);
        BrokenPromiseException.Require(difference is null, $"only names change: {difference?.Message}");
        if (renamed.Replacements.Count == 0)
        {
            _ = QueueHeader.Prefix(input, "MINIOS_");
        }
    }
}
