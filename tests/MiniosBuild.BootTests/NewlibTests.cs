using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Guests with newlib, from its source to what they do on the real hypervisor.</summary>
public sealed class NewlibTests(SharedProject shared) : IClassFixture<SharedProject>
{
    [Theory]
    [InlineData("Debug", "gcc")]
    [InlineData("Release", "gcc")]
    [InlineData("Release", "clang")]
    public void TheSamplePassesEveryLine(string configuration, string compiler)
    {
        using var project = SampleCopy.Of("newlib");
        project.Environment["MiniosCacheFolder"] = Repository.CacheFolder;

        var run = project.Run("-c", configuration, "-p:MiniosCC=" + compiler);

        TapOutput.Of(run.Output).MustPass(atLeast: 70);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void WhatAppMainReturnsIsTheExitCodeAfterAllStreamsAreWrittenOut()
    {
        // Only the other thread uses a stream, and nothing ends its line.
        var run = Run("""
            static void other(void *data) { (void)data; printf("the rest of a line"); }

            int app_main(start_info_t *si)
            {
            	(void)si;
            	minios_create_thread("other", other, NULL);
            	minios_msleep(5);
            	return 23;
            }
            """);

        Assert.Contains("the rest of a line", run.Output);
        Assert.Equal(23, run.ExitCode);
    }

    [Fact]
    public void AbortEndsTheGuestAsOneThatHasGoneWrong()
    {
        var run = Run("int app_main(start_info_t *si) { (void)si; puts(\"before\"); abort(); }");

        Assert.Contains("before", run.Output);
        Assert.Contains("Ended by signal 6", run.Output);
        Assert.Equal(126, run.ExitCode);
    }

    [Fact]
    public void AFailedAssertionSaysWhere()
    {
        var run = Run("#include <assert.h>\nint app_main(start_info_t *si) { assert(!si); return 0; }");

        Assert.Contains("assertion \"!si\" failed: file \"./main.c\", line 10", run.Output);
        Assert.Equal(126, run.ExitCode);
    }

    [Theory]
    [InlineData("free(malloc(10))")]
    [InlineData("puts(\"from a handler\")")]
    public void AnEventHandlerThatUsesTheHeapOrAStreamIsTold(string use)
    {
        var run = Run(InHandler(use + ";", "0"));

        Assert.Contains("Panic: An event handler uses the C library's heap or streams", run.Output);
        Assert.Equal(126, run.ExitCode);
    }

    [Fact]
    public void AnEventHandlerMayUseWhatNeedsNoLockAndLeavesTheThreadsErrnoAlone()
    {
        var run = Run(InHandler(
            "errno = ERANGE; snprintf(text, sizeof(text), \"%d %s\", 42, \"things\");",
            "errno == EBADF && !strcmp(text, \"42 things\") ? 7 : 1"));

        Assert.Equal(7, run.ExitCode);
    }

    [Fact]
    public void AGuestMayHaveFunctionsWithTheNamesThatCLeavesToIt()
    {
        var run = Run("""
            char *read(int page) { return page == 3 ? "a story" : ""; }
            int link = 5, times = 2, wait;
            double write(double pages) { return pages / 2; }
            const char *open = "a door", *kill[] = { "time" };

            int app_main(start_info_t *si)
            {
            	(void)si;
            	printf("%s, %.1f pages, %s, %s\n", read(3), write(7), open, kill[0]);
            	return link * times + wait;
            }
            """);

        Assert.Contains("a story, 3.5 pages, a door, time", run.Output);
        Assert.Equal(10, run.ExitCode);
    }

    [Fact]
    public void StandardInputIsTheConsoles()
    {
        var project = Guest("""
            int app_main(start_info_t *si)
            {
            	char word[20];
            	double number;

            	(void)si;
            	if (scanf("%19s %lf", word, &number) != 2)
            		return 1;
            	printf("read [%s] and %.3f\n", word, number * 2);
            	return fgets(word, sizeof(word), stdin) && fgets(word, sizeof(word), stdin) && !strcmp(word, "end\n") ? 8 : 2;
            }
            """);

        var (code, output) = ConsoleInputTests.Boot(project, "half 0.25\nend\n"u8.ToArray());

        Assert.Contains("read [half] and 0.500", output);
        Assert.Equal(8, code);
    }

    [Fact]
    public void AThreadThatWaitsForInputDoesNotKeepTheGuestFromItsEnd()
    {
        // A key that ends a line sends a carriage return, as a terminal that changes nothing passes it on.
        var project = Guest("""
            static int lines;

            static void reader(void *data)
            {
            	char line[20];

            	(void)data;
            	while (fgets(line, sizeof(line), stdin))
            		printf("line %d is [%.*s]\n", ++lines, (int)strcspn(line, "\n"), line);
            }

            int app_main(start_info_t *si)
            {
            	(void)si;
            	minios_create_thread("reader", reader, NULL);
            	while (lines < 2)
            		minios_msleep(5);
            	printf("what exit writes out");
            	return 9;
            }
            """);

        var (code, output) = ConsoleInputTests.Boot(project, "one\rtwo\n"u8.ToArray());

        Assert.Contains("line 1 is [one]", output);
        Assert.Contains("line 2 is [two]", output);
        Assert.Contains("what exit writes out", output);
        Assert.Equal(9, code);
    }

    private DotnetCommand.Result Run(string code) => Guest(code).Run();

    private GuestProject Guest(string code)
    {
        const string Body = """
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <MiniosLibc>newlib</MiniosLibc>
              <MiniosRunTimeout>600</MiniosRunTimeout>
            </PropertyGroup>
            """;
        var project = shared.Of(Body, $$"""
            #include <errno.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <mini-os/events.h>
            #include <mini-os/kernel.h>
            #include <mini-os/sched.h>
            #include <xen/event_channel.h>
            {{code}}

            """);
        project.Environment["MiniosCacheFolder"] = Repository.CacheFolder;
        return project;
    }

    // A handler that is called while a thread runs whose errno is EBADF.
    private static string InHandler(string handling, string result) => $$"""
        static char text[32];

        static void handler(evtchn_port_t port, struct pt_regs *regs, void *data)
        {
        	(void)port, (void)regs, (void)data;
        	{{handling}}
        }

        static void trigger(void)
        {
        	evtchn_port_t port, other;

        	if (minios_evtchn_alloc_unbound(DOMID_SELF, handler, NULL, &port) || minios_evtchn_bind_interdomain(DOMID_SELF, port, handler, NULL, &other))
        		return;
        	minios_unmask_evtchn(other);
        	minios_notify_remote_via_evtchn(port);
        	minios_msleep(5);
        }

        int app_main(start_info_t *si)
        {
        	(void)si;
        	errno = EBADF;
        	trigger();
        	return {{result}};
        }
        """;
}
