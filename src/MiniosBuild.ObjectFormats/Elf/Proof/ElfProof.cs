namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>
/// Proves that a symbol pass changed names and bindings as it should, and nothing else. It shares the readers with
/// <see cref="ElfSymbolRewriter"/> but no decision, and holds for the output of other tools too: sections, symbols and relocations are
/// compared by what they are, not by their number.
/// </summary>
public static class ElfProof
{
    /// <summary>
    /// Requires that <paramref name="after"/> is <paramref name="before"/> but for the changes. May differ: the symbol table's order, its
    /// string table, the section name table, .symtab_shndx, the pass note (.note.minios), where sections lie in the file, and symbols of
    /// sections that nothing refers to.
    /// </summary>
    /// <param name="before">The object as it was.</param>
    /// <param name="after">The object as it is now.</param>
    /// <param name="changes">What was asked for: indices of <paramref name="before"/>, sorted.</param>
    /// <param name="dropsMarks">Whether the export marks have to be gone.</param>
    /// <exception cref="ObjectFormatException">
    /// MINIOS1326: a section differs. MINIOS1327: a symbol. MINIOS1328: a reference to a symbol. MINIOS1329: the ELF header. Offsets are
    /// of <paramref name="after"/>. MINIOS2008: a relocation of one of them names a symbol that does not exist.
    /// </exception>
    public static void Require(ElfFile before, ElfFile after, ReadOnlySpan<ElfSymbolChange> changes, bool dropsMarks = false)
    {
        RequireHeader(before, after);
        ElfProofSections sections = new(before, after, dropsMarks);
        sections.Match();
        using ElfProofSymbols symbols = new(before, after, sections);
        symbols.Match(changes);
        ElfProofNames.Require(before, changes);
        sections.RequireContents(symbols);
        ElfProofGroups.Require(before, after, sections, symbols);
    }

    internal static ObjectFormatException Failed(string code, ulong offset, string what) => new(code, (long)offset,
        $"the symbol pass went wrong: {what}; do not use its result, choose another MiniosSymbolRewriter and report this");

    internal static void RequireHeader(ElfFile before, ElfFile after)
    {
        // EI_CLASS, EI_DATA, EI_VERSION, EI_OSABI, EI_ABIVERSION and the padding
        ReadOnlySpan<byte> identity = before.Data.Span[4..16];
        ReadOnlySpan<byte> newIdentity = after.Data.Span[4..16];
        if (!identity.SequenceEqual(newIdentity))
        {
            Equal(4, "e_ident", Convert.ToHexStringLower(identity), Convert.ToHexStringLower(newIdentity));
        }

        Equal(16, "e_type", before.Type, after.Type);
        Equal(18, "e_machine", before.Machine, after.Machine);
        Equal(24, "e_entry", before.Entry, after.Entry);
        Equal(before.Class == ElfClass.Elf64 ? 48u : 36, "e_flags", before.Flags, after.Flags);
        Equal(before.Class == ElfClass.Elf64 ? 56u : 44, "e_phnum", before.Segments.Count, after.Segments.Count);
    }

    private static void Equal<T>(ulong offset, string field, T expected, T found)
        where T : notnull
    {
        if (!expected.Equals(found))
        {
            throw Failed(ObjectCodes.HeaderChanged, offset, $"{field} is {found}, expected {expected}");
        }
    }
}
