using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>Objects and archives that were compiled against the headers that the tree has, in projects.</summary>
public sealed class AdoptionTests : IDisposable
{
    private const string Helper = """
        #include <mini-os/sched.h>
        #include <mini-os/hypervisor.h>
        #include <mini-os/lib.h>
        int helper(void);
        int helper(void) { schedule(); printk("%p\n", (void *)HYPERVISOR_shared_info); return 5; }
        """;

    private const string Main = "int helper(void);\nint app_main(void *si);\nint app_main(void *si) { (void)si; return helper(); }\n";

    private readonly GuestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void AnArchiveThatIsNotAdoptedIsToldToBe()
    {
        OldObjects.Archive(Directory.CreateDirectory(_project.PathOf("../old")).FullName, "libold.a", ("helper", Helper));
        _project.Write("main.c", Main);
        _project.SetProject("<ItemGroup><MiniosGuestLibrary Include=\"../old/libold.a\" /></ItemGroup>");

        var errors = _project.Build().MustFail().Errors;
        Assert.Equal(["MINIOS1620"], errors.Select(e => e.Code).Distinct());
        Assert.All(errors, e =>
        {
            Assert.Contains("libold.a(helper.o) was not compiled here and says the old name of \"minios_", e.Text);
            Assert.Contains("MiniosAdopt", e.Text);
            Assert.DoesNotContain("MiniosCompatibility", e.Text);
        });

        errors = _project.Build("-p:MiniosCheckLink=false").MustFail().Errors;
        Assert.Equal(["MINIOS1701"], errors.Select(e => e.Code).Distinct());
        Assert.All(errors, e => Assert.Contains("name it under MiniosAdopt", e.Text));

        _project.SetProject("<ItemGroup><MiniosAdopt Include=\"../old/*.a\" /></ItemGroup>");
        Assert.Empty(_project.Build().MustSucceed().Warnings);
    }

    [Fact]
    public void ALibraryPublishesWhatItAdoptsAndKeepsWhatThatNeedsInItsApi()
    {
        string folder = Directory.CreateDirectory(_project.PathOf("../old")).FullName;
        OldObjects.Compile(folder, "deep", "int xenbus_path_request(void); int deep(void) { return xenbus_path_request(); } extern char boot_stack[]; int user(void) { return boot_stack[0]; }", "-w");
        _project.SetProject("<PropertyGroup><OutputType>Library</OutputType><MiniosOneObject>true</MiniosOneObject></PropertyGroup><ItemGroup><MiniosAdopt Include=\"../old/deep.o\" /></ItemGroup>");

        _project.Build().MustSucceed();

        string names = RealTool.Run("nm", _project.PathOf("bin/Debug/lib/adopted/deep.o"));
        string[] needed = [.. names.Split('\n').Where(l => l.Contains(" U ", StringComparison.Ordinal)).Select(l => l.Split(' ')[^1])];
        Assert.Contains("_minios_boot_stack", needed);
        Assert.Subset(Symbols.Of(_project.PathOf("bin/Debug/lib/minios.o")).ToHashSet(), needed.Where(n => n.Contains("minios_", StringComparison.Ordinal) || n.StartsWith("xenbus_", StringComparison.Ordinal)).ToHashSet());
    }

    [Fact]
    public void TheOneObjectHasExactlyThePublicNamesTheSameBytesFromAnyFolderAndIsMadeOnce()
    {
        const string Body = """
            <PropertyGroup><OutputType>Library</OutputType><MiniosOneObject>true</MiniosOneObject></PropertyGroup>
            <ItemGroup><MiniosDriver Include="blkfront;netfront;pcifront" /></ItemGroup>
            """;
        using var other = new GuestProject(folderName: "a folder elsewhere", body: Body);
        var tools = new TracedTools(Path.Combine(_project.Parent, "tools"));
        _project.SetProject(Body + $"<PropertyGroup><MiniosToolFolder>{tools.Folder}</MiniosToolFolder></PropertyGroup>");
        _project.Build().MustSucceed();
        string one = _project.PathOf("bin/Debug/lib/minios.o");

        string[] api = [.. File.ReadAllLines(_project.PathOf("bin/Debug/share/minios/api.txt")).Where(l => !l.StartsWith('#')).Select(l => l.Split(' ')[0])];
        Assert.Equal(api.Union(["memcmp", "memcpy", "memmove", "memset"]).Order(StringComparer.Ordinal), Symbols.Of(one).Order(StringComparer.Ordinal));
        Assert.Equal(["__init_array_end", "__init_array_start", "_end", "_erodata", "_etext", "_text"], RealTool.Run("nm", "-u", one).Split('\n').Select(l => l.Trim().Split(' ')[^1]).Where(n => n.Length > 0).Order(StringComparer.Ordinal));
        Assert.Contains("minios.o", File.ReadAllText(_project.PathOf("bin/Debug/share/minios/minios-one.pc")));
        Assert.DoesNotContain("-lminios-core", File.ReadAllText(_project.PathOf("bin/Debug/share/minios/minios-one.pc")));

        tools.TakeStarted();
        _project.Build().MustSucceed();
        Assert.Empty(tools.TakeStarted());

        other.Build().MustSucceed();
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(other.PathOf("bin/Debug/lib/minios.o")));
        Assert.Equal("MINIOS1205", Assert.Single(_project.Build("-p:MiniosSymbolPass=false").MustFail().ErrorCodes));
    }
}
