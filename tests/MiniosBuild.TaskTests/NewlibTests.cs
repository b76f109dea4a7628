using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TaskTests;

/// <summary>Where a newlib comes from, and what is said when it cannot be had.</summary>
public sealed class NewlibTests : IDisposable
{
    private readonly SmallNewlib _newlib = new();

    private TaskProject Project => _newlib.Project;

    public void Dispose() => _newlib.Dispose();

    [Fact]
    public void Without_a_source_the_package_and_both_properties_are_named()
    {
        var task = _newlib.Task();
        (task.Source, task.SourceFolder) = (null, "nowhere");

        var error = Project.FailOnce(task);

        Assert.Equal(ToolchainCodes.NewlibSourceNotFound, error.Code);
        Assert.Contains($"no newlib-*.tar.xz in {Project.PathOf("nowhere")}", error.Message);
        Assert.Contains("apt-get install newlib-source", error.Message);
        Assert.Contains("MiniosNewlibSource", error.Message);
        Assert.Contains("MiniosNewlib ", error.Message);
    }

    [Fact]
    public void A_source_that_is_named_and_not_there_is_named()
    {
        var task = _newlib.Task();
        task.Source = "src/newlib-4.tar.xz";

        Assert.Equal((ToolchainCodes.NewlibSourceNotFound, Project.PathOf("src/newlib-4.tar.xz")), (Project.FailOnce(task).Code, Project.FailOnce(task).File));
    }

    [Fact]
    public void Of_several_sources_the_newest_is_taken()
    {
        foreach (string version in new[] { "3.1.0", "3.10.0", "3.9.0", "of-today" })
        {
            File.Copy(_newlib.Archive, Project.PathOf($"src/newlib-{version}.tar.gz"));
        }

        var task = _newlib.Task();
        (task.Source, task.SourceFolder) = (null, "src");
        Project.Succeed(task);

        Assert.StartsWith("newlib-3.10.0-", Path.GetFileName(_newlib.Entry()));
    }

    [Fact]
    public void A_source_that_is_cut_off_is_told_and_leaves_nothing()
    {
        byte[] whole = File.ReadAllBytes(_newlib.Archive);
        File.WriteAllBytes(_newlib.Archive, whole[..(whole.Length / 2)]);

        var error = Project.FailOnce(_newlib.Task());

        Assert.Equal((ToolchainCodes.NewlibSourceDamaged, _newlib.Archive), (error.Code, error.File));
        Assert.Empty(Directory.GetDirectories(_newlib.Scratch.File("cache")));
    }

    [Fact]
    public void An_archive_of_something_else_is_told()
    {
        SmallNewlib.WriteArchive(_newlib.Archive, new() { ["picolibc/meson.build"] = "project('picolibc')\n" });

        var error = Project.FailOnce(_newlib.Task());

        Assert.Equal(ToolchainCodes.NewlibSourceDamaged, error.Code);
        Assert.Contains("no folder in it that has both configure and newlib/", error.Message);
    }

    [Fact]
    public void A_step_that_fails_is_named_with_its_errors_and_its_log_stays_until_one_succeeds()
    {
        _newlib.Pack("int broken = \"no number\"[;");

        var error = Project.FailOnce(_newlib.Task());

        Assert.Equal(ToolchainCodes.NewlibBuildFailed, error.Code);
        Assert.Contains("compile ended with exit code 2", error.Message);
        Assert.Contains("more.c:2:", error.Message);
        Assert.DoesNotContain("make:", error.Message);
        Assert.Contains(error.File!, error.Message);
        Assert.Contains("/configure", File.ReadAllText(error.File!));
        Assert.Contains("error: expected expression", File.ReadAllText(error.File!));
        Assert.Empty(Directory.GetDirectories(_newlib.Scratch.File("cache")));

        _newlib.Pack();
        Project.Succeed(_newlib.Task());
    }

    [Fact]
    public void Its_scripts_run_in_the_shell_that_every_machine_has_whatever_the_user_prefers()
    {
        Project.Variables["CONFIG_SHELL"] = Project.Variables["SHELL"] = "/no/such/shell";
        Project.Succeed(_newlib.Task());

        Assert.Equal(["run by /bin/sh"], _newlib.RunLines);
    }

    [Fact]
    public void The_hosts_headers_are_not_its_own()
    {
        _newlib.Pack("#include <stddef.h>\n#include <errno.h>");

        Assert.Contains("errno.h: No such file", Project.FailOnce(_newlib.Task()).Message);
    }

    [Theory]
    [InlineData("make", "make")]
    [InlineData("tar", "tar")]
    [InlineData("xz", "xz-utils")]
    public void A_tool_that_is_missing_is_named_with_its_package(string tool, string package)
    {
        foreach (string other in new[] { "make", "tar", "xz", "gzip" }.Where(t => t != tool))
        {
            Project.WriteProgram("tools/" + other, "exit 1\n");
        }

        File.Copy(_newlib.Archive, Project.PathOf("src/newlib-3.3.0.tar.xz"));
        Project.Variables["PATH"] = Project.PathOf("tools");
        var task = _newlib.Task();
        task.Source = "src/newlib-3.3.0.tar.xz";

        var error = Project.FailOnce(task);

        Assert.Equal(ToolchainCodes.ToolNotFound, error.Code);
        Assert.Contains($"'{tool}' was not found on PATH", error.Message);
        Assert.Contains($"apt-get install {package})", error.Message);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_to_is_told()
    {
        _newlib.Scratch.Write("cache", "a file");

        var error = Project.FailOnce(_newlib.Task());

        Assert.Equal((ToolchainCodes.CacheNotWritable, _newlib.Scratch.File("cache")), (error.Code, error.File));
        Assert.Contains("MiniosCacheFolder", error.Message);
    }

    [Fact]
    public void A_cache_whose_path_makefiles_cannot_work_with_is_told_before_anything_is_built()
    {
        var error = Project.FailOnce(_newlib.Task("my cache"));

        Assert.Equal(ToolchainCodes.CacheNotWritable, error.Code);
        Assert.Contains("the character ' '", error.Message);
        Assert.False(Directory.Exists(_newlib.Scratch.File("my cache")));
    }

    [Fact]
    public void A_prebuilt_one_is_used_as_it_lies()
    {
        Project.Write("own/include/newlib.h", "");
        Project.Write("own/lib/libc.a", "!<arch>\n");
        var task = _newlib.Task();
        task.Prebuilt = "own";
        Project.Succeed(task);

        Assert.Equal(Project.PathOf("own/include"), task.HeaderFolder);
        Assert.Equal(Project.PathOf("own/lib/libc.a"), Assert.Single(task.Archives).ItemSpec);
        Assert.Equal(0, _newlib.Runs);
    }

    [Theory]
    [InlineData("include/newlib.h", "lib/libc.a")]
    [InlineData("lib/libc.a", "include/newlib.h")]
    public void A_prebuilt_one_that_lacks_something_is_told(string there, string missing)
    {
        Project.Write("own/" + there, "");
        var task = _newlib.Task();
        task.Prebuilt = "own";

        var error = Project.FailOnce(task);

        Assert.Equal((ToolchainCodes.NotANewlib, Project.PathOf("own")), (error.Code, error.File));
        Assert.Contains($"no {missing}", error.Message);
    }

    [Fact]
    public void The_real_one_has_what_guests_need_and_nothing_that_they_cannot_run()
    {
        var task = _newlib.Task();
        (task.Source, task.CacheFolder) = (null, Repository.CacheFolder);
        var tools = new ResolveMiniosToolchain { Arch = "x86_64", CacheFile = "obj/toolchain.json" };
        Project.Succeed(tools);
        (task.Compiler, task.Archiver, task.Identity, task.CompilerOptions) = (tools.CompilerPath, tools.ArchiverPath, tools.Identity, tools.CompilerOptions);
        Project.Succeed(task);

        string libm = task.Archives[0].ItemSpec, libc = task.Archives[1].ItemSpec;
        string[] names = [.. Nm.Names(libc), .. Nm.Names(libm)];
        Assert.DoesNotContain("T __getreent", names);
        Assert.DoesNotContain("T __retarget_lock_acquire", names);
        Assert.All(new[] { "T printf", "T malloc", "T _reclaim_reent", "T strtod", "T setjmp", "T towlower", "T sqrt", "T sin" }, n => Assert.Contains(n, names));
        Assert.All(new[] { libc, libm }, archive =>
        {
            var code = MachineCode.Of(archive);
            Assert.True(code.Instructions > 10_000);
            Assert.Empty(code.SystemCalls);
            Assert.Empty(code.RedZoneUses);
            Assert.Empty(code.ThreadLocalUses);
        });
    }
}
