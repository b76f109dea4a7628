using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.ObjectFormats;

namespace MiniosBuild.UnitTests.Fuzzing;

/// <summary>Code with one fault, which shows once the first byte of the input is not what it was.</summary>
internal sealed class FaultyTarget(Action fault) : FuzzTarget
{
    public override string Name => "faulty";

    public override IReadOnlyList<Seed> Seeds { get; } = [new Seed("zeros", new byte[4])];

    public override void Execute(byte[] input)
    {
        if (input.Length > 0 && input[0] != 0)
        {
            fault();
            throw new ObjectFormatException("MINIOS2001", 0, "refused");
        }
    }
}
