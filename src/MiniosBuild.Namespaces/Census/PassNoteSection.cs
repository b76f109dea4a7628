using System.Buffers.Binary;
using System.Text;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>Finds the text of <c>.note.minios</c>: a note of the owner "MiniosBuild" and type 1 (gABI, Note Section).</summary>
internal static class PassNoteSection
{
    private const int HeaderSize = 12;
    private const uint PassType = 1;

    /// <summary>The text, or null when the object has no such note.</summary>
    public static string? Read(ElfFile elf)
    {
        for (int index = 1; index < elf.Sections.Count; index++)
        {
            ElfSection section = elf.Sections[index];
            if (section.Type == ElfSectionType.Note && section.NameBytes.SequenceEqual(".note.minios"u8))
            {
                return Text(elf.Contents(index).Span, elf.ByteOrder == ElfByteOrder.BigEndian);
            }
        }

        return null;
    }

    private static string? Text(ReadOnlySpan<byte> note, bool isBig)
    {
        if (note.Length < HeaderSize)
        {
            return null;
        }

        uint nameSize = Word(note, isBig);
        uint textSize = Word(note[4..], isBig);
        ReadOnlySpan<byte> rest = note[HeaderSize..];
        ulong start = ((ulong)nameSize + 3) & ~3ul;
        return Word(note[8..], isBig) == PassType && start + textSize <= (ulong)rest.Length && rest[..(int)nameSize].TrimEnd((byte)0).SequenceEqual("MiniosBuild"u8)
            ? Encoding.UTF8.GetString(rest.Slice((int)start, (int)textSize).TrimEnd((byte)0))
            : null;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
