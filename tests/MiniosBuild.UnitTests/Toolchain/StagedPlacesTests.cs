using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class StagedPlacesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mini-os", "a.h", "mini-os/a.h")]
    [InlineData(".", "a.h", "a.h")]
    [InlineData("./", "a.h", "a.h")]
    [InlineData("mini-os//sys/./", "x/a.h", "mini-os/sys/x/a.h")]
    [InlineData("", "a.h", null)]
    [InlineData("/mini-os", "a.h", null)]
    [InlineData("..", "a.h", null)]
    [InlineData("mini-os/../..", "a.h", null)]
    [InlineData("mini-os\\sys", "a.h", null)]
    public void A_folder_is_one_below_the_staged_headers(string folder, string name, string? expected) => Assert.Equal(expected, StagedPlaces.Of(folder, name));

    [Fact]
    public void A_header_has_all_names_that_the_trees_sources_have_for_it()
    {
        StagedPlaces places = Tree("common", "x86");

        Assert.Equal(["mini-os/os.h", "mini-os/x86/os.h"], places.SpellingsOf(_folder.File("include/x86/os.h")));
        Assert.Equal(["mini-os/sys/time.h"], places.SpellingsOf(_folder.File("include/sys/time.h")));
        Assert.Empty(places.SpellingsOf(_folder.File("private.h")));
        Assert.Equal(["x86/os.h", "os.h"], places.PlainSpellingsOf(_folder.File("include/x86/os.h")));
        Assert.Equal(["x86/asm_macros.h"], places.PlainSpellingsOf(_folder.File("include/x86/asm_macros.h"))); // <asm_macros.h> is the other.
    }

    [Theory]
    [InlineData("common", "x86", "mini-os/x86/asm_macros.h")]
    [InlineData("x86", "common", "mini-os/asm_macros.h")] // The common one has no other name where the family's hides it: nothing parts the two.
    public void Of_namesakes_the_one_that_the_tree_finds_has_the_name(string first, string second, string family)
    {
        StagedPlaces places = Tree(first, second);

        Assert.Equal(
            ["mini-os/asm_macros.h", family, "mini-os/os.h"],
            places.Part([(_folder.File("include/asm_macros.h"), "mini-os/asm_macros.h"), (_folder.File("include/x86/asm_macros.h"), "mini-os/asm_macros.h"), (_folder.File("include/x86/os.h"), "mini-os/os.h")]));
    }

    [Fact]
    public void Headers_that_no_name_finds_are_not_parted() =>
        Assert.Equal(["mini-os/a.h", "mini-os/a.h"], new StagedPlaces([]).Part([("/one/a.h", "mini-os/a.h"), ("/two/a.h", "mini-os/a.h")]));

    /// <summary>As upstream lays a tree out, with the links that its makefile leaves.</summary>
    private StagedPlaces Tree(string first, string second)
    {
        Directory.CreateDirectory(_folder.File("include/sys"));
        Directory.CreateDirectory(_folder.File("include/x86"));
        _folder.Write("private.h", "");
        _folder.Write("include/asm_macros.h", "");
        _folder.Write("include/sys/time.h", "");
        _folder.Write("include/x86/asm_macros.h", "");
        _folder.Write("include/x86/os.h", "");
        Directory.CreateSymbolicLink(_folder.File("include/mini-os"), ".");
        Directory.CreateSymbolicLink(_folder.File("include/x86/mini-os"), ".");
        Directory.CreateDirectory(_folder.File("links/common"));
        Directory.CreateDirectory(_folder.File("links/x86"));
        Directory.CreateSymbolicLink(_folder.File("links/common/mini-os"), _folder.File("include"));
        Directory.CreateSymbolicLink(_folder.File("links/x86/mini-os"), _folder.File("include/x86"));
        return new StagedPlaces([_folder.File("links/" + first), _folder.File("links/" + second), _folder.File("include"), _folder.File("include/x86")]);
    }
}
