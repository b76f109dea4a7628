using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The rewriter on a user's sources, with everything that its options can ask for.</summary>
public sealed class SourceTarget : FuzzTarget
{
    private static readonly NameMap s_names = NameMap.Of(
    [
        new(HeaderNameKind.Variable, "counter", "minios_counter"), new(HeaderNameKind.Function, "sum", "counter"), new(HeaderNameKind.Macro, "LIST_H", "MINIOS_LIST_H"),
        new(HeaderNameKind.Typedef, "op", "minios_op"), new(HeaderNameKind.Tag, "list", "minios_list"), new(HeaderNameKind.FunctionMacro, "app_main", "minios_app_main"),
    ]);

    private static readonly RewriteOptions s_options = new()
    {
        Path = "a.c", IsUserCode = true, Guard = "MINIOS_A_H", Removed = new HashSet<string> { "app_main", "A" }, Undefined = new HashSet<string> { "X", "Y" },
        Types = new HashSet<string> { "T" },
    };

    public override string Name => "source";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Headers;

    public override IReadOnlyList<string> Words { get; } =
    [
        "#ifdef X\n", "#if !defined(X) && (Y || !X)\n", "#elif defined Y\n", "#else\n", "#endif\n", "#undef A\n", "#define A", "sum", "counter", "minios_counter", "T *",
        "static", "struct list {", "asm(\"call sum\")", "alias(\"sum\")", "#x", "su ## m", "(", ")", "{", "}", "[", "]", "app_main", "#pragma push_macro(\"LIST_H\")\n",
    ];

    public override int AllocationPerByte => 1024;

    public override void Execute(byte[] input)
    {
        RewrittenText rewritten = SourceRewriter.Rewrite(input, s_names, s_options);
        BrokenPromiseException.Require(rewritten.Bytes.AsSpan().Count((byte)'\n') == input.AsSpan().Count((byte)'\n'), "every line keeps its number");
        foreach (Diagnostic undecided in rewritten.Undecided)
        {
            BrokenPromiseException.Require(undecided is { File: "a.c", Line: > 0, Column: > 0 }, "what is undecided has a place");
        }

        _ = HeaderGuard.Of(input);
    }
}
