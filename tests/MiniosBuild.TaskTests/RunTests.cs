using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

/// <summary>What is refused before a machine is started; the rings of running and booting guests start it.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TaskProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_missing_image_is_named()
    {
        var error = _project.FailOnce(new RunMiniosGuest { Image = "bin/none", Mode = "dom0", CacheFolder = "cache", MemoryMiB = 32 });

        Assert.Equal((ToolchainCodes.GuestImageNotFound, _project.PathOf("bin/none")), (error.Code, error.File));
    }

    [Fact]
    public void A_file_that_is_no_image_is_named()
    {
        string image = _project.Write("bin/text", "no image\n");

        var error = _project.FailOnce(new RunMiniosGuest { Image = "bin/text", Mode = "dom0", CacheFolder = "cache", MemoryMiB = 32 });

        Assert.Equal((ToolchainCodes.NotAGuestImage, image), (error.Code, error.File));
    }

    [Fact]
    public void An_unknown_mode_is_named()
    {
        var error = _project.FailOnce(new RunMiniosGuest { Image = "bin/none", Mode = "pv", CacheFolder = "cache", MemoryMiB = 32 });

        Assert.Equal(ToolchainCodes.UnknownRunMode, error.Code);
        Assert.Contains("MiniosRunMode is 'pv'", error.Message);
    }
}
