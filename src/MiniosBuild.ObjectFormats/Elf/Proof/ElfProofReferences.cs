using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Elf.Proof;

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
        ReadOnlySpan<byte> bytes = before.Contents(section.Index).Span;
        ReadOnlySpan<byte> newBytes = after.Contents(newSection.Index).Span;
        int size = (int)section.EntrySize;
        int symbolAt = SymbolOffset(before);
        bool is64 = before.Class == ElfClass.Elf64;
        for (int at = 0; at < bytes.Length; at += size)
        {
            // Most are the same in every byte; only the others are decoded.
            if (bytes.Slice(at, size).SequenceEqual(newBytes.Slice(at, size)))
            {
                uint info = Word(bytes[(at + symbolAt)..], before);
                uint symbol = is64 ? info : info >> 8;
                if (symbols.IsSame(symbol, symbol))
                {
                    continue;
                }
            }

            RequireRelocation(before, after, section, newSection, symbols, at / size);
        }
    }

    private static void RequireRelocation(
        ElfFile before, ElfFile after, in ElfSection section, in ElfSection newSection, ElfProofSymbols symbols, int number)
    {
        ElfRelocation old = before.Relocations(section.Index)[number];
        ElfRelocation now = after.Relocations(newSection.Index)[number];
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

    /// <summary>Where the word with the symbol is in an entry: r_info in ELF32, the half of it that is ELF64_R_SYM in ELF64.</summary>
    private static int SymbolOffset(ElfFile file)
    {
        if (file.Class == ElfClass.Elf32)
        {
            return 4;
        }

        // 64-bit MIPS has r_sym first whatever its byte order.
        return file.ByteOrder == ElfByteOrder.BigEndian || file.Machine == ElfMachine.Mips ? 8 : 12;
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
        ObjectCodes.ReferenceChanged, section.Offset, $"entry {entry} of section {section.Index} ({section.Name}): {what}");
}
