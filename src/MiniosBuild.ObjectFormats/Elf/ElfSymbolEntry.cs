namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Elf32_Sym or Elf64_Sym, as it is in the file (gABI, Symbol Table).</summary>
internal readonly record struct ElfSymbolEntry(uint Name, byte Info, byte Other, ushort Section, ulong Value, ulong Size)
{
    public static ElfSymbolEntry Read(ReadOnlySpan<byte> structure, ElfFormat format)
    {
        ElfFieldReader fields = new(structure, format);
        uint name = fields.Word(); // st_name
        if (format.Is64)
        {
            return new ElfSymbolEntry(
                name,
                Info: fields.Byte(), // st_info
                Other: fields.Byte(), // st_other
                Section: fields.Half(), // st_shndx
                Value: fields.Xword(), // st_value
                Size: fields.Xword()); // st_size
        }

        uint value = fields.Word(); // st_value
        uint size = fields.Word(); // st_size
        return new ElfSymbolEntry(
            name,
            Info: fields.Byte(), // st_info
            Other: fields.Byte(), // st_other
            Section: fields.Half(), // st_shndx
            value,
            size);
    }
}
