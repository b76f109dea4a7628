using MiniosBuild.Fuzzing.RoundTrip;
using MiniosBuild.UnitTests.ObjectFormats;

namespace MiniosBuild.UnitTests.Fuzzing;

public sealed class RoundTripTests
{
    /// <summary>What libgcc-12-dev, libc6-dev, libstdc++-12-dev and musl-dev alone bring, less a margin.</summary>
    private const int LeastObjects = 5000;

    [Fact]
    public void Every_object_of_the_machine_is_rewritten_to_itself_and_renamed_and_back()
    {
        FolderRoundTrip roundTrip = new();
        foreach (string path in MachineFiles.All())
        {
            roundTrip.AddFile(path);
        }

        Assert.Empty(roundTrip.Failures);
        Assert.Empty(roundTrip.Refusals);
        Assert.InRange(roundTrip.Objects, LeastObjects, int.MaxValue);
        Assert.InRange(roundTrip.Symbols, 20_000, long.MaxValue);
    }
}
