using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Guests made by hand, from the package alone, on the real hypervisor.</summary>
public sealed class GuestTests(SharedProject shared) : IClassFixture<SharedProject>
{
    private const string ProjectBody = """
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <MiniosArch>x86_64</MiniosArch>
            <MiniosLibc>stub</MiniosLibc>
            <MiniosRunTimeout>600</MiniosRunTimeout>
          </PropertyGroup>
        """;

    [Fact]
    public void AGuestsReturnValueIsTheExitCodeOfDotnetRun()
    {
        var project = Guest("return 3;");

        var run = project.Run();

        Assert.Contains("the guest is here", run.Output);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public void ARunWithinMSBuildFailsWithTheGuestsExitCode()
    {
        var project = Guest("return 4;");

        var run = project.Build("-t:Run").MustFail();

        Assert.Contains("exit code 4", run.SingleError("MINIOS1715").Text);
        Assert.Contains(run.Messages, m => m == "the guest is here");
    }

    [Fact]
    public void ArgumentsReachTheGuest()
    {
        var project = Guest("minios_printk(\"[%s]\\n\", (const char *)si->cmd_line);\n\treturn 0;");

        var run = project.Run("--", "one", "two=2");

        Assert.Contains("one two=2]", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void ACrashIsNoSuccessAndShowsTheRegisters()
    {
        var project = Guest("*(volatile int *)8 = 1;\n\treturn 0;");

        var run = project.Run();

        Assert.Equal(126, run.ExitCode);
        Assert.Contains("RIP", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("CR2", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void AGuestThatNeverEndsIsStopped()
    {
        var project = Guest("for (;;)\n\t\t;");

        var run = project.Run("-p:MiniosRunTimeout=8");

        Assert.Equal(124, run.ExitCode);
        Assert.Contains("MINIOS1713", run.Output);
    }

    [Fact]
    public void ARanGuestWithReleaseOptimizationBehavesTheSame()
    {
        var project = Guest("return 5;");

        Assert.Equal(5, project.Run("-c", "Release").ExitCode);
        Assert.True(File.Exists(project.PathOf("bin/Release/guest")));
    }

    [Fact]
    public void ALibcsHooksSeeTheEndsOfThreadsAndOfTheGuest()
    {
        var project = shared.Of(ProjectBody, """
            #include <mini-os/kernel.h>
            #include <mini-os/os.h>
            #include <mini-os/sched.h>

            static int ends;

            void libc_thread_end(struct minios_thread *thread)
            {
            	ends += thread == minios_get_current() && thread->libc == &ends && !minios_irqs_disabled();
            }

            void libc_exit(int code)
            {
            	minios_kernel_exit(code + ends);
            }

            static void run(void *data)
            {
            	if (minios_get_current()->libc)
            		ends += 50;
            	minios_get_current()->libc = data;
            	if (!data)
            		return;
            	minios_local_irq_disable();
            	minios_exit_thread();
            }

            int app_main(start_info_t *si)
            {
            	(void)si;
            	minios_create_thread("with", run, &ends);
            	minios_create_thread("without", run, NULL);
            	minios_create_thread("with", run, &ends);
            	for (int i = 0; i < 5; i++)
            		minios_schedule();
            	return 10;
            }
            """);

        Assert.Equal(12, project.Run().ExitCode);
    }

    private GuestProject Guest(string body) => shared.Of(ProjectBody, $$"""
        #include <mini-os/kernel.h>
        #include <mini-os/lib.h>

        int app_main(start_info_t *si)
        {
        	(void)si;
        	minios_printk("the guest is here\n");
        	{{body}}
        }
        """);
}
