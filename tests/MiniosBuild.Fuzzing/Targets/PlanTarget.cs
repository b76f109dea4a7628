using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The plan's file, and everything that a pass asks a plan that was read from it.</summary>
public sealed class PlanTarget : FuzzTarget
{
    public override string Name => "plan";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Plans;

    public override IReadOnlyList<string> Words { get; } =
        ["Keep", "Rename", "Localize", "Stub", "Private", "None", "7", "format", "objects", "uses", "names", "path", "unresolved", "a.o", "core", "null", "true"];

    public override int AllocationPerByte => 256;

    public override void Execute(byte[] input)
    {
        NamespacePlan plan = NamespacePlan.Parse(input, "plan.json");
        ReadAll(plan);
        BrokenPromiseException.Require(plan.Equals(NamespacePlan.Parse(plan.Serialize(), "again")), "a plan that is written and read is the same plan");
    }

    internal static void ReadAll(NamespacePlan plan)
    {
        foreach (PlannedObject planned in plan.Objects)
        {
            _ = plan.RenamesFor(planned.Path);
            _ = plan.LocalsFor(planned.Path);
        }

        _ = plan.RenameMapText();
        _ = plan.HeaderRenames.Count + plan.Unresolved.Count + plan.Diagnostics.Count;
    }
}
