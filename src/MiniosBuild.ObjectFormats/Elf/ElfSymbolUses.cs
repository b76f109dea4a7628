namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// Which symbols an object uses: those that relocations of anything but debug information refer to, and those that other tables may
/// name by index. A compiler describes every variable that a header defines, used or not.
/// </summary>
public sealed class ElfSymbolUses
{
    private readonly bool[] _isUsed;

    /// <exception cref="ObjectFormatException">MINIOS2008: a relocation names a symbol that does not exist.</exception>
    public ElfSymbolUses(ElfFile file)
    {
        _isUsed = new bool[file.Symbols.Count];
        foreach (ref readonly ElfSection section in file.SectionSpan)
        {
            if (section.Link == (uint)file.Symbols.SectionIndex)
            {
                Mark(file, section);
            }
        }
    }

    /// <summary>Whether the symbol of that index is used.</summary>
    public bool this[int symbol] => _isUsed[symbol];

    /// <summary>Whether a section holds debug information, which a program runs without.</summary>
    internal static bool IsDebugInformation(in ElfSection section) => (section.Flags & ElfSectionFlags.Alloc) == 0
        && (section.NameBytes.StartsWith(".debug_"u8) || section.NameBytes.StartsWith(".zdebug_"u8));

    private void Mark(ElfFile file, in ElfSection section)
    {
        switch (section.Type)
        {
            case ElfSectionType.Rel or ElfSectionType.Rela:
                if (section.Info >= (uint)file.SectionSpan.Length || !IsDebugInformation(file.SectionSpan[(int)section.Info]))
                {
                    foreach (ElfRelocation relocation in file.Relocations(section.Index))
                    {
                        _isUsed[relocation.SymbolIndex] = true;
                    }
                }

                break;
            case ElfSectionType.Group when section.Info < (uint)_isUsed.Length:
                _isUsed[section.Info] = true; // its signature
                break;
            case ElfSectionType.SymbolTable or ElfSectionType.SymbolTableSectionIndices:
                break;
            case ElfSectionType.LlvmAddressSignificance:
                MarkSignificant(file.Contents(section.Index).Span);
                break;
            default:
                if (section.HasContents)
                {
                    Array.Fill(_isUsed, true);
                }

                break;
        }
    }

    /// <summary>ULEB128 numbers of symbols; what cannot be read may be any of them.</summary>
    private void MarkSignificant(ReadOnlySpan<byte> bytes)
    {
        ulong symbol = 0;
        int shift = 0;
        foreach (byte part in bytes)
        {
            symbol |= (ulong)(part & 0x7f) << shift;
            shift += 7;
            if (part < 0x80 && symbol < (ulong)_isUsed.Length)
            {
                _isUsed[symbol] = true;
                (symbol, shift) = (0, 0);
            }
            else if (part < 0x80 || shift > 28)
            {
                break;
            }
        }

        if (shift != 0)
        {
            Array.Fill(_isUsed, true);
        }
    }
}
