using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Api;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The list of public symbols that owners keep, and its comparison with another.</summary>
public sealed class ApiListTarget : FuzzTarget
{
    private readonly ApiList _other = ApiList.Parse("# libc: stub\ncounter data core\nsum function core\n", "other.txt");
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(TextSeeds.ApiLists);

    public override string Name => "api-list";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override IReadOnlyList<string> Words { get; } =
        ["function", "data", "tls", "ifunc", "core", "libc", "sum", "counter", "# libc: stub", "# policy:", "\\x20", "\\", "\\\\", " ", "\r"];

    public override int AllocationPerByte => 512;

    public override void Execute(byte[] input)
    {
        ApiList list = ApiList.Parse(Encoding.UTF8.GetString(input), "minios.api.txt");
        string text = list.ToText();
        ApiList again = ApiList.Parse(text, "again");
        BrokenPromiseException.Require(again.ToText() == text, "a list that is written and read is the same list");
        BrokenPromiseException.Require(list.ChangesTo(again).Count == 0, "a list has no changes to itself");
        _ = list.Check(_other, "minios.api.txt").Count + _other.Check(list, "minios.api.txt").Count;
    }
}
