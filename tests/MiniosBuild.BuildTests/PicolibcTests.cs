using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>A picolibc that is built already: taken where it lies, and refused before the linker runs if it is for another machine, as Debian's are.</summary>
[Trait("Length", "long")]
public sealed class PicolibcTests : IDisposable
{
    private readonly GuestProject _project = new(body: "<PropertyGroup><MiniosLibc>picolibc</MiniosLibc></PropertyGroup>");

    public PicolibcTests() => _project.Write("main.c", "#include <picolibc.h>\n#include <stdlib.h>\n" + Guests.Hello + "\nint number(const char *text);\nint number(const char *text) { return atoi(text) + __PICOLIBC_MINOR__; }\n");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void WithoutOneTheErrorSaysWhatToSet()
    {
        Assert.Contains("MiniosPicolibc", _project.Build().MustFail().SingleError("MINIOS1013").Text);
        Assert.Contains(_project.Folder, _project.Build("-p:MiniosPicolibc=" + _project.Folder).MustFail().SingleError("MINIOS1013").Text);
    }

    [Fact]
    public void OneOfAnotherMachineCompilesTheGuestAndIsRefusedBeforeTheLinkerRuns()
    {
        string unpacked = Path.Combine(_project.Parent, "picolibc");
        DebianPackage.Unpack("picolibc-aarch64-linux-gnu", unpacked);
        string picolibc = Path.Combine(unpacked, "usr", "lib", "picolibc", "aarch64-linux-gnu");

        var build = _project.Build("-p:MiniosPicolibc=" + picolibc).MustFail();

        Assert.DoesNotContain(build.ErrorCodes, code => code is "MINIOS1101" or "MINIOS1701" or "MINIOS1703");
        Assert.Contains(build.Errors, e => e.Code == "MINIOS1418" && e.File == picolibc + "/lib/libc.a" && e.Text.Contains("for AArch64", StringComparison.Ordinal));
    }
}
