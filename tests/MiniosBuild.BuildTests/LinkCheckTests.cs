using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>What a user hears of a link before the linker runs.</summary>
public sealed class LinkCheckTests : IDisposable
{
    private readonly GuestProject _project = new();

    public LinkCheckTests() => _project.Write("main.c", Guests.Hello);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void EachNameThatAGuestWithoutLibcLacksIsOneErrorAtALineThatNeedsIt()
    {
        var build = _project.Build("-p:MiniosLibc=none").MustFail();

        Assert.Equal("MINIOS1620", Assert.Single(build.ErrorCodes));
        string[] missing = [.. build.Errors.Select(e => e.Text.Split('"')[1])];
        Assert.Superset(new HashSet<string> { "memcpy", "snprintf", "strtoul", "malloc", "free" }, missing.ToHashSet());
        Assert.Equal(missing.Distinct(), missing);
        Assert.All(build.Errors, e => Assert.True(e.LineNumber > 0 && Path.GetExtension(e.File) is ".c" or ".h" && File.Exists(e.File), $"{e.File}({e.LineNumber})"));
        Assert.All(build.Errors.Where(e => e.Text.Contains("\"snprintf\"", StringComparison.Ordinal)), e => Assert.Contains("MiniosLibc is none", e.Text));
    }

    [Fact]
    public void AFunctionThatTheGuestHasTooIsAnErrorThatNamesBothPlaces()
    {
        // The archive's member has malloc and free, and the framework needs free of it.
        string source = _project.Write("main.c", Guests.Hello + "\nvoid *malloc(unsigned long size)\n{\n    (void)size;\n    return 0;\n}\n");

        var error = _project.Build("-p:MiniosGuestOptions=-fno-builtin").MustFail().SingleError("MINIOS1630");

        Assert.Contains("\"malloc\"", error.Text);
        Assert.Contains("libminios-libc.a(lib_malloc.o)", error.Text);
        Assert.Equal((source, Line(source, "void *malloc")), (error.File, error.LineNumber));
        Assert.Contains("MiniosLibc private", error.Text);
    }

    [Fact]
    public void AProgramThatStartsWithMainIsToldThatNobodyCallsIt()
    {
        string source = _project.Write("main.c", "int main(void);\nint main(void) { return 3; }\n");

        var warning = Assert.Single(_project.Build().MustSucceed().Warnings, w => w.Code == "MINIOS1636");

        Assert.Equal((source, 2), (warning.File, warning.LineNumber));
        _project.Write("main.c", Guests.Hello + "\nint main(void);\nint main(void) { return 3; }\n");
        Assert.Empty(_project.Build().MustSucceed().Warnings);
    }

    [Fact]
    public void AFunctionThatReplacesAWholeMemberOfTheLibcIsFineAndSaid()
    {
        _project.Write("main.c", Guests.Hello + "\nint rand(void) { return 4; }\nvoid srand(unsigned seed) { (void)seed; }\nint rand_r(unsigned *seed) { return *seed; }\n");

        var build = _project.Build("-p:MiniosGuestOptions=-fno-builtin").MustSucceed();

        Assert.Contains(build.Messages, m => m.Contains("libminios-libc.a(lib_rand.o): the member is not linked for \"rand", StringComparison.Ordinal));
    }

    [Fact]
    public void ALinuxSystemCallIsAnErrorAtItsLine()
    {
        string source = _project.Write("main.c", Guests.Hello + "\nlong leave(long code);\nlong leave(long code)\n{\n    long result;\n\n    __asm__ volatile(\"syscall\" : \"=a\"(result) : \"a\"(60), \"D\"(code) : \"rcx\", \"r11\", \"memory\");\n    return result;\n}\n");

        var error = _project.Build().MustFail().SingleError("MINIOS1640");

        Assert.Equal((source, Line(source, "syscall")), (error.File, error.LineNumber));
        Assert.Contains("leave", error.Text);
        _project.Build("-p:MiniosLevels=MINIOS1640=warning").MustSucceed();
    }

    [Fact]
    public void ADriverThatIsNotBuiltIsNamed()
    {
        string source = _project.Write("main.c", "#include <mini-os/blkfront.h>\n#include <mini-os/kernel.h>\n\nint app_main(start_info_t *si)\n{\n    (void)si;\n    return blkfront_init(0, 0) == 0;\n}\n");

        var error = _project.Build().MustFail().SingleError("MINIOS1620");

        Assert.Equal((source, 7), (error.File, error.LineNumber));
        Assert.Contains("<MiniosDriver Include=\"blkfront\" />", error.Text);
    }

    [Fact]
    public void WithoutTheCheckTheLinkerSpeaks()
    {
        _project.Write("main.c", Guests.Hello + "\nint nowhere(void);\nint user(void);\nint user(void) { return nowhere(); }\n");

        Assert.Contains("nowhere", _project.Build().MustFail().SingleError("MINIOS1620").Text);
        Assert.Contains("nowhere", _project.Build("-p:MiniosCheckLink=false").MustFail().SingleError("MINIOS1701").Text);
    }

    [Fact]
    public void WhatTheLinkersOptionsChangeIsKnown()
    {
        _project.Write("main.c", Guests.Hello + "\nint nowhere(void);\nint user(void);\nint user(void) { return nowhere(); }\n");

        _project.Build("-p:MiniosLinkerOptions=--defsym=nowhere=app_main").MustSucceed();
    }

    [Fact]
    public void AWarningOfTheCheckIsGivenAgainWhileNothingChanges()
    {
        _project.Write("main.c", Guests.Hello + "\nlong leave(void);\nlong leave(void)\n{\n    long result;\n\n    __asm__ volatile(\"int $0x80\" : \"=a\"(result) : \"a\"(1) : \"memory\");\n    return result;\n}\n");
        _project.Build("-p:MiniosLevels=MINIOS1640=warning").MustSucceed();

        var again = _project.Build("-p:MiniosLevels=MINIOS1640=warning").MustSucceed();

        Assert.Equal("MINIOS1640", Assert.Single(again.Warnings).Code);
        Assert.DoesNotContain(again.Messages, m => m.StartsWith("link check: ", StringComparison.Ordinal));
    }

    [Fact]
    public void ALibraryWithoutLibcSaysWhatItNeedsAndIsNoError()
    {
        var build = _project.Build("-p:MiniosLibc=none", "-p:OutputType=Library").MustSucceed();
        string share = _project.PathOf("bin/Debug/share/minios/");

        Assert.Empty(build.Warnings);
        string text = File.ReadAllText(share + "minios.contract.md"), json = File.ReadAllText(share + "minios.contract.json");
        Assert.All(["memcpy", "snprintf", "strtoul", "minios_alloc_pages"], name => Assert.Contains(name, json));
        Assert.All(["memcpy", "snprintf", "strtoul"], name => Assert.Contains($"`{name}`", text));
        Assert.DoesNotContain(_project.Parent, json + text);
    }

    [Fact]
    public void ALibraryThatTheLinkersOptionsNameIsAnInputOfTheCheckAndOfTheLink()
    {
        _project.Write("main.c", Guests.Hello + "\nint value(void);\nint user(void);\nint user(void) { return value(); }\n");
        Library("near", "int value(void) { return 0x11111111; }");
        Library("far", "int value(void) { return 0x22222222; }");
        string[] options = ["-p:MiniosLinkerOptions=--undefined=value -L../near -L../far -lvalue"];
        _project.Build(options).MustSucceed();
        Assert.True(HasValue(0x11));

        Library("near", "int value(void) { return 0x33333333; }");
        _project.Build(options).MustSucceed();
        Assert.True(HasValue(0x33));

        File.Delete(_project.PathOf("../near/libvalue.a"));
        _project.Build(options).MustSucceed();
        Assert.True(HasValue(0x22));

        Library("near", "int value(void) { return 0x11111111; } int nowhere(void); int other(void) { return nowhere(); }");
        Assert.Contains("nowhere", _project.Build(options).MustFail().SingleError("MINIOS1620").Text);

        Library("near", "int value(void) { return 0x11111111; }");
        _project.Build(options).MustSucceed();
        Assert.True(HasValue(0x11));
    }

    [Fact]
    public void AnArchiveThatStandsBeforeWhatNeedsItIsSaidToBeThere()
    {
        _project.Write("main.c", Guests.Hello + "\nint value(void);\nint user(void);\nint user(void) { return value(); }\n");
        Library("near", "int value(void) { return 1; }");

        string text = _project.Build("-p:MiniosLinkerOptions=-L../near -lvalue").MustFail().SingleError("MINIOS1620").Text;

        Assert.Contains("The library value has it, but stands before what needs it", text);
        Assert.DoesNotContain("Did you mean", text);
    }

    [Fact]
    public void AScriptAmongTheLibrariesLeadsToItsFiles()
    {
        _project.Write("main.c", Guests.Hello + "\nint value(void);\nint user(void);\nint user(void) { return value(); }\n");
        Library("near", "int value(void) { return 0x11111111; }");
        string script = _project.Write("../near/libparts.a", "/* as other linkers have it */\nGROUP ( libvalue.a AS_NEEDED ( -lvalue ) )\n");
        string[] options = ["-p:MiniosLinkerOptions=--undefined=value -L../near -lparts"];
        _project.Build(options).MustSucceed();
        Assert.True(HasValue(0x11));

        Library("near", "int value(void) { return 0x22222222; }");
        _project.Build(options).MustSucceed();
        Assert.True(HasValue(0x22));

        File.WriteAllText(script, "\nGROUP ( gone.a )\n");
        var error = _project.Build(options).MustFail().SingleError("MINIOS1635");
        Assert.Equal((Path.GetFullPath(script), 2), (error.File, error.LineNumber));
    }

    private void Library(string folder, string source)
    {
        string file = _project.Write($"../{folder}/value.c", source), made = Path.ChangeExtension(file, ".o"), archive = _project.PathOf($"../{folder}/libvalue.a");
        RealTool.Run("gcc", "-O2", "-c", "-mno-red-zone", "-fno-pic", "-fcf-protection=none", "-o", made, file);
        File.Delete(archive);
        RealTool.Run("ar", "rcsD", archive, made);
    }

    private bool HasValue(byte value) => File.ReadAllBytes(_project.Image).AsSpan().IndexOf((byte[])[0xb8, value, value, value, value]) >= 0;

    private static int Line(string source, string text) => File.ReadAllLines(source).ToList().FindIndex(l => l.Contains(text, StringComparison.Ordinal)) + 1;
}
