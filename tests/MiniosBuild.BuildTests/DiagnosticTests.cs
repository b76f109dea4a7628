using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>What users get wrong, and the coded message that they see for it.</summary>
public sealed class DiagnosticTests : IDisposable
{
    private readonly GuestProject _project = new();

    public DiagnosticTests() => _project.Write("main.c", Guests.Hello);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void AMissingCompilerNamesThePackageThatBringsIt()
    {
        string folder = Directory.CreateDirectory(_project.PathOf("tools")).FullName;

        var error = _project.Build("-p:MiniosToolFolder=" + folder).MustFail().SingleError("MINIOS1001");

        Assert.Contains("'gcc' was not found", error.Text);
        Assert.Contains("apt-get install gcc", error.Text);
    }

    [Fact]
    public void ACompilerForAnotherMachineIsRefused()
    {
        string folder = Directory.CreateDirectory(_project.PathOf("tools")).FullName;
        string script = ProgramFile.Write(Path.Combine(folder, "gcc"), "#!/bin/sh\n[ \"$1\" = -dumpmachine ] && echo aarch64-linux-gnu && exit\nexec /usr/bin/gcc \"$@\"\n");

        var error = _project.Build("-p:MiniosCC=" + script).MustFail().SingleError("MINIOS1004");

        Assert.Contains("aarch64-linux-gnu", error.Text);
    }

    [Fact]
    public void MissingXenHeadersNameThePackageThatBringsThem()
    {
        var error = _project.Build("-p:MiniosXenHeaders=/no/such/folder").MustFail().SingleError("MINIOS1005");

        Assert.Contains("libxen-dev", error.Text);
        Assert.Contains("/no/such/folder", error.Text);
    }

    [Theory]
    [InlineData("-p:MiniosArch=vax", "MINIOS1006", "x86_64")]
    [InlineData("-p:MiniosSourceRoot=/no/such/tree", "MINIOS1007", "does not exist")]
    [InlineData("-p:MiniosLibc=glibc", "MINIOS1009", "stub, private, none, newlib or picolibc")]
    [InlineData("-p:OutputType=Dll", "MINIOS1011", "Exe")]
    [InlineData("-p:MiniosPolicy=none-such", "MINIOS1405", "none-such")]
    public void AWrongSettingIsACodedError(string argument, string code, string said) =>
        Assert.Contains(said, _project.Build(argument).MustFail().SingleError(code).Text);

    [Fact]
    public void AnUnknownDriverNamesTheKnownOnes()
    {
        _project.SetProject("""<ItemGroup><MiniosDriver Include="blkfornt" /></ItemGroup>""");

        Assert.Contains("blkfront", _project.Build().MustFail().SingleError("MINIOS1008").Text);
    }

    [Fact]
    public void APolicyWithASyntaxErrorIsNamedWithLineAndColumn()
    {
        string policy = _project.Write("my policy.json", "{\n  \"name\": \"mine\",\n  \"publicPrefix\" \"minios_\"\n}\n");

        var error = _project.Build("-p:MiniosPolicy=my policy.json").MustFail().SingleError("MINIOS1401");

        Assert.Equal(policy, error.File);
        Assert.Equal((3, 18), (error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public void AnErrorInASourceIsReportedAtItsPlaceWithAHelpPage()
    {
        string source = _project.Write("main.c", "int app_main(void)\n{\n    return nothing;\n}\n");

        var error = _project.Build().MustFail().SingleError("MINIOS1101");

        Assert.Equal((source, 3, 12), (error.File, error.LineNumber, error.ColumnNumber));
        Assert.Contains("'nothing' undeclared", error.Text.Replace('‘', '\'').Replace('’', '\''));
    }

    [Fact]
    public void AnUndefinedNameIsReportedAtTheLineThatUsesIt()
    {
        string source = _project.Write("main.c", "void printk(const char *, ...);\nint app_main(void)\n{\n\tprintk(\"old name\");\n\treturn 0;\n}\n");

        var error = _project.Build().MustFail().SingleError("MINIOS1620");

        Assert.Equal((source, 4), (error.File, error.LineNumber));
        Assert.Contains("\"printk\"", error.Text);
        Assert.False(File.Exists(_project.Image));
    }

    [Fact]
    public void AGuestWithoutSourcesSaysWhatToAdd()
    {
        File.Delete(_project.PathOf("main.c"));

        Assert.Contains("app_main", _project.Build().MustFail().SingleError("MINIOS1104").Text);
    }

    [Fact]
    public void AWarningStaysAWarningUnlessTheProjectSaysOtherwise()
    {
        _project.Write("main.c", Guests.Hello + "\nstatic int unused;\n");

        var build = _project.Build().MustSucceed();
        Assert.Equal("MINIOS1102", Assert.Single(build.Warnings).Code);

        // The object is up to date now, but the warning is still there.
        Assert.Equal("MINIOS1102", Assert.Single(_project.Build().MustSucceed().Warnings).Code);
        _project.Build("-p:TreatWarningsAsErrors=true").MustFail().SingleError("MINIOS1102");
        _project.Build("-p:TreatWarningsAsErrors=true").MustFail().SingleError("MINIOS1102");
        _project.Build("-p:WarningsAsErrors=MINIOS1102").MustFail().SingleError("MINIOS1102");
        Assert.Empty(_project.Build("-p:TreatWarningsAsErrors=true", "-p:NoWarn=MINIOS1102").MustSucceed().Warnings);
    }

    [Fact]
    public void AFolderWithAnEscapeInItsNameWorks()
    {
        // MSBuild's own wildcards find nothing in such a folder.
        using var project = new GuestProject("guest", """<ItemGroup><ClCompile Include="main.c" /></ItemGroup>""", "feature%2Fx");
        project.Write("main.c", Guests.Hello);

        project.Build().MustSucceed();

        Assert.True(File.Exists(project.Image));
    }

    [Fact]
    public void APathWithBlanksAndForeignLettersWorks()
    {
        using var project = new GuestProject("mein gäst", "", "ein Ordner, ünïcödé & more (yes) '@'");
        project.Write("das haupt programm.c", Guests.Hello);
        project.Write("ordner mit leerzeichen/zwei.c", "int zwei(void);\nint zwei(void) { return 2; }\n");

        project.Build().MustSucceed();

        Assert.Contains("zwei", Symbols.Of(project.Image));
        Assert.Contains(project.Build().MustSucceed().Messages, m => m.Contains("is up to date", StringComparison.Ordinal));
    }
}
