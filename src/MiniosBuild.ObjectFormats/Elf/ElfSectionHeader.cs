namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Elf32_Shdr or Elf64_Shdr, as it is in the file (gABI, Section Header).</summary>
internal readonly record struct ElfSectionHeader
{
    public required uint Name { get; init; }
    public required ElfSectionType Type { get; init; }
    public required ElfSectionFlags Flags { get; init; }
    public required ulong Address { get; init; }
    public required ulong Offset { get; init; }
    public required ulong Size { get; init; }
    public required uint Link { get; init; }
    public required uint Info { get; init; }
    public required ulong Alignment { get; init; }
    public required ulong EntrySize { get; init; }

    public bool HasContents => Type is not (ElfSectionType.Null or ElfSectionType.NoBits) && Size != 0;

    /// <summary>Reads the header at the start of <paramref name="structure"/>, whose length is the format's section header size.</summary>
    public static ElfSectionHeader Read(ReadOnlySpan<byte> structure, ElfFormat format)
    {
        ElfFieldReader fields = new(structure, format);
        return new ElfSectionHeader
        {
            Name = fields.Word(), // sh_name
            Type = (ElfSectionType)fields.Word(), // sh_type
            Flags = (ElfSectionFlags)fields.Native(), // sh_flags
            Address = fields.Native(), // sh_addr
            Offset = fields.Native(), // sh_offset
            Size = fields.Native(), // sh_size
            Link = fields.Word(), // sh_link
            Info = fields.Word(), // sh_info
            Alignment = fields.Native(), // sh_addralign
            EntrySize = fields.Native(), // sh_entsize
        };
    }
}
