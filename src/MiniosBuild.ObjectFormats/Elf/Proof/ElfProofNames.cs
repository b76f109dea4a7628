namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// Requires that the inverse map gives the old names back: no name that a pass gives may be that of another symbol that other files
/// can see, or the inverse would rename that one too.
/// </summary>
internal static class ElfProofNames
{
    public static void Require(ElfFile after, ReadOnlySpan<ElfSymbolChange> changes)
    {
        Dictionary<ReadOnlyMemory<byte>, int>? given = null;
        ulong lengths = 0;
        foreach (ref readonly ElfSymbolChange change in changes)
        {
            if (change.NewName.IsEmpty || change.MakeLocal)
            {
                continue;
            }

            given ??= new Dictionary<ReadOnlyMemory<byte>, int>(changes.Length, ElfProofNameComparer.Instance);
            given[change.NewName] = 0;
            lengths |= 1UL << (change.NewName.Length & 63);
        }

        if (given is null)
        {
            return;
        }

        ReadOnlyMemory<byte> names = after.Contents((int)after.SectionSpan[after.Symbols.SectionIndex].Link);
        ElfSymbolFields symbols = new(after.Contents(after.Symbols.SectionIndex).Span, after.Format);
        for (int index = 1; index < symbols.Count; index++)
        {
            if (symbols.IsLocal(index))
            {
                continue;
            }

            int start = (int)symbols.Name(index);
            int length = names.Span[start..].IndexOf((byte)0);
            if ((lengths >> (length & 63) & 1) == 0 || !given.TryGetValue(names.Slice(start, length), out int owner))
            {
                continue;
            }

            if (owner != 0)
            {
                throw ElfProof.Failed("MINIOS1327", after.SectionSpan[after.Symbols.SectionIndex].Offset + ((ulong)index * (ulong)after.Format.SymbolSize),
                    $"symbols {owner} and {index} both have the name {after.Symbols[index].Name}, expected one");
            }

            given[names.Slice(start, length)] = index;
        }
    }
}
