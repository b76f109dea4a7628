namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>What refers to symbols by their index, and has to follow when their order changes.</summary>
internal static class ElfReferenceEdits
{
    /// <summary>Adds an edit for each section that does; the signatures of groups are in section headers and not among them.</summary>
    public static void Add(List<ElfEdit> edits, ElfFile file, ElfSymbolOrder order, ReadOnlySpan<ElfNamedChange> changes)
    {
        foreach (ref readonly ElfSection section in file.SectionSpan)
        {
            // A table that does not name the symbol table has no meaning for a linker either: GNU tools unlink those that
            // they do not keep up to date. An empty one may name any place, in the file or beyond it.
            if (section.Link != (uint)file.Symbols.SectionIndex || !section.HasContents)
            {
                continue;
            }

            switch (section.Type)
            {
                case ElfSectionType.Group:
                    break;
                case ElfSectionType.LlvmCallGraphProfile when section.EntrySize != ElfCallGraphEdit.EntrySize:
                    break;
                case ElfSectionType.Rel or ElfSectionType.Rela:
                    edits.Add(ElfRelocationEdit.Of(file, section, order, changes));
                    break;
                case ElfSectionType.SymbolTableSectionIndices:
                    edits.Add(ElfParallelEdit.Of(section, sizeof(uint), order));
                    break;
                case ElfSectionType.GnuVersionSymbols:
                    edits.Add(ElfParallelEdit.Of(section, sizeof(ushort), order));
                    break;
                case ElfSectionType.LlvmAddressSignificance:
                    edits.Add(ElfAddressSignificanceEdit.Of(file, section, order));
                    break;
                case ElfSectionType.LlvmCallGraphProfile:
                    edits.Add(ElfCallGraphEdit.Of(file, section, order));
                    break;
                default:
                    throw new ObjectFormatException(ObjectCodes.UnknownIndices, (long)section.Offset,
                        $"section {section.Index} ({section.Name}) of type 0x{(uint)section.Type:x} belongs to the symbol table and may hold indices of symbols in a form that is not known, so no symbol can be made local here; compile without the option that makes the section, or let the symbols be global");
            }
        }
    }
}
