using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Guests compiled with floating point: the kernel keeps the vector registers of their threads and handlers apart.</summary>
public sealed class VectorTests(SharedProject shared) : IClassFixture<SharedProject>
{
    private const int Checks = 16;

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void ThreadsAndHandlersKeepTheirRegisters(string configuration)
    {
        var project = Guest();

        var run = project.Run("-c", configuration);

        TapOutput.Of(run.Output).MustPass(Checks);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("-xsave")]
    [InlineData("-avx")]
    public void TheyDoSoOnAProcessorThatHasLess(string feature)
    {
        var project = Guest();
        project.Build().MustSucceed();
        string emulator = project.Write("emulator", $$"""
            #!/bin/bash
            exec qemu-system-x86_64 "${@/max,-smap/max,-smap,{{feature}}}"

            """);
        RealTool.Run("chmod", "+x", emulator);

        var run = MiniosTool.Run(project.Folder, "run", project.Image, "--timeout", "600", "--qemu", emulator);

        TapOutput.Of(run.Output).MustPass(Checks);
        Assert.Contains("# without AVX", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    private GuestProject Guest() => shared.Of(
        """
        <PropertyGroup>
          <OutputType>Exe</OutputType>
          <MiniosRunTimeout>600</MiniosRunTimeout>
          <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          <MiniosFloatingPoint>true</MiniosFloatingPoint>
        </PropertyGroup>
        """,
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "MiniosBuild.BootTests", "Guests", "vectors.c")));
}
