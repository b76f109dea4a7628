using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The saved list of public declarations.</summary>
public sealed class DeclarationListTarget : FuzzTarget
{
    public override string Name => "declaration-list";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.DeclarationLists;

    public override IReadOnlyList<string> Words { get; } = ["function", "variable", "function f 1 a.h", "variable v -1 a b.h", " ", "# "];

    public override int AllocationPerByte => 256;

    public override void Execute(byte[] input)
    {
        PublicDeclarations read = PublicDeclarations.Load(Encoding.UTF8.GetString(input), "declarations.txt");
        string saved = read.Save();
        BrokenPromiseException.Require(PublicDeclarations.Load(saved, "again").Save() == saved, "a list that is saved and loaded is the same list");
    }
}
