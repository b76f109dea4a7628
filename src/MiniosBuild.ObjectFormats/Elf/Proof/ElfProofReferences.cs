using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Requires that what refers to symbols by number refers to the same ones as before.</summary>
internal static class ElfProofReferences
{
    private const int OldCallGraphEntry = 16; // caller, callee and weight; later entries are the weight alone

    /// <summary>Whether a section is a hint for the linker that loses its meaning without the link to the symbol table.</summary>
    public static bool MayBeVoid(in ElfSection section) => section.Type == ElfSectionType.LlvmAddressSignificance
        || (section.Type == ElfSectionType.LlvmCallGraphProfile && section.EntrySize == OldCallGraphEntry);

    /// <summary>Compares a section that belongs to the symbol table.</summary>
    /// <returns>False: it holds no numbers of symbols, so that its bytes are to be compared.</returns>
    public static bool Require(ElfFile before, ElfFile after, in ElfSection section, in ElfSection newSection, ElfProofSymbols symbols)
    {
        if (MayBeVoid(section) && newSection.Link == 0)
        {
            return true;
        }

        if (symbols.AreInPlace && before.Contents(section.Index).Span.SequenceEqual(after.Contents(newSection.Index).Span))
        {
            return true;
        }

        switch (section.Type)
        {
            case ElfSectionType.Rel or ElfSectionType.Rela:
                RequireRelocations(before, after, section, newSection, symbols);
                return true;
            case ElfSectionType.LlvmAddressSignificance:
                RequireAddressSignificance(before, after, section, newSection, symbols);
                return true;
            case ElfSectionType.LlvmCallGraphProfile when section.EntrySize == OldCallGraphEntry:
                RequireCallGraph(before, after, section, newSection, symbols);
                return true;
            case ElfSectionType.GnuVersionSymbols:
                RequireVersions(before, after, section, newSection, symbols);
                return true;
            case ElfSectionType.LlvmCallGraphProfile:
                return false;
            default:
                if (!symbols.AreInPlace && section.HasContents)
                {
                    throw Differs(newSection, 0, "it belongs to the symbol table, whose order changed, in a way that is not known");
                }

                return false;
        }
    }

    private static void RequireRelocations(
        ElfFile before, ElfFile after, in ElfSection section, in ElfSection newSection, ElfProofSymbols symbols)
    {
        ElfRelocationTable expected = before.Relocations(section.Index);
        ElfRelocationTable found = after.Relocations(newSection.Index);
        for (int number = 0; number < expected.Count; number++)
        {
            ElfRelocation old = expected[number];
            ElfRelocation now = found[number];
            if (old with { SymbolIndex = 0 } != now with { SymbolIndex = 0 })
            {
                throw Differs(newSection, number, $"it is {now}, expected {old}");
            }

            if (!symbols.IsSame((uint)old.SymbolIndex, (uint)now.SymbolIndex))
            {
                throw Differs(newSection, number,
                    $"it refers to symbol {now.SymbolIndex} ({after.Symbols[now.SymbolIndex].Name}), expected what was symbol {old.SymbolIndex} ({before.Symbols[old.SymbolIndex].Name})");
            }
        }
    }

    private static void RequireAddressSignificance(
        ElfFile before, ElfFile after, in ElfSection section, in ElfSection newSection, ElfProofSymbols symbols)
    {
        ReadOnlySpan<byte> expected = before.Contents(section.Index).Span;
        ReadOnlySpan<byte> found = after.Contents(newSection.Index).Span;
        for (int number = 0; !expected.IsEmpty || !found.IsEmpty; number++)
        {
            if (expected.IsEmpty || found.IsEmpty || !symbols.IsSame(Uleb128(ref expected), Uleb128(ref found)))
            {
                throw Differs(newSection, number, "it is another symbol than before");
            }
        }
    }

    private static void RequireCallGraph(
        ElfFile before, ElfFile after, in ElfSection section, in ElfSection newSection, ElfProofSymbols symbols)
    {
        ReadOnlySpan<byte> expected = before.Contents(section.Index).Span;
        ReadOnlySpan<byte> found = after.Contents(newSection.Index).Span;
        for (int at = 0; at + OldCallGraphEntry <= expected.Length; at += OldCallGraphEntry)
        {
            if (!symbols.IsSame(Word(expected[at..], before), Word(found[at..], after))
                || !symbols.IsSame(Word(expected[(at + 4)..], before), Word(found[(at + 4)..], after))
                || !expected.Slice(at + 8, 8).SequenceEqual(found.Slice(at + 8, 8)))
            {
                throw Differs(newSection, at / OldCallGraphEntry, "it is another call or weight than before");
            }
        }
    }

    private static void RequireVersions(
        ElfFile before, ElfFile after, in ElfSection section, in ElfSection newSection, ElfProofSymbols symbols)
    {
        ReadOnlySpan<byte> expected = before.Contents(section.Index).Span;
        ReadOnlySpan<byte> found = after.Contents(newSection.Index).Span;
        for (int symbol = 0; (symbol + 1) * 2 <= expected.Length; symbol++)
        {
            int now = symbols.AfterOf(symbol);
            if (now < 0 || (now + 1) * 2 > found.Length || !expected.Slice(symbol * 2, 2).SequenceEqual(found.Slice(now * 2, 2)))
            {
                throw Differs(newSection, symbol, "its version is another one than before");
            }
        }
    }

    private static uint Word(ReadOnlySpan<byte> field, ElfFile file) => file.ByteOrder == ElfByteOrder.BigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);

    /// <summary>A number beyond 32 bits is none of a symbol, and stays one.</summary>
    private static uint Uleb128(ref ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        int shift = 0;
        while (!bytes.IsEmpty)
        {
            byte part = bytes[0];
            bytes = bytes[1..];
            number |= shift < 63 ? (ulong)(part & 0x7f) << shift : 0;
            shift += 7;
            if (part < 0x80)
            {
                break;
            }
        }

        return number > uint.MaxValue ? uint.MaxValue : (uint)number;
    }

    private static ObjectFormatException Differs(in ElfSection section, int entry, string what) => ElfProof.Failed(
        "MINIOS1328", section.Offset, $"entry {entry} of section {section.Index} ({section.Name}): {what}");
}
