namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>
/// Proves that an object is what it was but for its common symbols: those that got a place have one each in a section that is new, big
/// enough and as aligned as they need, apart from one another; those that became references say nothing but their name; those that are
/// gone are missed by debug information alone. Shares the readers with <see cref="ElfCommonRewriter"/> but no decision.
/// </summary>
public static class ElfCommonProof
{
    /// <param name="before">The object as it was.</param>
    /// <param name="after">The object as it is now.</param>
    /// <param name="changes">What was asked for: indices of <paramref name="before"/>, sorted.</param>
    /// <exception cref="ObjectFormatException">
    /// MINIOS1326: a section differs. MINIOS1327: a symbol. MINIOS1328: a reference to a symbol. MINIOS1329: the ELF header. Offsets are
    /// of <paramref name="after"/>. MINIOS2008: a relocation of one of them names a symbol that does not exist.
    /// </exception>
    public static void Require(ElfFile before, ElfFile after, ReadOnlySpan<ElfCommonChange> changes)
    {
        ElfProof.RequireHeader(before, after);
        bool isAllocated = false;
        foreach (ref readonly ElfCommonChange change in changes)
        {
            isAllocated |= change.Fate == ElfCommonFate.Allocated;
        }

        int sections = before.Sections.Count + (isAllocated ? 1 : 0);
        if (after.Sections.Count != sections)
        {
            throw ElfProof.Failed(ObjectCodes.SectionChanged, 0, $"there are {after.Sections.Count} sections, expected {sections}");
        }

        int[] afterOf = RequireSymbols(before, after, changes);
        for (int index = 1; index < before.Sections.Count; index++)
        {
            RequireSection(before, after, index, afterOf);
        }
    }

    /// <returns>The number that each symbol has now; 0 for one that is gone.</returns>
    private static int[] RequireSymbols(ElfFile before, ElfFile after, ReadOnlySpan<ElfCommonChange> changes)
    {
        int[] afterOf = new int[before.Symbols.Count];
        var places = new List<(ulong Start, ulong End, string Name)>();
        int change = 0;
        int now = 0;
        for (int index = 0; index < afterOf.Length; index++)
        {
            bool isChanged = change < changes.Length && changes[change].Index == index;
            ElfCommonChange wanted = isChanged ? changes[change++] : default;
            ElfSymbol old = before.Symbols[index];
            if (isChanged && wanted.Fate == ElfCommonFate.Removed)
            {
                continue;
            }

            if (now >= after.Symbols.Count)
            {
                throw Failed(after, now, $"symbol {index} ({old.Name}) is missing");
            }

            ElfSymbol found = after.Symbols[now];
            if (!found.NameBytes.SequenceEqual(old.NameBytes))
            {
                throw Failed(after, now, $"symbol {now} is called {found.Name}, expected {old.Name}");
            }

            ElfProofIdentity identity = ElfProofIdentity.Of(found);
            ElfProofIdentity expected = ElfProofIdentity.Of(old);
            if (isChanged)
            {
                expected = wanted.Fate == ElfCommonFate.Undefined
                    ? expected with { Placement = ElfSymbolPlacement.Undefined, Section = 0, Value = 0, Size = 0, Type = ElfSymbolType.NoType }
                    : expected with
                    {
                        Placement = ElfSymbolPlacement.Section, Section = (uint)before.Sections.Count, Value = identity.Value, Size = wanted.Size,
                        Type = ElfSymbolType.Object,
                    };
            }

            if (identity != expected)
            {
                throw Failed(after, now, $"symbol {now} ({found.Name}) is {identity}, expected {expected}");
            }

            if (isChanged && wanted.Fate == ElfCommonFate.Allocated)
            {
                RequirePlace(before, after, old, found, wanted);
                places.Add((found.Value, found.Value + found.Size, found.Name));
            }

            afterOf[index] = now++;
        }

        if (now != after.Symbols.Count)
        {
            throw Failed(after, now, $"there are {after.Symbols.Count} symbols, expected {now}");
        }

        RequireApart(after, places);
        return afterOf;
    }

    private static void RequirePlace(ElfFile before, ElfFile after, in ElfSymbol old, in ElfSymbol found, in ElfCommonChange wanted)
    {
        ElfSection section = after.Sections[^1];
        ulong alignment = Math.Max(1, Math.Max(wanted.Alignment, old.Value));
        bool isMemory = section is { Type: ElfSectionType.NoBits, Flags: (ElfSectionFlags.Write | ElfSectionFlags.Alloc), Address: 0, Link: 0, Info: 0, EntrySize: 0 }
            && section.NameBytes.SequenceEqual(".bss"u8);
        if (!isMemory)
        {
            throw ElfProof.Failed(ObjectCodes.SectionChanged, section.Offset, $"the new section {section.Index} ({section.Name}) is no plain .bss");
        }

        if (found.Value % alignment != 0 || section.Alignment % alignment != 0 || found.Size < old.Size
            || found.Value > section.Size || found.Size > section.Size - found.Value)
        {
            throw Failed(after, found.Index,
                $"symbol {found.Index} ({found.Name}) has {found.Size} bytes at 0x{found.Value:x} of a section of 0x{section.Size:x} bytes at a multiple of {section.Alignment}, expected at least {old.Size} within it at a multiple of {alignment}");
        }
    }

    private static void RequireApart(ElfFile after, List<(ulong Start, ulong End, string Name)> places)
    {
        places.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : left.End.CompareTo(right.End));
        for (int index = 1; index < places.Count; index++)
        {
            if (places[index].Start < places[index - 1].End)
            {
                throw ElfProof.Failed(ObjectCodes.SymbolChanged, after.Sections[^1].Offset, $"{places[index].Name} lies over {places[index - 1].Name}");
            }
        }
    }

    private static void RequireSection(ElfFile before, ElfFile after, int index, int[] afterOf)
    {
        ElfSection old = before.Sections[index];
        ElfSection found = after.Sections[index];
        bool isTable = index == before.Symbols.SectionIndex;
        bool isNames = index == before.NameTableIndex;
        bool isIndices = old.Type == ElfSectionType.SymbolTableSectionIndices;
        bool isReference = old.Link == (uint)before.Symbols.SectionIndex && before.Symbols.SectionIndex > 0;
        bool isSignificance = isReference && old.Type == ElfSectionType.LlvmAddressSignificance;
        bool isGroup = isReference && old.Type == ElfSectionType.Group;
        if (!found.NameBytes.SequenceEqual(old.NameBytes) || found.Type != old.Type || found.Flags != old.Flags || found.Address != old.Address
            || found.Link != old.Link || found.Alignment != old.Alignment || found.EntrySize != old.EntrySize
            || (found.Size != old.Size && !(isTable || isNames || isIndices || isSignificance)))
        {
            throw Differs(found, $"its header is not that of {old.Name}");
        }

        uint info = isGroup && old.Info < (uint)afterOf.Length ? (uint)afterOf[old.Info] : isTable ? LocalCount(old.Info, afterOf) : old.Info;
        if (found.Info != info)
        {
            throw Differs(found, $"sh_info is {found.Info}, expected {info}");
        }

        ReadOnlySpan<byte> bytes = before.Contents(index).Span;
        ReadOnlySpan<byte> newBytes = after.Contents(index).Span;
        if (isTable || isIndices)
        {
            return; // compared symbol by symbol
        }

        if (isReference && old.Type is ElfSectionType.Rel or ElfSectionType.Rela)
        {
            RequireRelocations(before, after, old, found, afterOf);
        }
        else if (isSignificance)
        {
            if (!Numbers(newBytes).SequenceEqual(Numbers(bytes).Select(symbol => symbol < afterOf.Length ? afterOf[symbol] : symbol)))
            {
                throw ElfProof.Failed(ObjectCodes.ReferenceChanged, found.Offset, $"section {found.Index} ({found.Name}) names other symbols than before");
            }
        }
        else if (isNames ? !newBytes.StartsWith(bytes) : !newBytes.SequenceEqual(bytes))
        {
            throw Differs(found, $"it differs from byte 0x{bytes.CommonPrefixLength(newBytes):x} on");
        }
        else if (isReference && !isGroup && old.HasContents && afterOf.Length != after.Symbols.Count)
        {
            throw Differs(found, "it belongs to the symbol table, whose order changed, in a way that is not known");
        }
    }

    private static uint LocalCount(uint before, int[] afterOf)
    {
        uint gone = 0;
        for (int index = 1; index < afterOf.Length && (uint)index < before; index++)
        {
            gone += afterOf[index] == 0 ? 1u : 0;
        }

        return before - gone;
    }

    private static void RequireRelocations(ElfFile before, ElfFile after, in ElfSection old, in ElfSection found, int[] afterOf)
    {
        bool isDebug = old.Info < (uint)before.Sections.Count && IsDebugInformation(before.Sections[(int)old.Info]);
        ElfRelocationTable expected = before.Relocations(old.Index);
        ElfRelocationTable relocations = after.Relocations(found.Index);
        for (int number = 0; number < expected.Count; number++)
        {
            int symbol = expected[number].SymbolIndex;
            ElfRelocation wanted = expected[number] with { SymbolIndex = afterOf[symbol] };
            if (relocations[number] != wanted)
            {
                throw ElfProof.Failed(ObjectCodes.ReferenceChanged, found.Offset, $"entry {number} of section {found.Index} ({found.Name}) is {relocations[number]}, expected {wanted}");
            }

            if (symbol != 0 && afterOf[symbol] == 0 && !isDebug)
            {
                throw ElfProof.Failed(ObjectCodes.ReferenceChanged, found.Offset,
                    $"entry {number} of section {found.Index} ({found.Name}) used symbol {symbol} ({before.Symbols[symbol].Name}), which is gone");
            }
        }
    }

    private static List<int> Numbers(ReadOnlySpan<byte> uleb128)
    {
        var numbers = new List<int>();
        int number = 0;
        int shift = 0;
        foreach (byte part in uleb128)
        {
            number |= (part & 0x7f) << shift;
            shift += 7;
            if (part < 0x80)
            {
                numbers.Add(number);
                (number, shift) = (0, 0);
            }
        }

        return shift == 0 ? numbers : [.. numbers, number];
    }

    // What no program reads when it runs.
    private static bool IsDebugInformation(in ElfSection section) =>
        !section.Flags.HasFlag(ElfSectionFlags.Alloc) && (section.Name.StartsWith(".debug_", StringComparison.Ordinal) || section.Name.StartsWith(".zdebug_", StringComparison.Ordinal));

    private static ObjectFormatException Failed(ElfFile after, int symbol, string what) => ElfProof.Failed(ObjectCodes.SymbolChanged,
        after.Symbols.SectionIndex < 0 ? 0 : after.Sections[after.Symbols.SectionIndex].Offset + ((ulong)symbol * (ulong)after.Format.SymbolSize), what);

    private static ObjectFormatException Differs(in ElfSection section, string what) =>
        ElfProof.Failed(ObjectCodes.SectionChanged, section.Offset, $"section {section.Index} ({section.Name}): {what}");
}
