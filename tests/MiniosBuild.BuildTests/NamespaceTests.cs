using System.Text.RegularExpressions;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>The names in archives that a Library project leaves.</summary>
public sealed partial class NamespaceTests : IDisposable
{
    private const string Library = """
        <PropertyGroup>
          <OutputType>Library</OutputType>
        </PropertyGroup>
        <ItemGroup>
          <MiniosDriver Include="blkfront;netfront;pcifront" />
        </ItemGroup>
        """;

    private readonly GuestProject _project = new("archives", Library);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void TheArchivesHoldOnlyNamesOfThePolicy()
    {
        _project.Build().MustSucceed();

        string[] archives = Directory.GetFiles(_project.PathOf("bin/Debug/lib"), "*.a");
        Assert.Equal(
            ["blkfront", "compiler", "console", "core", "libc", "netfront", "pcifront", "xenbus"],
            archives.Select(a => Path.GetFileNameWithoutExtension(a)["libminios-".Length..]).Order());
        string[] others = ["HYPERVISOR_shared_info", "_start", "app_main", "app_shutdown", "console_input", "libc_exit", "libc_thread_end", "net_app_main", "netif_rx"];
        Assert.All(Symbols.Of(Assert.Single(archives, a => a.EndsWith("-compiler.a", StringComparison.Ordinal))), name => Assert.Matches("^__u?(div|mod|divmod)ti[34]$", name));
        foreach (string archive in archives.Where(a => !a.EndsWith("-libc.a", StringComparison.Ordinal) && !a.EndsWith("-compiler.a", StringComparison.Ordinal)))
        {
            Assert.Empty(Symbols.Of(archive).Where(n => !Namespaced().IsMatch(n)).Except(others));
        }

        string libc = Assert.Single(archives, a => a.EndsWith("-libc.a", StringComparison.Ordinal));
        Assert.Contains("printf", Symbols.Of(libc));
        Assert.DoesNotContain(Symbols.Of(libc), n => Namespaced().IsMatch(n));
        Assert.Contains("blkfront_init", Symbols.Of(Assert.Single(archives, a => a.Contains("blkfront", StringComparison.Ordinal))));
        Assert.Contains("minios_printk", Symbols.Of(Assert.Single(archives, a => a.Contains("core", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("blkfront")]
    [InlineData("netfront;pcifront")]
    public void EveryChoiceOfDriversBuildsWithoutAWarning(string drivers)
    {
        _project.SetProject($"""
            <PropertyGroup><OutputType>Library</OutputType></PropertyGroup>
            <PropertyGroup><Drivers>{drivers}</Drivers></PropertyGroup>
            <ItemGroup><MiniosDriver Include="$(Drivers)" /></ItemGroup>
            """);

        Assert.Empty(_project.Build("-c", "Release").MustSucceed().Warnings);

        Assert.Equal(
            drivers.Split(';', StringSplitOptions.RemoveEmptyEntries).Concat(["compiler", "console", "core", "libc", "xenbus"]).Order(),
            Directory.GetFiles(_project.PathOf("bin/Release/lib"), "*.a").Select(a => Path.GetFileNameWithoutExtension(a)["libminios-".Length..]).Order());
    }

    [Fact]
    public void ConsoleAndXenbusCanBeTakenAway()
    {
        _project.SetProject("""
            <PropertyGroup><OutputType>Library</OutputType></PropertyGroup>
            <ItemGroup><MiniosDriver Remove="console;xenbus" /></ItemGroup>
            """);

        Assert.Empty(_project.Build().MustSucceed().Warnings);

        Assert.Equal(
            ["libminios-compiler.a", "libminios-core.a", "libminios-libc.a"],
            Directory.GetFiles(_project.PathOf("bin/Debug/lib"), "*.a").Select(a => Path.GetFileName(a)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OurReaderSeesInTheArchivesWhatNmSees()
    {
        _project.Build().MustSucceed();

        foreach (string archive in Directory.GetFiles(_project.PathOf("bin/Debug/lib"), "*.a"))
        {
            var ours = ArArchive.Parse(File.ReadAllBytes(archive)).Members
                .SelectMany(m => ElfFile.Parse(m.Data).Symbols.Where(s => s.IsGlobal && s.IsDefined).Select(s => s.Name));
            Assert.Equal(Symbols.Of(archive).Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void ThePrivateLibcHasNoNameThatAGuestCouldHave()
    {
        _project.Build("-p:MiniosLibc=private").MustSucceed();

        var names = Symbols.Of(_project.PathOf("bin/Debug/lib/libminios-libc.a"));
        Assert.Contains("_minios_memcpy", names);
        Assert.All(names, n => Assert.StartsWith("_minios_", n));
        Assert.False(Directory.Exists(_project.PathOf("bin/Debug/include/minios-libc")));
    }

    [Fact]
    public void WithoutALibcThereIsNoArchiveOfIt()
    {
        _project.Build("-p:MiniosLibc=none").MustSucceed();

        Assert.False(File.Exists(_project.PathOf("bin/Debug/lib/libminios-libc.a")));
        Assert.True(File.Exists(_project.PathOf("bin/Debug/lib/libminios-core.a")));
    }

    [Fact]
    public void APlantedGlobalIsMadeInternalAndIsAnErrorWithoutThePass()
    {
        string tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        File.WriteAllText(Path.Combine(tree, "leak.c"), "int leak_me(void);\nint leak_me(void)\n{\n\treturn 42;\n}\n");
        File.WriteAllText(Path.Combine(tree, "user.c"), "int leak_me(void);\nint use_leak(void);\nint use_leak(void)\n{\n\treturn leak_me();\n}\n");

        _project.Build("-p:MiniosSourceRoot=" + tree).MustSucceed();

        var names = Symbols.Of(_project.PathOf("bin/Debug/lib/libminios-core.a"));
        Assert.Contains("_minios_leak_me", names);
        Assert.DoesNotContain("leak_me", names);
        Assert.DoesNotContain(names, n => n.Contains("use_leak", StringComparison.Ordinal));
        Assert.Contains("leak_me _minios_leak_me", File.ReadAllLines(_project.PathOf("bin/Debug/share/minios/renames.txt")));

        // The negative control: unpassed archives fail, with this name and the known ones among the errors.
        var unpassed = _project.Build("-p:MiniosSourceRoot=" + tree, "-p:MiniosSymbolPass=false").MustFail();
        var leak = Assert.Single(unpassed.Errors, e => e.Text.Contains("\"leak_me\"", StringComparison.Ordinal));
        Assert.Equal((Path.Combine(tree, "leak.c"), 2), (leak.File, leak.LineNumber));
        Assert.Contains("libminios-core.a(leak.o)", leak.Text);
        Assert.Contains(unpassed.Errors, e => e.Text.Contains("\"printk\"", StringComparison.Ordinal));
        Assert.Contains(unpassed.Errors, e => e.Text.Contains("\"init_blkfront\"", StringComparison.Ordinal));
        Assert.All(unpassed.Errors, e => Assert.StartsWith("MINIOS1", e.Code));
    }

    [Fact]
    public void ADriverThatIsTakenFromTheListLeavesTheOutput()
    {
        _project.Build().MustSucceed();
        Assert.True(File.Exists(_project.PathOf("bin/Debug/lib/libminios-pcifront.a")));

        _project.SetProject(Library.Replace(";pcifront", "", StringComparison.Ordinal));
        _project.Build().MustSucceed();

        Assert.False(File.Exists(_project.PathOf("bin/Debug/lib/libminios-pcifront.a")));
        Assert.True(File.Exists(_project.PathOf("bin/Debug/lib/libminios-netfront.a")));
    }

    [Fact]
    public void TheSameSourcesGiveTheSameBytesFromAnyFolderAtAnyParallelism()
    {
        _project.Build("-m:1").MustSucceed();
        using var other = new GuestProject("archives", Library, "another folder, längër");
        TreeCopy.Into(Path.Combine(other.Parent, "my tree"));
        other.Build("-p:MiniosSourceRoot=../my tree", "-m").MustSucceed();

        foreach (string file in Directory.GetFiles(_project.PathOf("bin/Debug/lib")))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(other.PathOf("bin/Debug/lib/" + Path.GetFileName(file))));
        }
    }

    [GeneratedRegex("^_?minios_|^(blkfront|netfront|pcifront|xenbus)_")]
    private static partial Regex Namespaced();
}
