using System.IO.Compression;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.UnitTests.Running;

/// <summary>The type that xl is told of an image; the images are the assembler's and the linker's.</summary>
public sealed class GuestImageTests : IDisposable
{
    // xen/elfnote.h: XEN_ELFNOTE_LOADER, and what images have besides.
    private const string Loader = "note 8, .asciz \"generic\"\n", Version = "note 5, .asciz \"xen-3.0\"\n";
    private const string PvhEntry = "note 18, .long 0x100000\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--64", "elf_x86_64", Version + Loader, "pv")]
    [InlineData("--64", "elf_x86_64", PvhEntry, "pvh")]
    [InlineData("--64", "elf_x86_64", PvhEntry + Version, "pvh")]
    [InlineData("--64", "elf_x86_64", Version + Loader + PvhEntry, "pv")]
    [InlineData("--32", "elf_i386", Version + Loader + PvhEntry, "pvh")]
    [InlineData("--32", "elf_i386", Version + Loader, "pv")]
    [InlineData("--64", "elf_x86_64", "", "pv")]
    public void ItIsFoundByTheNotes(string assemblerOption, string emulation, string notes, string type)
    {
        // ld makes a segment of notes; upstream's scripts do not, and leave sections.
        string image = Link(assemblerOption, emulation, notes);
        string sections = _folder.File("sections");
        RealTool.Run("ld", "-m", emulation, "-T", _folder.Write("script", "PHDRS { text PT_LOAD; } SECTIONS { .text : { *(.text) } :text .note : { *(.note*) } :text }"), "-o", sections, _folder.File("guest.o"));

        Assert.Equal((type, type), (GuestImage.TypeOf(image), GuestImage.TypeOf(sections)));
        Assert.Contains("NOTE", RealTool.Run("readelf", "-lW", image) + (notes.Length == 0 ? "NOTE" : ""));
        Assert.DoesNotContain(" NOTE ", RealTool.Run("readelf", "-lW", sections));
    }

    [Fact]
    public void SectionsCountOnlyIfNoSegmentHasNotes()
    {
        string image = Link("--64", "elf_x86_64", Version + Loader + ".section .note.other, \"\", @note\n" + PvhEntry);

        Assert.Equal("pv", GuestImage.TypeOf(image));
    }

    [Fact]
    public void NotesOfOthersDoNotCount() =>
        Assert.Equal("pv", GuestImage.TypeOf(Link("--64", "elf_x86_64", ".long 4, 4, 18\n.asciz \"GNU\"\n.long 0\n")));

    [Fact]
    public void APackedImageIsUnpacked()
    {
        string image = Link("--64", "elf_x86_64", PvhEntry), packed = _folder.File("packed");
        using (GZipStream stream = new(File.Create(packed), CompressionLevel.Fastest))
        {
            stream.Write(File.ReadAllBytes(image));
        }

        Assert.Equal("pvh", GuestImage.TypeOf(packed));
    }

    [Fact]
    public void WhatIsDamagedIsForXenToTell()
    {
        byte[] image = File.ReadAllBytes(Link("--64", "elf_x86_64", PvhEntry));
        for (int length = 0; length < image.Length; length += 37)
        {
            string cut = _folder.File("cut");
            File.WriteAllBytes(cut, image[..length]);

            Assert.Equal("pv", GuestImage.TypeOf(cut));
        }

        string broken = _folder.File("broken.gz");
        File.WriteAllBytes(broken, [0x1f, 0x8b, 8, 0, 1]);
        Assert.Equal("pv", GuestImage.TypeOf(broken));
    }

    private string Link(string assemblerOption, string emulation, string notes)
    {
        string source = _folder.Write("guest.S", $"""
            .macro note type, value:vararg
                .balign 4
                .long 4, 2f - 1f, \type
                .asciz "Xen"
            1:  \value
            2:  .balign 4
            .endm
                .globl _start
            _start:
                nop
                .section .note.Xen, "a", @note
            {notes}

            """), image = _folder.File("guest");
        RealTool.Run("as", assemblerOption, "-o", _folder.File("guest.o"), source);
        RealTool.Run("ld", "-m", emulation, "-o", image, _folder.File("guest.o"));
        return image;
    }
}
