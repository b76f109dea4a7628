using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The reader of files of lines <c>CONFIG_X = y</c>: what it takes and writes again is the same.</summary>
public sealed class ConfigFileTarget : FuzzTarget
{
    private readonly IReadOnlyList<Seed> _seeds =
    [
        TextSeeds.Text("switches", "# A test\nCONFIG_BALLOON = y\nCONFIG_PARAVIRT=n\n\nXEN_INTERFACE_VERSION=__XEN_LATEST_INTERFACE_VERSION__\nCONFIG_STACK := 4 # pages\nCONFIG_A ?= y\nCONFIG_A += \\\n  z\n"),
        TextSeeds.Text("many", string.Concat(Enumerable.Range(0, 100).Select(n => $"CONFIG_S{n} = {(n % 2 == 0 ? "y" : "n")}\n"))),
    ];

    public override string Name => "config-file";

    public override IReadOnlyList<Seed> Seeds => _seeds;

    public override IReadOnlyList<string> Words { get; } = ["CONFIG_", "=", ":=", "?=", "+=", "y", "n", "#", "\\\n", "$(A)", "ifeq (a,b)", "include x", "a: b", "\t", " "];

    public override int AllocationPerByte => 1024;

    public override int AllocationBase => 64 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        ConfigFile file = ConfigFile.Parse(Encoding.UTF8.GetString(input), "minios.cfg");
        ConfigLine[] lines = [.. file.Switches.Select(s => s with { Name = "CONFIG_" + s.Name }), .. file.Variables];
        BrokenPromiseException.Require(lines.All(l => l.Line > 0 && l.Name.Length > 0), "a line has a number and a name");
        if (!lines.Any(l => l.Value.AsSpan().IndexOfAny('\\', '#') >= 0))
        {
            ConfigFile again = ConfigFile.Parse(string.Concat(lines.Select(l => $"{l.Name} := {l.Value}\n")), "minios.cfg");
            BrokenPromiseException.Require(
                file.Switches.Select(s => (s.Name, s.Value)).SequenceEqual(again.Switches.Select(s => (s.Name, s.Value))), "what is written again is the same");
        }
    }
}
