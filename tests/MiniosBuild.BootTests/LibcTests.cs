using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>One guest, any libc: a property decides which, and the guest runs on the real hypervisor with each.</summary>
[Trait("Length", "long")]
public sealed class LibcTests
{
    [Theory]
    [InlineData("libc/tiny.props", "Debug", 15)]
    [InlineData("libc/tiny.props", "Release", 15)]
    [InlineData("stub", "Debug", 15)]
    [InlineData("stub", "Release", 15)]
    [InlineData("private", "Debug", 7)]
    [InlineData("private", "Release", 7)]
    [InlineData("none", "Debug", 15)]
    [InlineData("none", "Release", 15)]
    [InlineData("newlib", "Debug", 16)]
    [InlineData("newlib", "Release", 16)]
    public void OneGuestRunsWithEveryLibc(string libc, string configuration, int checks)
    {
        using var project = SampleCopy.Of("custom-libc");
        project.Environment["MiniosCacheFolder"] = Repository.CacheFolder;

        var run = project.Run("-c", configuration, "-p:MiniosLibc=" + libc, "-p:TreatWarningsAsErrors=true");

        TapOutput.Of(run.Output).MustPass(atLeast: checks);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void TheSampleHasItsOwnLibcUnlessItIsToldOtherwise()
    {
        using var project = SampleCopy.Of("custom-libc");

        project.Build().MustSucceed();

        Assert.True(File.Exists(project.PathOf("obj/Debug/custom-libc.minios/libc/libminios-tiny.a")));
    }

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void AGuestWithoutAnyLibcMayHaveAllItsNamesForOtherThings(string configuration)
    {
        // Core, every driver and the framework's own libc, which calls malloc, printf and memcpy of its own all the while.
        using var project = new GuestProject(body: """
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <MiniosLibc>private</MiniosLibc>
              <MiniosGuestOptions>-nostdlib -ffreestanding -fno-builtin -Werror</MiniosGuestOptions>
              <MiniosRunTimeout>600</MiniosRunTimeout>
            </PropertyGroup>
            <ItemGroup>
              <MiniosDriver Include="blkfront;netfront;pcifront" />
            </ItemGroup>
            """);
        project.Write("main.c", """
            #include <mini-os/blkfront.h>
            #include <mini-os/console.h>
            #include <mini-os/kernel.h>
            #include <mini-os/netfront.h>
            #include <mini-os/pcifront.h>
            #include <mini-os/sched.h>
            #include <mini-os/time.h>
            #include <mini-os/xmalloc.h>

            double *errno;
            struct { int planted, felled; } free = { 7, 2 };

            int malloc(const char *street, int number) { return street[0] + number; }
            const char *printf(char letter) { return letter == 'p' ? "a printer of letters" : "nothing"; }
            char memcpy(char only) { return only; }
            long memset(void) { return 11; }
            void strlen(int *rope) { *rope += 30; }
            int snprintf(void) { return 9; }

            static void other(void *data) { *(int *)data += 1; }

            int app_main(start_info_t *si)
            {
            	int rope = 3, ran = 0;
            	/* The drivers are linked, and their code calls what C calls memset, free, sscanf, ... */
            	void *drivers[] = { blkfront_init, netfront_init, pcifront_scan };

            	(void)si;
            	strlen(&rope);
            	minios_create_thread("other", other, &ran);
            	minios_msleep(5);
            	minios_printk("%s, %d, %c, %d trees, %d metres\n", printf('p'), malloc("Abc", 35), memcpy('m'), free.planted - free.felled, rope);
            	return ran == 1 && memset() == 11 && snprintf() == 9 && !errno && drivers[0] && drivers[1] && drivers[2] ? 21 : 1;
            }
            """);

        var run = project.Run("-c", configuration);

        Assert.Contains("a printer of letters, 100, m, 5 trees, 33 metres", run.Output);
        Assert.Equal(21, run.ExitCode);
    }
}
