using System.Text.Json;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>A project beside others, and what users of MSBuild expect of one.</summary>
public sealed class ProjectTests : IDisposable
{
    private readonly GuestProject _project = new();

    public ProjectTests() => _project.Write("main.c", Guests.Hello);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void CleanLeavesWhatItDidNotMake()
    {
        string notes = _project.Write("../shared/notes.txt", "not ours");
        _project.Build("-p:IntermediateOutputPath=../shared/", "-p:OutputPath=../shared/").MustSucceed();

        _project.Command("clean", "-p:IntermediateOutputPath=../shared/", "-p:OutputPath=../shared/").MustSucceed();

        Assert.Equal([Path.GetFullPath(notes)], Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(notes))!, "*", SearchOption.AllDirectories).Select(Path.GetFullPath));
    }

    [Fact]
    public void AGuestRunsAsDomUUnlessItsTreeIsThePackages()
    {
        Assert.Equal(("dom0", "domU", "dom0"), (Mode(), Mode("-p:MiniosSourceRoot=../another tree"), Mode("-p:MiniosSourceRoot=../mini-os", "-p:MiniosRunMode=dom0")));
        string own = DotnetCommand.Run(_project.Folder, "msbuild", _project.ProjectFile, "-nologo", "-getProperty:MiniosSourceRoot").Output.Trim();
        Assert.Equal("dom0", Mode($"-p:MiniosSourceRoot={own}/../mini-os/"));

        string Mode(params string[] options) =>
            DotnetCommand.Run(_project.Folder, ["msbuild", _project.ProjectFile, "-nologo", "-getProperty:MiniosRunMode", .. options]).Output.Trim();
    }

    [Fact]
    public void TwoProjectsInOneFolderDoNotDisturbEachOther()
    {
        File.Copy(_project.ProjectFile, _project.PathOf("second.miniosproj"));
        string second = _project.PathOf("bin/Debug/second");
        _project.Build().MustSucceed();
        var built = DotnetCommand.Run(_project.Folder, "build", "second.miniosproj", "-nr:false");
        Assert.True(built.ExitCode == 0, built.Output);

        _project.Command("clean").MustSucceed();

        Assert.False(File.Exists(_project.Image));
        Assert.True(File.Exists(second));
    }

    [Fact]
    public void AnImageUnderAnotherNameReplacesTheFirst()
    {
        _project.Build().MustSucceed();

        _project.Build("-p:AssemblyName=other").MustSucceed();

        Assert.Equal(
            ["other", "other.cfg", "other.gz", "other.map"],
            Directory.GetFiles(_project.PathOf("bin/Debug")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DirectoryBuildPropsIsHeard()
    {
        _project.Write("Directory.Build.props", "<Project><PropertyGroup><OutputType>Library</OutputType><MiniosLibc>none</MiniosLibc></PropertyGroup></Project>");

        _project.Build().MustSucceed();

        Assert.True(File.Exists(_project.PathOf("bin/Debug/lib/libminios-core.a")));
        Assert.False(File.Exists(_project.PathOf("bin/Debug/lib/libminios-libc.a")));
        Assert.True(File.Exists(Target()));
    }

    [Fact]
    public void ATargetOfTheProjectCanBePartOfTheBuild()
    {
        _project.SetProject("""
            <PropertyGroup><BuildDependsOn>Mine</BuildDependsOn></PropertyGroup>
            <Target Name="Mine"><Message Text="mine was run" Importance="high" /></Target>
            """);

        Assert.Contains(_project.Build().MustSucceed().Messages, m => m == "mine was run");
        Assert.True(File.Exists(_project.Image));
        Assert.Equal(_project.Image, Target());
    }

    [Fact]
    public void OnlyAProjectWithReferencesIsRestored()
    {
        string assets = _project.PathOf("obj/project.assets.json");
        _project.Build().MustSucceed();
        Assert.False(File.Exists(assets));
        _project.SetProject("""<ItemGroup><PackageReference Include="No.Such.Package" Version="1.0.0" /></ItemGroup>""");
        Assert.Contains("No.Such.Package", _project.Build("-p:RestoreSources=" + Repository.PackageFolder).MustFail().SingleError("NU1101").Text);
        _project.SetProject("");

        // What the restore left is taken back by another.
        _project.Build("-p:RestoreSources=" + Repository.PackageFolder).MustSucceed();
        Assert.DoesNotContain("No.Such.Package", File.Exists(assets) ? File.ReadAllText(assets) : "");
    }

    [Fact]
    public void AProjectReferenceIsRefusedRatherThanIgnored()
    {
        _project.SetProject("""<ItemGroup><ProjectReference Include="../lib/lib.miniosproj" /></ItemGroup>""");

        Assert.Contains("../lib/lib.miniosproj", _project.Build().MustFail().SingleError("MINIOS1012").Text);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void ALibraryThatIsNotThereIsNamed(string checkLink)
    {
        _project.SetProject("""<ItemGroup><MiniosGuestLibrary Include="libs/libmine.a" /></ItemGroup>""");

        Assert.Contains(_project.PathOf("libs/libmine.a"), _project.Build("-p:MiniosCheckLink=" + checkLink).MustFail().SingleError("MINIOS1020").Text);
    }

    [Fact]
    public void AGuestOfThePrivateLibcNeedsNoHeadersOfOne()
    {
        // The framework has its own; the guest's malloc and memcpy are its own business, whatever they look like.
        _project.Write("main.c", """
            #include <mini-os/kernel.h>
            #include <mini-os/lib.h>
            #include <mini-os/time.h>

            void *malloc(int pages, const char *why);
            void *malloc(int pages, const char *why) { return why ? minios_alloc_pages(pages) : 0; }
            char memcpy(char only);
            char memcpy(char only) { return only; }

            int app_main(start_info_t *si)
            {
                (void)si;
                minios_printk("%p %c\n", malloc(0, "test"), memcpy('x'));
                return 0;
            }
            """.Replace("#include <mini-os/time.h>", "#include <mini-os/time.h>\n#include <mini-os/mm.h>", StringComparison.Ordinal));

        _project.Build("-p:MiniosLibc=private", "-p:MiniosGuestOptions=-fno-builtin -DTWO_OPTIONS").MustSucceed();

        Assert.Contains("_minios_malloc", Symbols.Of(_project.Image));
        Assert.Contains("malloc", Symbols.Of(_project.Image));
    }

    [Fact]
    public void AChangedToolCompilesAgain()
    {
        var tools = new TracedTools(Path.Combine(_project.Parent, "tools"));
        _project.Build("-p:MiniosCC=" + tools.Compiler).MustSucceed();
        tools.TakeStarted();
        File.AppendAllText(tools.Compiler, "# another version\n");

        _project.Build("-p:MiniosCC=" + tools.Compiler).MustSucceed();

        Assert.Contains(tools.TakeStarted(), c => c.Contains("/main.c", StringComparison.Ordinal));
    }

    [Fact]
    public void TheEnvironmentCannotChangeWhatIsCompiled()
    {
        _project.Write("elsewhere/mini-os/kernel.h", "#error taken from CPATH\n");
        _project.Environment["CPATH"] = _project.PathOf("elsewhere");
        _project.Environment["C_INCLUDE_PATH"] = _project.PathOf("elsewhere");

        _project.Build().MustSucceed();
    }

    /// <summary>What other projects, and tools, are told that the project makes.</summary>
    private string Target()
    {
        using var answer = JsonDocument.Parse(DotnetCommand.Run(_project.Folder, "msbuild", _project.ProjectFile, "-nologo", "-getTargetResult:GetTargetPath").Output);
        return answer.RootElement.GetProperty("TargetResults").GetProperty("GetTargetPath").GetProperty("Items")[0].GetProperty("Identity").GetString()!;
    }
}
