namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// Renames symbols of a relocatable object and makes them local, in either class and byte order. Only the string table changes, and
/// the symbol table; and where a symbol becomes local, which changes the order of symbols, all that refers to symbols by index.
/// </summary>
public static class ElfSymbolRewriter
{
    /// <summary>Checks what is to be done and lays the result out; with nothing to do the result is the bytes of the object.</summary>
    /// <param name="file">The object.</param>
    /// <param name="data">The bytes that it was parsed from.</param>
    /// <param name="changes">What happens to which symbols, sorted by their index; symbols that are left out stay as they are.</param>
    /// <param name="note">The text of the pass note, in UTF-8; replaces one that is there. Empty: no note is added or changed.</param>
    /// <param name="dropsMarks">
    /// Whether the export marks leave the object (<see cref="ElfExportMarks"/>). A note that is added takes the number of their section, so that
    /// all others keep theirs; without one the section header becomes an inactive one.
    /// </param>
    /// <exception cref="ObjectFormatException">
    /// MINIOS1450, 2011 to 2018: the object cannot be changed in that way, or it is damaged where that matters.
    /// </exception>
    public static ElfRewrite Prepare(
        ElfFile file, ReadOnlyMemory<byte> data, ReadOnlySpan<ElfSymbolChange> changes, ReadOnlyMemory<byte> note = default, bool dropsMarks = false)
    {
        if (data.Length != file.Data.Length)
        {
            throw new ArgumentException("these are not the bytes that the file was parsed from", nameof(data));
        }

        RequireRelocatable(file);

        using ElfNameEdits names = new(file, changes);
        List<ElfEdit> edits = [];
        ReadOnlyMemory<byte> newNote = AddNote(edits, file, note);
        IReadOnlyList<int> dropped = dropsMarks ? DropMarks(edits, file) : [];
        if (names.Changes.Length == 0 && edits.Count == 0 && newNote.IsEmpty && dropped.Count == 0)
        {
            return new ElfRewrite(data, [], data.Length);
        }

        RequireNoSegments(file);
        ElfStringEdit? sectionNames = names.AddTables(edits, addSectionName: !newNote.IsEmpty);
        ElfSymbolOrder? order = names.Order;
        if (order is not null)
        {
            ElfReferenceEdits.Add(edits, file, order, names.Changes);
        }

        ElfAddedSection? added = newNote.IsEmpty ? null : ElfPassNote.Section(newNote);
        return ElfRewrite.LayOut(file, data, edits, new ElfSectionHeadersEdit(file, added, dropped) { Names = sectionNames, Order = order });
    }

    /// <summary>Replaces the note that is there, if it says something else.</summary>
    /// <returns>The contents of a section that has to be added; empty if none has.</returns>
    private static ReadOnlyMemory<byte> AddNote(List<ElfEdit> edits, ElfFile file, ReadOnlyMemory<byte> note)
    {
        if (note.IsEmpty)
        {
            return default;
        }

        byte[] contents = ElfPassNote.Contents(note.Span, file.Format.IsBig);
        int section = ElfPassNote.Find(file);
        if (section < 0)
        {
            return contents;
        }

        if (!file.SectionSpan[section].HasContents)
        {
            throw new ObjectFormatException(ObjectCodes.DamagedNote, (long)file.SectionSpan[section].Offset,
                $"section {section} (.note.minios) is empty, expected the note of a pass; make the object again");
        }

        if (!file.Contents(section).Span.SequenceEqual(contents))
        {
            if (file.SectionSpan[section].Offset > (ulong)file.Data.Length)
            {
                throw ElfDamage.At(ObjectCodes.DamagedNote, (long)file.Header.SectionHeaderOffset,
                    $"the pass note, section {section}, is empty and lies behind the end of the file");
            }

            edits.Add(new ElfBytesEdit(file.SectionSpan[section], contents, "note"));
        }

        return default;
    }

    internal static void RequireRelocatable(ElfFile file)
    {
        if (file.Type != ElfType.Relocatable)
        {
            throw new ObjectFormatException(ObjectCodes.NotRelocatable, 16,
                $"e_type is {(int)file.Type}, expected 1 (relocatable): the symbols of linked files are not changed; change those of the objects and link again");
        }
    }

    /// <returns>The sections that leave the object.</returns>
    private static IReadOnlyList<int> DropMarks(List<ElfEdit> edits, ElfFile file)
    {
        ElfExportMarks marks = ElfExportMarks.Of(file);
        if (marks.Fault is not null)
        {
            throw marks.Fault;
        }

        foreach (int section in marks.Sections)
        {
            if (file.SectionSpan[section].HasContents)
            {
                edits.Add(new ElfBytesEdit(file.SectionSpan[section], default, "export marks"));
            }
        }

        return marks.Sections;
    }

    internal static void RequireNoSegments(ElfFile file)
    {
        if (file.Segments.Count != 0)
        {
            throw new ObjectFormatException(ObjectCodes.FixedLayout, file.Format.Is64 ? 56 : 44,
                $"e_phnum is {file.Segments.Count}, expected none in a relocatable file: segments say where bytes are that have to move; make the object again");
        }
    }
}

/// <summary>Something other than <see cref="ElfSymbolRewriter"/> that renames symbols of an object and makes them local. Thread-safe.</summary>
public interface IElfSymbolRewriter
{
    /// <summary>Changes an object. That the result is right is for the caller to prove.</summary>
    /// <param name="file">The object.</param>
    /// <param name="data">The bytes that it was parsed from.</param>
    /// <param name="changes">What happens to which symbols, sorted by their index; at least one.</param>
    /// <param name="path">What diagnostics call the object.</param>
    /// <exception cref="DiagnosticException">It failed, or is known to get these changes wrong.</exception>
    ReadOnlyMemory<byte> Rewrite(ElfFile file, ReadOnlyMemory<byte> data, ReadOnlyMemory<ElfSymbolChange> changes, string path);
}

/// <summary>What happens to one symbol of .symtab.</summary>
/// <param name="Index">Its place in <see cref="ElfFile.Symbols"/>.</param>
/// <param name="NewName">Its new name without a NUL; empty when it keeps the one it has.</param>
/// <param name="MakeLocal">Whether its binding becomes local.</param>
public readonly record struct ElfSymbolChange(int Index, ReadOnlyMemory<byte> NewName, bool MakeLocal);

/// <summary>A change that was checked and that changes something.</summary>
/// <param name="Symbol">The index of the symbol.</param>
/// <param name="NameOffset">Where its new name starts among the names that are added; -1 when it keeps the one it has.</param>
/// <param name="BecomesLocal">Whether its binding becomes local.</param>
internal readonly record struct ElfNamedChange(int Symbol, int NameOffset, bool BecomesLocal)
{
    public bool IsRenamed => NameOffset >= 0;
}
