using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The scanner of preprocessed C: whatever is no C is passed over.</summary>
public sealed class DeclarationsTarget : FuzzTarget
{
    public override string Name => "declarations";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Preprocessed;

    public override IReadOnlyList<string> Words { get; } =
    [
        "int", "extern", "static", "inline", "typedef", "struct", "enum", "union", "__attribute__((weak))", "__asm__(\"x\")", "typeof(x)", "_Alignas(8)",
        "_Static_assert(1)", "extern \"C\" {", "(*", "...", "# 1 \"a.h\" 1", "#line 7", "#pragma", "'a'", "\"text\"", "R\"(x)\"", "1e+5", "[[a]]", "<:", "%:", "??/",
    ];

    // Each mark is a token of some 40 bytes, in a list that grows by doubling.
    public override int AllocationPerByte => 256;

    public override void Execute(byte[] input)
    {
        PublicDeclarations found = PublicDeclarations.Scan(Encoding.UTF8.GetString(input), file => file + ".h");
        foreach (string name in found.Functions.Keys.Concat(found.Variables.Keys))
        {
            BrokenPromiseException.Require(name.Length > 0, "what is declared has a name");
        }
    }
}
