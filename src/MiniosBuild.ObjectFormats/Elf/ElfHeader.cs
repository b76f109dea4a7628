namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Elf32_Ehdr or Elf64_Ehdr, as it is in the file (gABI, ELF Header).</summary>
internal readonly record struct ElfHeader
{
    public required ElfFormat Format { get; init; }
    public required byte OsAbi { get; init; }
    public required ElfType Type { get; init; }
    public required ElfMachine Machine { get; init; }
    public required ulong Entry { get; init; }
    public required ulong ProgramHeaderOffset { get; init; }
    public required ulong SectionHeaderOffset { get; init; }
    public required uint Flags { get; init; }
    public required ushort ProgramHeaderEntrySize { get; init; }
    public required ushort ProgramHeaderCount { get; init; }
    public required ushort SectionHeaderEntrySize { get; init; }
    public required ushort SectionHeaderCount { get; init; }
    public required ushort SectionNameTable { get; init; }

    public static ElfHeader Read(ReadOnlySpan<byte> data)
    {
        const int IdentitySize = 16;
        if (!ElfFile.IsElf(data))
        {
            throw new ObjectFormatException(ObjectCodes.NotElf, 0, $"expected an ELF file (7f 45 4c 46), found {Describe(data)}");
        }

        if (data.Length < IdentitySize)
        {
            throw Truncated(IdentitySize, data.Length);
        }

        byte fileClass = data[4]; // EI_CLASS
        if (fileClass is not (1 or 2))
        {
            throw new ObjectFormatException(ObjectCodes.UnknownKind, 4, $"EI_CLASS is {fileClass}, expected 1 (ELF32) or 2 (ELF64)");
        }

        byte encoding = data[5]; // EI_DATA
        if (encoding is not (1 or 2))
        {
            throw new ObjectFormatException(ObjectCodes.UnknownKind, 5, $"EI_DATA is {encoding}, expected 1 (little endian) or 2 (big endian)");
        }

        if (data[6] != 1) // EI_VERSION
        {
            throw new ObjectFormatException(ObjectCodes.UnknownKind, 6, $"EI_VERSION is {data[6]}, expected 1");
        }

        ElfFormat format = new((ElfClass)fileClass, (ElfByteOrder)encoding);
        if (data.Length < format.HeaderSize)
        {
            throw Truncated(format.HeaderSize, data.Length);
        }

        ElfFieldReader fields = new(data[IdentitySize..format.HeaderSize], format);
        ushort type = fields.Half(); // e_type
        ushort machine = fields.Half(); // e_machine
        uint version = fields.Word(); // e_version
        if (version != 1)
        {
            throw new ObjectFormatException(ObjectCodes.UnknownKind, 20, $"e_version is {version}, expected 1");
        }

        ulong entry = fields.Native(); // e_entry
        ulong programHeaders = fields.Native(); // e_phoff
        ulong sectionHeaders = fields.Native(); // e_shoff
        uint flags = fields.Word(); // e_flags
        _ = fields.Half(); // e_ehsize: nothing is found through it
        return new ElfHeader
        {
            Format = format,
            OsAbi = data[7], // EI_OSABI
            Type = (ElfType)type,
            Machine = (ElfMachine)machine,
            Entry = entry,
            ProgramHeaderOffset = programHeaders,
            SectionHeaderOffset = sectionHeaders,
            Flags = flags,
            ProgramHeaderEntrySize = fields.Half(), // e_phentsize
            ProgramHeaderCount = fields.Half(), // e_phnum
            SectionHeaderEntrySize = fields.Half(), // e_shentsize
            SectionHeaderCount = fields.Half(), // e_shnum
            SectionNameTable = fields.Half(), // e_shstrndx
        };
    }

    private static ObjectFormatException Truncated(int needed, int length) => new(ObjectCodes.Truncated, 0,
        $"the ELF header needs {needed} bytes, but the data ends at 0x{length:x}; the file is truncated: make it again");

    private static string Describe(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return "no bytes at all";
        }

        if (data.StartsWith((ReadOnlySpan<byte>)[0x42, 0x43, 0xc0, 0xde]))
        {
            return "LLVM bitcode; compile without -flto";
        }

        return Ar.ArArchive.IsArchive(data)
            ? "an archive; its members are what holds ELF"
            : Convert.ToHexStringLower(data[..Math.Min(data.Length, 8)]);
    }
}

/// <summary>e_ident[EI_DATA]: the order of bytes in every field of the file.</summary>
public enum ElfByteOrder : byte
{
    LittleEndian = 1,
    BigEndian = 2,
}

/// <summary>e_ident[EI_CLASS]: the width of addresses and offsets.</summary>
public enum ElfClass : byte
{
    Elf32 = 1,
    Elf64 = 2,
}

/// <summary>e_type. Values outside the names are kept as they are.</summary>
public enum ElfType : ushort
{
    None = 0,
    Relocatable = 1,
    Executable = 2,
    SharedObject = 3,
    Core = 4,
}
