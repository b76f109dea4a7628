using System.Text;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// The note in section .note.minios that says which pass an object went through. Links leave it out (SHF_EXCLUDE), since it is about
/// the object; `ld -r` joins the notes of several.
/// </summary>
public static class ElfPassNote
{
    private const int Alignment = 4; // the fields of a note are words, in both classes
    private const uint PassType = 1;
    private const int HeaderSize = 3 * sizeof(uint);

    internal static ReadOnlySpan<byte> SectionName => ".note.minios"u8;

    private static ReadOnlySpan<byte> Owner => "MiniosBuild\0"u8;

    /// <summary>The text of the note; several different ones, which `ld -r` leaves, a line each; null when there is none.</summary>
    /// <exception cref="ObjectFormatException">MINIOS2018: the section does not hold what it should.</exception>
    public static string? Read(ElfFile file)
    {
        int index = Find(file);
        if (index < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> notes = file.Contents(index).Span;
        long start = (long)file.SectionSpan[index].Offset;
        List<string> texts = [];
        for (int at = 0; at < notes.Length;)
        {
            string? text = ReadNote(notes, start, file.Format.IsBig, ref at);
            if (text is not null && !texts.Contains(text))
            {
                texts.Add(text);
            }
        }

        return texts.Count == 0 ? null : string.Join('\n', texts);
    }

    /// <summary>The section of that name; -1 if there is none.</summary>
    internal static int Find(ElfFile file)
    {
        foreach (ref readonly ElfSection section in file.SectionSpan)
        {
            if (section.Type == ElfSectionType.Note && section.NameBytes.SequenceEqual(SectionName))
            {
                return section.Index;
            }
        }

        return -1;
    }

    /// <summary>The contents of the section for a text in UTF-8 (gABI, Note Section).</summary>
    internal static byte[] Contents(ReadOnlySpan<byte> text, bool isBig)
    {
        byte[] note = new byte[HeaderSize + Owner.Length + ElfLayout.Size(((long)text.Length + 3) & ~3)];
        ElfWords.SetWord(note, isBig, (uint)Owner.Length); // namesz
        ElfWords.SetWord(note.AsSpan(4), isBig, (uint)text.Length); // descsz
        ElfWords.SetWord(note.AsSpan(8), isBig, PassType); // type
        Owner.CopyTo(note.AsSpan(HeaderSize));
        text.CopyTo(note.AsSpan(HeaderSize + Owner.Length));
        return note;
    }

    /// <summary>The section for contents that an object does not have yet.</summary>
    internal static ElfAddedSection Section(ReadOnlyMemory<byte> contents) => new(
        SectionName.ToArray(), ElfSectionType.Note, ElfSectionFlags.Exclude, Alignment, contents, (ulong)contents.Length);

    private static string? ReadNote(ReadOnlySpan<byte> notes, long start, bool isBig, ref int at)
    {
        if (notes.Length - at < HeaderSize)
        {
            throw ElfDamage.At(ObjectCodes.DamagedNote, start + at, $"a note needs {HeaderSize} bytes, but the section has {notes.Length - at} left");
        }

        long nameSize = ElfWords.Word(notes[at..], isBig);
        long textSize = ElfWords.Word(notes[(at + 4)..], isBig);
        uint type = ElfWords.Word(notes[(at + 8)..], isBig);
        long name = at + HeaderSize;
        long text = name + ((nameSize + 3) & ~3);
        long end = text + ((textSize + 3) & ~3);
        if (end > notes.Length)
        {
            throw ElfDamage.At(ObjectCodes.DamagedNote, start + at,
                $"a note has a name of {nameSize} and a text of {textSize} bytes, but the section has {notes.Length - at} left");
        }

        at = (int)end;
        return type == PassType && notes.Slice((int)name, (int)nameSize).SequenceEqual(Owner)
            ? Encoding.UTF8.GetString(notes.Slice((int)text, (int)textSize))
            : null;
    }
}
