using System.Buffers.Binary;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>
/// Applies the relocations of one debug section to a copy of its contents, as if every section were at address 0, and notes which
/// fields are addresses of code or data, which are relative to different sections then.
/// </summary>
internal sealed class SectionRelocator(ElfFile file, int relocationSection, byte[] contents)
{
    private readonly ElfRelocationTable _relocations = file.Relocations(relocationSection);
    private readonly bool _isBig = file.ByteOrder == ElfByteOrder.BigEndian;
    private readonly RelocationTargets _targets = new();
    private int _symbolIndex = -1;
    private ulong _symbolValue;
    private int _symbolPlace;

    /// <exception cref="ObjectFormatException">MINIOS2208: a relocation that no debug section has; MINIOS2008: its symbol does not exist.</exception>
    public RelocationTargets Apply()
    {
        for (int index = 0; index < _relocations.Count; index++)
        {
            Apply(index, _relocations[index]);
        }

        _targets.Sort();
        return _targets;
    }

    private void Apply(int index, in ElfRelocation relocation)
    {
        RelocationKind kind = RelocationKind.Of(file.Machine, relocation.Type);
        if (kind.Action == RelocationAction.None)
        {
            return;
        }

        if (kind.Action == RelocationAction.Unknown)
        {
            throw Refuse(index, $"relocation {index} has the type {relocation.Type}, which is not known in debug information of machine {(ushort)file.Machine}");
        }

        if (relocation.SymbolIndex >= file.Symbols.Count)
        {
            throw Refuse(index, $"relocation {index} refers to symbol {relocation.SymbolIndex}, but .symtab has {file.Symbols.Count}");
        }

        if (!ByteBounds.Contains(contents.Length, relocation.Offset, (ulong)kind.Size))
        {
            throw Refuse(index, $"relocation {index} concerns 0x{kind.Size:x} bytes at 0x{relocation.Offset:x}, but its section has 0x{contents.Length:x}");
        }

        int position = (int)relocation.Offset;
        Span<byte> field = contents.AsSpan(position, kind.Size);
        ulong stored = Read(field);
        Find(relocation.SymbolIndex);
        bool storesAddend = !_relocations.HasAddends;
        ulong value = unchecked(_symbolValue + (ulong)relocation.Addend + (storesAddend && kind.Action == RelocationAction.Set ? stored : 0));
        Write(field, kind.Action switch
        {
            RelocationAction.Set => value,
            RelocationAction.Add => unchecked(stored + value),
            RelocationAction.Subtract => unchecked(stored - value),
            RelocationAction.SetSixBits => (stored & 0xc0) | (value & 0x3f),
            _ => (stored & 0xc0) | (unchecked(stored - value) & 0x3f),
        });
        if (kind.Action == RelocationAction.Set && kind.Size >= 4 && _symbolPlace != 0)
        {
            _targets.Add(position, _symbolPlace);
        }
    }

    private void Find(int symbolIndex)
    {
        if (symbolIndex == _symbolIndex)
        {
            return;
        }

        ElfSymbol symbol = file.Symbols[symbolIndex];
        _symbolIndex = symbolIndex;
        (_symbolPlace, _symbolValue) = symbol.Placement switch
        {
            // Offsets into other debug sections are no addresses.
            ElfSymbolPlacement.Section => (IsLoaded(symbol.SectionIndex) ? (int)symbol.SectionIndex : 0, SymbolAddress.ValueOf(file, symbol)),
            ElfSymbolPlacement.Absolute => (0, symbol.Value),
            _ => (symbolIndex == 0 ? 0 : ~symbolIndex, 0ul),
        };
    }

    private bool IsLoaded(uint section) => (file.Sections[(int)section].Flags & ElfSectionFlags.Alloc) != 0;

    private ulong Read(ReadOnlySpan<byte> field) => field.Length switch
    {
        1 => field[0],
        2 => _isBig ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field),
        4 => _isBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field),
        _ => _isBig ? BinaryPrimitives.ReadUInt64BigEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field),
    };

    private void Write(Span<byte> field, ulong value)
    {
        for (int index = 0; index < field.Length; index++)
        {
            field[_isBig ? field.Length - 1 - index : index] = (byte)(value >> (8 * index));
        }
    }

    private ObjectFormatException Refuse(int index, string what)
    {
        ElfSection section = file.Sections[relocationSection];
        return new ObjectFormatException(DebugCodes.UnknownRelocation, (long)section.Offset + (index * (long)section.EntrySize),
            $"{what}; compile the source again, or without -g");
    }
}
