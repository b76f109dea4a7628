using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>A tree with include/, include/x86, seen as mini-os/ through links, and lib/include with the libc's headers.</summary>
public sealed class StagedIncludesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StagedIncludes _includes;

    public StagedIncludesTests()
    {
        foreach (string file in new[] { "include/types.h", "include/time.h", "include/private.h", "include/x86/os.h", "lib/include/time.h", "lib/include/string.h", "lib/include/sys/time.h" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
            _folder.Write(file, "");
        }

        Directory.CreateDirectory(_folder.File("links"));
        Directory.CreateSymbolicLink(_folder.File("links/mini-os"), _folder.File("include"));
        File.CreateSymbolicLink(_folder.File("include/alias.h"), "types.h");
        _includes = new StagedIncludes(
            [_folder.File("links"), _folder.File("include/x86"), _folder.File("include"), _folder.File("lib/include")],
            [
                (_folder.File("include/types.h"), "mini-os/types.h"), (_folder.File("include/time.h"), "mini-os/time.h"),
                (_folder.File("include/x86/os.h"), "mini-os/os.h"), (_folder.File("lib/include/time.h"), "minios-libc/time.h"),
                (_folder.File("lib/include/string.h"), "minios-libc/string.h"), (_folder.File("lib/include/sys/time.h"), "minios-libc/sys/time.h"),
            ]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<types.h>", "<mini-os/types.h>")]
    [InlineData("<mini-os/types.h>", null)]
    [InlineData("<alias.h>", "<mini-os/types.h>")] // A link is the file that it leads to.
    [InlineData("<mini-os/x86/os.h>", "<mini-os/os.h>")]
    [InlineData("\"../types.h\"", "<mini-os/types.h>")]
    [InlineData("\"types.h\"", "<mini-os/types.h>")] // Not beside it in the tree; found as <types.h> would be.
    [InlineData("\"os.h\"", null)]
    [InlineData("<time.h>", "<mini-os/time.h>")] // The tree's own comes before its libc's.
    [InlineData("<string.h>", null)] // The libc is the consumer's to choose.
    [InlineData("<private.h>", null)]
    [InlineData("<stddef.h>", null)]
    [InlineData("<xen/xen.h>", null)]
    public void AHeaderOfTheTreeIncludesOthersByTheNamesTheyAreStagedUnder(string spelling, string? expected) =>
        Assert.Equal(expected, _includes.NewSpelling(_folder.File("include/x86/os.h"), "mini-os/os.h", spelling));

    [Theory]
    [InlineData("<time.h>", null)]
    [InlineData("<string.h>", null)]
    [InlineData("<types.h>", "<mini-os/types.h>")]
    public void AHeaderOfTheLibcMeansTheLibcsFirst(string spelling, string? expected) =>
        Assert.Equal(expected, _includes.NewSpelling(_folder.File("lib/include/sys/time.h"), "minios-libc/sys/time.h", spelling));
}
