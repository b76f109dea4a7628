using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Guests whose own names are those that Mini-OS had, and guests that use Mini-OS by its old names.</summary>
[Trait("Length", "long")]
public sealed class NameTests
{
    [Theory]
    [InlineData("minios", "stub")]
    [InlineData("minios-strict", "private")]
    public void AGuestMayHaveEveryNameThatMiniosHad(string policy, string libc)
    {
        string[] headers = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "mini-os", "include"), "*.h", SearchOption.AllDirectories).Select(f => Path.GetFileName(f))];
        using var project = new GuestProject(body: $"""
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <MiniosPolicy>{policy}</MiniosPolicy>
              <MiniosLibc>{libc}</MiniosLibc>
              <MiniosRunTimeout>600</MiniosRunTimeout>
              <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            </PropertyGroup>
            <ItemGroup>
              <MiniosDriver Include="blkfront;netfront;pcifront" />
            </ItemGroup>
            """);
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "MiniosBuild.BootTests", "Guests", "collisions")))
        {
            project.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        project.Write("every.h", string.Concat(headers.Order(StringComparer.Ordinal).Select(h => $"#include <mini-os/{h}>\n")));

        var run = project.Run();

        Assert.Contains("the kernel wakes, red thread, 157", run.Output);
        Assert.Equal(42, run.ExitCode);
        string staged = project.PathOf("obj/Debug/guest.minios/stage/include/mini-os");
        Assert.Equal(headers.Append("compat.h").Order(), Directory.GetFiles(staged).Select(f => Path.GetFileName(f)).Order());
    }

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void ASourceInOldNamesBootsWithCompatibility(string configuration)
    {
        using var project = SampleCopy.Of("oldnames");

        var run = project.Run("-c", configuration);

        Assert.Equal(12, Output.Lines(run.Output).Count(l => l.Contains(" does job ", StringComparison.Ordinal)));
        Assert.Contains("12 jobs, 0 failures", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void WithoutItTheErrorsSayTheNewSpelling()
    {
        using var project = SampleCopy.Of("oldnames");

        var build = project.Build("-p:MiniosCompatibility=false").MustFail();

        foreach (string name in (string[])["minios_s_time_t", "MINIOS_DECLARE_WAIT_QUEUE_HEAD", "MINIOS_NOW", "minios_wake_up", "minios_current", "minios_wait_event", "MINIOS_ARRAY_SIZE", "minios_schedule"])
        {
            Assert.Contains(build.Errors, e => e.File.EndsWith("oldnames.c", StringComparison.Ordinal) && e.Text.Contains($"\"{name}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ASourceThatMigratedBootsWithoutCompatibility()
    {
        using var project = SampleCopy.Of("oldnames");
        string source = project.PathOf("oldnames.c"), old = File.ReadAllText(source);
        project.Build("-p:MiniosCompatibility=false").MustFail();
        string names = Assert.Single(Directory.GetFiles(project.PathOf("obj"), "names.txt", SearchOption.AllDirectories));

        Assert.Equal(0, MiniosTool.Run(project.Folder, "migrate", "--names", names, ".", "--write").ExitCode);
        var run = project.Run("-p:MiniosCompatibility=false");

        Assert.Contains("12 jobs, 0 failures", run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0, MiniosTool.Run(project.Folder, "migrate", "--names", names, ".", "--write", "--inverse").ExitCode);
        Assert.Equal(old, File.ReadAllText(source));
    }
}
