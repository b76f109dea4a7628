using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>A sound input that mutants are made from.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Fields">Where its numbers are; empty for texts.</param>
/// <param name="HotRanges">Where damage tells the most, beside the fields; empty when any place is as good.</param>
public sealed record Seed(string Name, byte[] Bytes, IReadOnlyList<BinaryField> Fields, IReadOnlyList<(int Start, int Length)> HotRanges)
{
    public Seed(string name, byte[] bytes)
        : this(name, bytes, [], [])
    {
    }

    public override string ToString() => Name;
}
