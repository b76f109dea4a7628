using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>The libc as a choice: what another choice builds again, what a provider may bring, and what one that is not chosen changes.</summary>
public sealed class LibcTests : IDisposable
{
    private readonly GuestProject _project = new();
    private readonly TracedTools _tools;

    public LibcTests()
    {
        _tools = new TracedTools(Path.Combine(_project.Parent, "tools"));
        Settings("");
        _project.Write("main.c", Guests.Hello);
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void AnotherLibcCompilesTheGuestAndTheProvidersSourcesAndNoneOfTheTree()
    {
        _project.Build().MustSucceed();
        _tools.TakeStarted();

        _project.Build("-p:MiniosLibc=private").MustSucceed();

        Assert.Equal(["main.c", "memcmp.c", "memcpy.c", "memmove.c", "memset.c"], Compiled());

        _project.Build("-p:MiniosLibc=none", "-p:OutputType=Library").MustSucceed();

        Assert.Empty(Compiled());

        _project.Build("-p:MiniosLibc=private").MustSucceed();

        Assert.Empty(Compiled());
    }

    [Fact]
    public void AProviderThatIsNotChosenChangesNothing()
    {
        string provider = Tiny("extra");
        _project.Build().MustSucceed();
        _tools.TakeStarted();
        byte[] image = File.ReadAllBytes(_project.Image);

        File.AppendAllText(provider, "<!-- another version -->");
        File.AppendAllText(Path.Combine(Path.GetDirectoryName(provider)!, "memory.c"), "#error never compiled\n");
        string nowhere = _project.PathOf("nowhere");
        _project.Build("-p:MiniosNewlib=" + nowhere, "-p:MiniosNewlibSource=" + nowhere, "-p:MiniosPicolibc=" + nowhere, "-p:MiniosCacheFolder=" + nowhere).MustSucceed();

        Assert.Empty(_tools.TakeStarted());
        Assert.Equal(image, File.ReadAllBytes(_project.Image));
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public void AProvidersSourcesBelowTheProjectAreNotTakenForTheGuests()
    {
        Settings($"<MiniosLibc>{Path.GetRelativePath(_project.Folder, Tiny("below"))}</MiniosLibc>");

        _project.Build().MustSucceed();

        Assert.Single(Compiled(), f => f == "memory.c");
        Assert.True(File.Exists(_project.PathOf("obj/Debug/guest.minios/libc/libminios-tiny.a")));
    }

    [Fact]
    public void ALibraryHasTheLibcsArchivesAndHeadersAndLinksByItself()
    {
        Settings($"<MiniosLibc>{Path.GetRelativePath(_project.Folder, Tiny("below"))}</MiniosLibc><OutputType>Library</OutputType>");
        _project.Build().MustSucceed();
        string output = _project.PathOf("bin/Debug/");

        Assert.Equal(
            ["libminios-compiler.a", "libminios-console.a", "libminios-core.a", "libminios-tiny.a", "libminios-xenbus.a", "minios-entry.o"],
            Directory.GetFiles(output + "lib").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(output + "include/minios-libc/string.h"));
        Assert.Contains("-l:libminios-tiny.a", File.ReadAllText(output + "share/minios/minios.pc"));
    }

    [Fact]
    public void FloatingPointIsTheGuestsAndNotTheKernels()
    {
        Settings("<MiniosFloatingPoint>true</MiniosFloatingPoint>");
        _project.Write("main.c", Guests.Hello + "double half(double);\ndouble half(double all) { return all / 2; }\n");

        _project.Build().MustSucceed();

        var compilations = _tools.TakeStarted().Where(c => c.Contains(" -c ", StringComparison.Ordinal)).ToList();
        Assert.All(compilations.Where(c => !c.Contains("main.c", StringComparison.Ordinal)), c => Assert.Contains(" -mgeneral-regs-only ", c));
        Assert.DoesNotContain("-mgeneral-regs-only", compilations.Single(c => c.Contains("main.c", StringComparison.Ordinal)));
        Assert.Equal("MINIOS1101", Assert.Single(_project.Build("-p:MiniosFloatingPoint=false").MustFail().ErrorCodes));
    }

    [Fact]
    public void WhatTheCompilerCallsIsGivenWithoutALibc()
    {
        _project.Write("main.c", Guests.Hello + """
            unsigned __int128 divide(unsigned __int128 a, unsigned __int128 b);
            unsigned __int128 divide(unsigned __int128 a, unsigned __int128 b) { return a / b; }
            void copy(char *to, const char *from, unsigned long size);
            void copy(char *to, const char *from, unsigned long size) { __builtin_memcpy(to, from, size); }

            """);

        _project.Build("-p:MiniosLibc=private").MustSucceed();

        Assert.Superset(new HashSet<string> { "__udivti3", "memcpy", "_minios_memcpy" }, Symbols.Of(_project.Image).ToHashSet());
        Assert.Contains("\"__udivti3\"", _project.Build("-p:MiniosLibc=private", "-p:MiniosCompilerRuntime=none").MustFail().SingleError("MINIOS1620").Text);
    }

    [Theory]
    [InlineData("mine.props", "", "", "MINIOS1009", "does not set MiniosLibcMode")]
    [InlineData("mine.props", "<MiniosLibcMode>Private</MiniosLibcMode><MiniosLibcFromTree>false</MiniosLibcFromTree>", "", "MINIOS1009", "MiniosLibcFromTree")]
    [InlineData("mine.props", "<MiniosLibcMode>Private</MiniosLibcMode><MiniosLibcHeaders>nowhere</MiniosLibcHeaders>", "", "MINIOS1014", "the folder nowhere")]
    [InlineData("mine.props", "<MiniosLibcMode>Private</MiniosLibcMode>", "<MiniosLibcArchive Include='../provider/nowhere.a' />", "MINIOS1014", "provider/nowhere.a")]
    [InlineData("mine.props", "<MiniosLibcMode>Private</MiniosLibcMode><MiniosSymbolPass>false</MiniosSymbolPass>", "<MiniosLibcSource Include='../provider/one.c' />", "MINIOS1009", "MiniosSymbolPass is 'false'")]
    [InlineData("core.props", "<MiniosLibcMode>Private</MiniosLibcMode>", "<MiniosLibcSource Include='../provider/one.c' />", "MINIOS1014", "libminios-core.a")]
    [InlineData("libc.props", "<MiniosLibcMode>None</MiniosLibcMode>", "<MiniosLibcSource Include='../provider/one.c' />", "MINIOS1014", "libminios-libc.a")]
    [InlineData("compiler.props", "<MiniosLibcMode>Private</MiniosLibcMode>", "<MiniosLibcSource Include='../provider/one.c' />", "MINIOS1014", "libminios-compiler.a")]
    public void AProviderThatDoesNotFitIsACodedError(string file, string properties, string items, string code, string said)
    {
        Provider(file, properties, items);

        Assert.Contains(said, _project.Build().MustFail().SingleError(code).Text);
    }

    [Fact]
    public void AProviderWithABlankInItsPathHasAnArchiveThatPkgConfigCanName()
    {
        Provider("my own.props", "<MiniosLibcMode>Private</MiniosLibcMode><OutputType>Library</OutputType>", "<MiniosLibcSource Include='../provider/one.c' />");

        _project.Build().MustSucceed();

        Assert.True(File.Exists(_project.PathOf("bin/Debug/lib/libminios-my-own.a")));
        Assert.Contains(" -l:libminios-my-own.a ", File.ReadAllText(_project.PathOf("bin/Debug/share/minios/minios.pc")));
    }

    [Fact]
    public void TwoArchivesOfOneNameAreNotPublishedOverEachOther()
    {
        _project.Write("../provider/a/libc.a", "!<arch>\n");
        _project.Write("../provider/b/libc.a", "!<arch>\n");
        Provider("two.props", "<MiniosLibcMode>Private</MiniosLibcMode>", "<MiniosLibcArchive Include='../provider/a/libc.a;../provider/b/libc.a' />");

        Assert.Contains("lib/libc.a", _project.Build("-p:OutputType=Library").MustFail().SingleError("MINIOS1014").Text);
        _project.Build().MustSucceed();
    }

    private void Provider(string file, string properties, string items)
    {
        _project.Write("../provider/one.c", "int one(void);\nint one(void) { return 1; }\n");
        _project.Write("../provider/" + file, $"<Project><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup></Project>");
        Settings($"<MiniosLibc>../provider/{file}</MiniosLibc>");
    }

    private void Settings(string properties) => _project.SetProject($"<PropertyGroup><MiniosToolFolder>{_tools.Folder}</MiniosToolFolder>{properties}</PropertyGroup>");

    /// <summary>The libc of the sample, in a folder of the project.</summary>
    private string Tiny(string folder)
    {
        string libc = Path.Combine(Repository.Root, "samples", "custom-libc", "libc");
        foreach (string file in Directory.EnumerateFiles(libc, "*", SearchOption.AllDirectories))
        {
            // Not below the project unless that is what is tested: its sources would be the guest's.
            _project.Write(Path.Combine(folder == "below" ? "below" : "../" + folder, Path.GetRelativePath(libc, file)), File.ReadAllText(file));
        }

        return Path.GetFullPath(_project.PathOf(Path.Combine(folder == "below" ? "below" : "../" + folder, "tiny.props")));
    }

    private List<string> Compiled() =>
    [
        .. _tools.TakeStarted().Where(c => c.StartsWith("gcc ", StringComparison.Ordinal) && c.Contains(" -c ", StringComparison.Ordinal))
            .Select(c => Path.GetFileName(c.Split(" -c ")[1].Split(" -o ")[0])).Order(StringComparer.Ordinal),
    ];
}
