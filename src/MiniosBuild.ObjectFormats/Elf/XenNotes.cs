namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The notes of a kernel image by which Xen knows how to start it (xen/elfnote.h).</summary>
public static class XenNotes
{
    private const uint Loader = 8; // XEN_ELFNOTE_LOADER
    private const uint Physical32Entry = 18; // XEN_ELFNOTE_PHYS32_ENTRY
    private const int HeaderSize = 3 * sizeof(uint);

    /// <summary>
    /// Whether an image has the entry of a PVH guest and cannot be a PV one: that needs a loader's name, and 64 bits, since
    /// hypervisors of today start no other.
    /// </summary>
    public static bool IsPvhOnly(ElfFile image)
    {
        var types = Types(image);
        return types.Contains(Physical32Entry) && (image.Class == ElfClass.Elf32 || !types.Contains(Loader));
    }

    // Like Xen's loader: sections count only if no segment has any of these notes.
    private static HashSet<uint> Types(ElfFile image)
    {
        HashSet<uint> types = [];
        foreach (ElfSegment segment in image.Segments)
        {
            if (segment.Type == ElfSegmentType.Note)
            {
                Collect(image.Data.Span.Slice((int)segment.Offset, (int)segment.FileSize), image.Format.IsBig, types);
            }
        }

        if (types.Count == 0)
        {
            foreach (ref readonly ElfSection section in image.SectionSpan)
            {
                if (section.Type == ElfSectionType.Note)
                {
                    Collect(image.Contents(section.Index).Span, image.Format.IsBig, types);
                }
            }
        }

        return types;
    }

    // gABI, Note Section; Xen pads to words whatever the alignment says, and stops at what does not fit.
    private static void Collect(ReadOnlySpan<byte> notes, bool isBig, HashSet<uint> types)
    {
        while (notes.Length >= HeaderSize)
        {
            ulong nameSize = ElfWords.Word(notes, isBig), textSize = ElfWords.Word(notes[4..], isBig);
            ulong end = HeaderSize + ((nameSize + 3) & ~3UL) + ((textSize + 3) & ~3UL);
            if (end > (ulong)notes.Length)
            {
                return;
            }

            if (notes.Slice(HeaderSize, (int)nameSize).SequenceEqual("Xen\0"u8))
            {
                types.Add(ElfWords.Word(notes[8..], isBig));
            }

            notes = notes[(int)end..];
        }
    }
}
