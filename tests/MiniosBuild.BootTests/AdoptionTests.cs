using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Programs that were compiled by gcc alone, against the headers as the tree has them, on the real hypervisor.</summary>
public sealed class AdoptionTests
{
    private const string Archived = """
        #include <mini-os/hypervisor.h>
        #include <mini-os/lib.h>
        #include <mini-os/sched.h>
        #include <xen/version.h>
        int down(int n);
        int schedule_often(void);
        /* Its own, whatever Mini-OS calls so. */
        int down(int n) { return n + 1; }
        int schedule_often(void)
        {
            for (int i = 0; i < 3; i++)
                schedule();
            printk("adopted: %d, Xen %d\n", down(40), HYPERVISOR_xen_version(XENVER_version, 0) >> 16);
            return down(6);
        }
        """;

    private const string Main = """
        #include <mini-os/kernel.h>
        #include <mini-os/lib.h>
        int schedule_often(void);
        int app_main(start_info_t *si)
        {
            printk("in old names, arguments: %s\n", (const char *)si->cmd_line);
            return schedule_often();
        }
        """;

    [Fact]
    public void AGuestOfNothingButAnObjectAndAnArchiveInOldNamesBoots()
    {
        using var project = new GuestProject(body: "<PropertyGroup><MiniosRunTimeout>600</MiniosRunTimeout></PropertyGroup><ItemGroup><MiniosAdopt Include=\"../old/*.o;../old/*.a\" /></ItemGroup>");
        string folder = Directory.CreateDirectory(project.PathOf("../old")).FullName;
        OldObjects.Archive(folder, "libold.a", ("often", Archived));
        OldObjects.Compile(folder, "main", Main);

        var run = project.Run("--", "one", "two");

        Assert.Contains("in old names, arguments:", run.Output);
        Assert.Contains("one two", run.Output);
        Assert.Contains("adopted: 41, Xen 4", run.Output);
        Assert.Equal(7, run.ExitCode);
    }

    [Fact]
    public void ASampleInOldNamesBootsAsAnObjectAndWithTheSetAsOneObject()
    {
        using var project = new GuestProject(body: "<PropertyGroup><MiniosRunTimeout>600</MiniosRunTimeout><MiniosOneObject>true</MiniosOneObject></PropertyGroup><ItemGroup><MiniosAdopt Include=\"../old/oldnames.o\" /></ItemGroup>");
        OldObjects.Compile(Directory.CreateDirectory(project.PathOf("../old")).FullName, "oldnames", File.ReadAllText(Path.Combine(Repository.Root, "samples", "oldnames", "oldnames.c")));

        var run = project.Run();

        Assert.Contains("12 jobs, 0 failures", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void GccAloneLinksTheOneObjectWithAProgramThatHasInternalNamesAndOneThatTheCommandAdopted()
    {
        using var project = new GuestProject(name: "set", body: "<PropertyGroup><OutputType>Library</OutputType><OutputPath>out/</OutputPath><MiniosOneObject>true</MiniosOneObject></PropertyGroup>");
        project.Build().MustSucceed();
        string old = OldObjects.Compile(project.Folder, "often", Archived);
        string[] internals = [.. RealTool.Run("nm", project.PathOf("out/lib/minios.o")).Split('\n').Where(l => l.Contains(" t _minios_", StringComparison.Ordinal)).Select(l => l.Split(' ')[^1])];
        Assert.NotEmpty(internals);
        string source = project.Write("main.c", $$"""
            #include <mini-os/kernel.h>
            #include <mini-os/lib.h>
            int schedule_often(void);
            {{string.Concat(internals.Select((name, i) => $"int {name}(void);\nint {name}(void) {{ return {i}; }}\n"))}}
            int app_main(start_info_t *si)
            {
                (void)si;
                minios_printk("%d internal names\n", {{internals[^1]}}() + 1);
                return schedule_often();
            }
            """);
        var adopt = MiniosTool.Run(project.Folder, "adopt", "--set", "out", old, "-o", "adopted.o");
        Assert.True(adopt.ExitCode == 0, adopt.Output);

        var variables = new Dictionary<string, string> { ["PKG_CONFIG_PATH"] = project.PathOf("out/share/minios") };
        string[] Flags(string of) => DotnetCommand.RunProgram("pkg-config", project.Folder, variables, of, "minios-one").Output.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        RealTool.Run("gcc", [.. Flags("--cflags"), "-c", source, "-o", project.PathOf("main.o")]);
        RealTool.Run("gcc", [project.PathOf("main.o"), project.PathOf("adopted.o"), "-o", project.PathOf("program"), .. Flags("--libs")]);
        var run = MiniosTool.Run(project.Folder, "run", "--timeout", "600", "program");

        Assert.Contains($"{internals.Length} internal names", run.Output);
        Assert.Contains("adopted: 41, Xen 4", run.Output);
        Assert.Equal(7, run.ExitCode);
    }
}
