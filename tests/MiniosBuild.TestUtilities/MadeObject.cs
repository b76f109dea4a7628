using System.Buffers.Binary;
using System.Text;

namespace MiniosBuild.TestUtilities;

/// <summary>One member of a <see cref="MadeArchive"/>, written in one go: <see cref="ElfWriter"/> notes every field and is too slow for a million.</summary>
internal sealed class MadeObject(MadeArchive archive, int member)
{
    private const int SectionCount = 7;
    private const int FunctionSize = 16;
    private const int CallSize = 5;
    private const int VariableSize = 8;
    private const int SymbolSize = 24;
    private const int RelocationSize = 24;
    private const int SectionHeaderSize = 64;
    private const uint CallRelocation = 4; // R_X86_64_PLT32

    // The offsets of the names in SectionNames.
    private static readonly uint[] s_names = [0, 1, 7, 18, 24, 32, 40];

    private readonly List<byte> _strings = [0];
    private byte[] _file = [];

    private static ReadOnlySpan<byte> SectionNames => "\0.text\0.rela.text\0.data\0.symtab\0.strtab\0.shstrtab\0"u8;

    public byte[] Write()
    {
        (int Member, int Symbol)[] references = [.. archive.References(member)];
        int functions = Enumerable.Range(0, archive.SymbolsPerMember).Count(MadeArchive.IsFunction);
        int symbols = 1 + archive.SymbolsPerMember + references.Length;
        uint[] names = [0, .. Enumerable.Range(0, archive.SymbolsPerMember).Select(symbol => Name(member, symbol)), .. references.Select(to => Name(to.Member, to.Symbol))];
        int[] sizes =
        [
            0,
            (functions * FunctionSize) + (references.Length * CallSize),
            references.Length * RelocationSize,
            (archive.SymbolsPerMember - functions) * VariableSize,
            symbols * SymbolSize,
            _strings.Count,
            SectionNames.Length,
        ];
        int[] offsets = new int[SectionCount];
        int end = 64;
        for (int section = 1; section < SectionCount; section++)
        {
            offsets[section] = end;
            end = (end + sizes[section] + 15) & ~15;
        }

        _file = new byte[end + (SectionCount * SectionHeaderSize)];
        WriteHeader(end);
        WriteCode(offsets[1], functions, references.Length);
        WriteRelocations(offsets[2], functions, references.Length);
        WriteSymbols(offsets[4], names);
        _strings.CopyTo(_file, offsets[5]);
        SectionNames.CopyTo(_file.AsSpan(offsets[6]));
        for (int section = 1; section < SectionCount; section++)
        {
            WriteSectionHeader(end, section, offsets[section], sizes[section]);
        }

        return _file;
    }

    private uint Name(int of, int symbol)
    {
        uint offset = (uint)_strings.Count;
        _strings.AddRange(Encoding.ASCII.GetBytes(MadeArchive.SymbolName(of, symbol)));
        _strings.Add(0);
        return offset;
    }

    private void WriteHeader(int sectionHeaders)
    {
        Span<byte> header = _file;
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(header);
        Half(16, 1); // e_type: ET_REL
        Half(18, 62); // e_machine: EM_X86_64
        Word(20, 1); // e_version
        Wide(40, (ulong)sectionHeaders); // e_shoff
        Half(52, 64); // e_ehsize
        Half(58, SectionHeaderSize); // e_shentsize
        Half(60, SectionCount); // e_shnum
        Half(62, SectionCount - 1); // e_shstrndx
    }

    private void WriteCode(int offset, int functions, int calls)
    {
        Span<byte> code = _file.AsSpan(offset, (functions * FunctionSize) + (calls * CallSize));
        code.Fill(0x90); // nop
        for (int function = 0; function < functions; function++)
        {
            code[function * FunctionSize] = 0xc3; // ret
        }

        for (int call = 0; call < calls; call++)
        {
            Span<byte> instruction = code.Slice((functions * FunctionSize) + (call * CallSize), CallSize);
            instruction.Clear();
            instruction[0] = 0xe8; // call
        }
    }

    private void WriteRelocations(int offset, int functions, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            int at = offset + (call * RelocationSize);
            Wide(at, (ulong)((functions * FunctionSize) + (call * CallSize) + 1)); // r_offset
            Wide(at + 8, ((ulong)(1 + archive.SymbolsPerMember + call) << 32) | CallRelocation); // r_info
            Wide(at + 16, unchecked((ulong)-4L)); // r_addend
        }
    }

    private void WriteSymbols(int offset, uint[] names)
    {
        int functions = 0;
        int variables = 0;
        for (int index = 1; index < names.Length; index++)
        {
            int at = offset + (index * SymbolSize);
            Word(at, names[index]); // st_name
            bool isDefined = index <= archive.SymbolsPerMember;
            bool isFunction = isDefined && MadeArchive.IsFunction(index - 1);
            _file[at + 4] = (byte)(0x10 | (isFunction ? 2 : isDefined ? 1 : 0)); // st_info: STB_GLOBAL; STT_FUNC, STT_OBJECT, STT_NOTYPE
            if (isDefined)
            {
                Half(at + 6, (ushort)(isFunction ? 1 : 3)); // st_shndx
                Wide(at + 8, (ulong)(isFunction ? functions++ * FunctionSize : variables++ * VariableSize)); // st_value
                Wide(at + 16, (ulong)(isFunction ? 1 : VariableSize)); // st_size
            }
        }
    }

    private void WriteSectionHeader(int table, int section, int offset, int size)
    {
        // PROGBITS, RELA, PROGBITS, SYMTAB, STRTAB, STRTAB
        ReadOnlySpan<uint> types = [0, 1, 4, 1, 2, 3, 3];
        ReadOnlySpan<uint> flags = [0, 6, 0x40, 3, 0, 0, 0]; // ALLOC and EXECINSTR, INFO_LINK, ALLOC and WRITE
        ReadOnlySpan<uint> links = [0, 0, 4, 0, 5, 0, 0];
        ReadOnlySpan<uint> infos = [0, 0, 1, 0, 1, 0, 0];
        ReadOnlySpan<uint> entries = [0, 0, RelocationSize, 0, SymbolSize, 0, 0];
        ReadOnlySpan<uint> alignments = [0, 16, 8, 8, 8, 1, 1];
        int at = table + (section * SectionHeaderSize);
        Word(at, s_names[section]);
        Word(at + 4, types[section]);
        Wide(at + 8, flags[section]);
        Wide(at + 24, (ulong)offset);
        Wide(at + 32, (ulong)size);
        Word(at + 40, links[section]);
        Word(at + 44, infos[section]);
        Wide(at + 48, alignments[section]);
        Wide(at + 56, entries[section]);
    }

    private void Half(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_file.AsSpan(offset), value);

    private void Word(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_file.AsSpan(offset), value);

    private void Wide(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_file.AsSpan(offset), value);
}
