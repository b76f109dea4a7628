namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>An SHT_REL or SHT_RELA section whose entries follow their symbols.</summary>
internal sealed class ElfRelocationEdit : ElfEdit
{
    private const uint LargestOfElf32 = 0xffffff; // ELF32_R_SYM has 24 bits.
    private const byte MipsGot16 = 9;
    private const byte MipsCall16 = 11;

    private readonly ElfFormat _format;
    private readonly ElfSymbolOrder _order;
    private readonly int _entrySize;
    private readonly int _symbol;

    private ElfRelocationEdit(ElfFile file, in ElfSection section, ElfSymbolOrder order)
        : base(section, (int)section.Size, "relocation table")
    {
        _format = file.Format;
        _order = order;
        _entrySize = section.Type == ElfSectionType.Rela ? _format.RelaSize : _format.RelSize;
        // r_info: the symbol is its upper half in ELF64, its upper 24 bits in ELF32. 64-bit MIPS has r_sym as a field of its own,
        // which comes first in either byte order.
        _symbol = _format.Is64 ? 8 + (_format.IsBig || file.Machine == ElfMachine.Mips ? 0 : 4) : 4;
    }

    public static ElfRelocationEdit Of(ElfFile file, in ElfSection section, ElfSymbolOrder order, ReadOnlySpan<ElfNamedChange> changes)
    {
        ElfRelocationEdit edit = new(file, section, order);
        edit.Check(file, section, changes);
        return edit;
    }

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        bool isBig = _format.IsBig;
        ReadOnlySpan<int> places = _order.NewIndices;
        for (int at = _symbol; at < to.Length; at += _entrySize)
        {
            Span<byte> field = to.Slice(at, sizeof(uint));
            uint info = ElfWords.Word(field, isBig);
            uint moved = _format.Is64
                ? (uint)places[(int)info]
                : ((uint)places[(int)(info >> 8)] << 8) | (info & 0xff);
            if (moved != info)
            {
                ElfWords.SetWord(field, isBig, moved);
            }
        }
    }

    /// <summary>Refuses entries that could not be written, so that writing never fails.</summary>
    private void Check(ElfFile file, in ElfSection section, ReadOnlySpan<ElfNamedChange> changes)
    {
        ReadOnlySpan<byte> entries = file.Contents(section.Index).Span;
        bool isMips = file.Machine == ElfMachine.Mips;
        // From r_sym, or from the r_info that holds it, to the first type.
        int type = _format.Is64 ? 7 : _format.IsBig ? 3 : 0;
        for (int at = _symbol; at < entries.Length; at += _entrySize)
        {
            uint info = ElfWords.Word(entries[at..], _format.IsBig);
            uint symbol = _format.Is64 ? info : info >> 8;
            if (symbol >= (uint)_order.Count)
            {
                throw ElfDamage.At(ObjectCodes.SymbolIndex, Offset + at,
                    $"relocation {at / _entrySize} of section {section.Index} refers to symbol {symbol}, but its symbol table has {_order.Count}");
            }

            if (!_format.Is64 && (uint)_order[(int)symbol] > LargestOfElf32)
            {
                throw new ObjectFormatException(ObjectCodes.FixedLayout, Offset + at,
                    $"symbol {symbol} would become symbol {_order[(int)symbol]}, but a relocation of ELF32 reaches {LargestOfElf32} at most; make fewer symbols local");
            }

            // MIPS psABI, Global Offset Table: with a local symbol R_MIPS_GOT16 means another entry, and R_MIPS_CALL16 nothing.
            if (isMips && entries[at + type] is MipsGot16 or MipsCall16 && ElfChangeRules.BecomesLocal(changes, (int)symbol))
            {
                throw ElfChangeRules.CannotBeLocal(file, (int)symbol, Offset + at,
                    $"a relocation of section {section.Index} reaches it through the global offset table in a way that only global symbols have; compile with -mno-abicalls");
            }
        }
    }
}
