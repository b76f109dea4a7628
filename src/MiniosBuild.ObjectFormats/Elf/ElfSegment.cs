namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>One program header: Elf32_Phdr or Elf64_Phdr.</summary>
public readonly record struct ElfSegment
{
    /// <summary>p_type</summary>
    public required ElfSegmentType Type { get; init; }

    /// <summary>p_flags</summary>
    public required ElfSegmentFlags Flags { get; init; }

    /// <summary>p_offset, in bytes from the start of the file.</summary>
    public required ulong Offset { get; init; }

    /// <summary>p_vaddr</summary>
    public required ulong VirtualAddress { get; init; }

    /// <summary>p_paddr</summary>
    public required ulong PhysicalAddress { get; init; }

    /// <summary>p_filesz, in bytes.</summary>
    public required ulong FileSize { get; init; }

    /// <summary>p_memsz, in bytes.</summary>
    public required ulong MemorySize { get; init; }

    /// <summary>p_align</summary>
    public required ulong Alignment { get; init; }

    internal static ElfSegment Read(ReadOnlySpan<byte> structure, ElfFormat format)
    {
        ElfFieldReader fields = new(structure, format);
        ElfSegmentType type = (ElfSegmentType)fields.Word(); // p_type
        // ELF64 moved p_flags up, so that the wide fields are aligned (gABI, Program Header).
        uint flags = format.Is64 ? fields.Word() : 0; // p_flags
        ulong offset = fields.Native(); // p_offset
        ulong virtualAddress = fields.Native(); // p_vaddr
        ulong physicalAddress = fields.Native(); // p_paddr
        ulong fileSize = fields.Native(); // p_filesz
        ulong memorySize = fields.Native(); // p_memsz
        if (!format.Is64)
        {
            flags = fields.Word(); // p_flags
        }

        return new ElfSegment
        {
            Type = type,
            Flags = (ElfSegmentFlags)flags,
            Offset = offset,
            VirtualAddress = virtualAddress,
            PhysicalAddress = physicalAddress,
            FileSize = fileSize,
            MemorySize = memorySize,
            Alignment = fields.Native(), // p_align
        };
    }
}

/// <summary>p_flags. Bits outside the names are kept as they are.</summary>
[Flags]
public enum ElfSegmentFlags : uint
{
    None = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
}

/// <summary>p_type. Values outside the names are kept as they are.</summary>
public enum ElfSegmentType : uint
{
    Null = 0,
    Load = 1,
    Dynamic = 2,
    Interpreter = 3,
    Note = 4,
    ProgramHeaders = 6,
    Tls = 7,
    GnuEhFrame = 0x6474e550,
    GnuStack = 0x6474e551,
    GnuRelro = 0x6474e552,
    GnuProperty = 0x6474e553,
}
