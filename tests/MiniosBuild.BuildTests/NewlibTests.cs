using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>newlib as the libc of a project. What guests do with it is tested where they boot, how it is built with the task.</summary>
[Trait("Length", "long")]
public sealed class NewlibTests : IDisposable
{
    private const string Guest = """
        #include <math.h>
        #include <stdio.h>
        #include <sys/time.h>
        #include <mini-os/kernel.h>

        int app_main(start_info_t *si)
        {
        	struct timeval now;

        	gettimeofday(&now, NULL);
        	return printf("%g %s %ld\n", sin(si->nr_pages), si->magic, (long)now.tv_sec) < 0;
        }
        """;

    private readonly GuestProject _project = new() { CompilesAnew = true };

    public NewlibTests()
    {
        _project.Environment["MiniosCacheFolder"] = Repository.CacheFolder;
        _project.Write("main.c", Guest);
        Settings("<MiniosLibc>newlib</MiniosLibc>");
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("-p:MiniosPolicy=minios")]
    [InlineData("-p:MiniosPolicy=minios-strict")]
    [InlineData("-p:MiniosPolicy=hide-only")]
    public void ItsGlueFitsTheFrameworkUnderEveryPolicy(string setting)
    {
        _project.Build(setting).MustSucceed();

        Assert.Contains("libminios-newlib.a(state.o)", Map());
    }

    [Fact]
    public void ASecondBuildMakesNothingAgain()
    {
        _project.Build().MustSucceed();
        var written = Times();

        var outcome = _project.Build().MustSucceed();

        Assert.Equal(written, Times());
        Assert.DoesNotContain(outcome.Messages, m => m.StartsWith("compiled ", StringComparison.Ordinal) || m.StartsWith("building newlib", StringComparison.Ordinal));
    }

    [Fact]
    public void ALibraryBringsItWithItsGlueAndHeaders()
    {
        _project.Build("-p:OutputType=Library").MustSucceed();
        string output = _project.PathOf("bin/Debug/");

        Assert.Superset(
            new HashSet<string> { "libc.a", "libm.a", "libminios-core.a", "libminios-newlib.a" },
            Directory.GetFiles(output + "lib").Select(f => Path.GetFileName(f)).ToHashSet());
        Assert.True(File.Exists(output + "include/minios-libc/sys/reent.h"));
        Assert.Contains("-D__DYNAMIC_REENT__", File.ReadAllText(output + "share/minios/minios.pc"));
    }

    [Fact]
    public void WithAnotherLibcNothingOfItsGlueIsCompiled()
    {
        _project.Write("main.c", Guests.Hello);
        _project.Build("-p:MiniosLibc=stub").MustSucceed();
        string[] objects = Directory.GetFiles(_project.PathOf("obj"), "*.o", SearchOption.AllDirectories);

        Assert.Contains(objects, o => o.EndsWith("/sched.o", StringComparison.Ordinal));
        Assert.DoesNotContain(objects, o => Path.GetFileName(o) is "state.o" or "heap.o" or "lock.o");
    }

    [Fact]
    public void OfOneThatIsBuiltAlreadyTheThreadsStateAndLocksAreTheTreesAllTheSame()
    {
        _project.Build().MustSucceed();
        string whole = Directory.GetDirectories(Repository.CacheFolder, "newlib-*").First(d => File.Exists(Path.Combine(d, "minios.stamp")));
        string own = _project.PathOf("own/lib/libc.a"), single = _project.Write("own/single.c", "void *__getreent(void) { return 0; }\nvoid __retarget_lock_acquire(void *lock) { (void)lock; }\n");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        Directory.CreateSymbolicLink(_project.PathOf("own/include"), Path.Combine(whole, "include"));
        File.Copy(Path.Combine(whole, "lib/libm.a"), _project.PathOf("own/lib/libm.a"));
        File.Copy(Path.Combine(whole, "lib/libc.a"), own);
        RealTool.Run("gcc", "-c", "-mno-red-zone", "-fno-pic", "-fcf-protection=none", "-o", _project.PathOf("single.o"), single);
        RealTool.Run("ar", "rs", own, _project.PathOf("single.o"));
        File.Delete(single);
        Settings("<MiniosLibc>newlib</MiniosLibc><MiniosNewlib>own</MiniosNewlib>");

        _project.Build().MustSucceed();

        string map = Map();
        Assert.Contains("libminios-newlib.a(state.o)", map);
        Assert.Contains("libminios-newlib.a(lock.o)", map);
        Assert.DoesNotContain("(single.o)", map);

        // Options on the command line replace all of the project's.
        _project.Build("-p:MiniosLinkerOptions=--gc-sections").MustSucceed();

        Assert.DoesNotContain("(single.o)", Map());

        _project.Build("-p:OutputType=Library").MustSucceed();

        Assert.Contains(" -Wl,--undefined=__getreent -Wl,--undefined=__retarget_lock_acquire -Wl,--start-group ", File.ReadAllText(_project.PathOf("bin/Debug/share/minios/minios.pc")));
    }

    private void Settings(string properties) => _project.SetProject($"<PropertyGroup><OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors>{properties}</PropertyGroup>");

    private string Map() => File.ReadAllText(_project.Image + ".map");

    private Dictionary<string, DateTime> Times() => Directory.GetFiles(_project.PathOf("obj"), "*", SearchOption.AllDirectories)
        .Where(f => f.EndsWith(".o", StringComparison.Ordinal) || f.EndsWith(".a", StringComparison.Ordinal)).ToDictionary(f => f, File.GetLastWriteTimeUtc);
}
