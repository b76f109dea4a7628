using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.RoundTrip;

/// <summary>
/// What a rewrite may change, told once more and simply: no code of the rewriter or its proof is used here. Symbols are the same when all
/// but their index is; sections when their place, header and contents are.
/// </summary>
internal sealed class ObjectComparison(ElfFile before, ElfFile after)
{
    /// <summary>Requires equal objects but for the names, bindings and order of symbols that <paramref name="expected"/> tells.</summary>
    /// <param name="expected">The name of a symbol of <c>before</c> afterwards, and whether it is local then.</param>
    public void Require(Func<ElfSymbol, (byte[] Name, bool IsLocal)> expected)
    {
        Require(before.Class == after.Class && before.ByteOrder == after.ByteOrder && before.Machine == after.Machine && before.Type == after.Type, "the kind of file is kept");
        Require(before.Flags == after.Flags && before.OsAbi == after.OsAbi && before.Entry == after.Entry, "flags, ABI and entry are kept");
        Require(after.Symbols.Count == before.Symbols.Count, "no symbol comes or goes");
        // Symbols of equal identity stand for one another, so that each takes the first that is free.
        Dictionary<Identity, Queue<int>> places = [];
        foreach (ElfSymbol symbol in after.Symbols)
        {
            Identity key = Identity.Of(symbol, symbol.NameBytes, symbol.Binding);
            if (!places.TryGetValue(key, out Queue<int>? queue))
            {
                places.Add(key, queue = []);
            }

            queue.Enqueue(symbol.Index);
        }

        int[] map = new int[before.Symbols.Count];
        foreach (ElfSymbol symbol in before.Symbols)
        {
            (byte[] name, bool isLocal) = expected(symbol);
            Identity key = Identity.Of(symbol, name, isLocal ? ElfSymbolBinding.Local : symbol.Binding);
            Require(places.TryGetValue(key, out Queue<int>? queue) && queue.Count > 0, $"symbol {symbol.Index} has its successor");
            map[symbol.Index] = queue!.Dequeue();
        }

        Sections(map);
        Groups(map);
    }

    private void Sections(int[] map)
    {
        int count = before.Sections.Count;
        Require(after.Sections.Count == count || (after.Sections.Count == count + 1 && after.Sections[count].Name == ".note.minios"), "no section comes or goes but the note");
        for (int index = 0; index < count; index++)
        {
            ElfSection old = before.Sections[index];
            ElfSection now = after.Sections[index];
            if (index == 0)
            {
                continue; // With extended numbering its fields are counts.
            }

            Require(old.Name == now.Name && old.Type == now.Type && old.Flags == now.Flags && old.Address == now.Address && old.Link == now.Link, $"section {index} is the same");
            Require(old.Alignment == now.Alignment && old.EntrySize == now.EntrySize, $"section {index} is aligned as it was");
            bool isTable = old.Type is ElfSectionType.SymbolTable or ElfSectionType.StringTable or ElfSectionType.SymbolTableSectionIndices or ElfSectionType.Group
                || old.Name == ".note.minios" || (uint)old.Type is 0x6fff4c03 or 0x6fff4c09; // SHT_LLVM_ADDRSIG, SHT_LLVM_CALL_GRAPH_PROFILE
            if (old.Type is ElfSectionType.Rel or ElfSectionType.Rela && old.Link == (uint)before.Symbols.SectionIndex)
            {
                Relocations(index, map);
            }
            else if (!isTable)
            {
                Require(old.Size == now.Size && before.Contents(index).Span.SequenceEqual(after.Contents(index).Span), $"section {index} holds the same");
            }
        }
    }

    private void Relocations(int section, int[] map)
    {
        ElfRelocationTable old = before.Relocations(section);
        ElfRelocationTable now = after.Relocations(section);
        Require(old.Count == now.Count, $"section {section} has as many relocations");
        for (int index = 0; index < old.Count; index++)
        {
            ElfRelocation a = old[index];
            ElfRelocation b = now[index];
            Require(a.Offset == b.Offset && a.Type == b.Type && a.Addend == b.Addend, $"relocation {index} of section {section} is the same");
            // Not the index itself: several symbols may have one identity.
            Require(map[a.SymbolIndex] == b.SymbolIndex || SameIdentity(map[a.SymbolIndex], b.SymbolIndex), $"relocation {index} of section {section} has the same target");
        }
    }

    private void Groups(int[] map)
    {
        Require(before.Groups.Count == after.Groups.Count, "no group comes or goes");
        for (int index = 0; index < before.Groups.Count; index++)
        {
            ElfSectionGroup old = before.Groups[index];
            ElfSectionGroup now = after.Groups[index];
            Require(old.IsComdat == now.IsComdat && old.Members.SequenceEqual(now.Members), $"group {index} is the same");
            Require(SameIdentity(map[old.SignatureIndex], now.SignatureIndex), $"group {index} has the same signature");
        }
    }

    private bool SameIdentity(int a, int b)
    {
        ElfSymbol first = after.Symbols[a];
        ElfSymbol second = after.Symbols[b];
        return a == b || Identity.Of(first, first.NameBytes, first.Binding) == Identity.Of(second, second.NameBytes, second.Binding);
    }

    private static void Require(bool kept, string promise) => BrokenPromiseException.Require(kept, promise);

    private readonly record struct Identity(
        string Name, ElfSymbolBinding Binding, ElfSymbolType Type, byte Other, ElfSymbolPlacement Placement, uint Section, ulong Value, ulong Size)
    {
        public static Identity Of(in ElfSymbol symbol, ReadOnlySpan<byte> name, ElfSymbolBinding binding) => new(
            System.Text.Encoding.Latin1.GetString(name), binding, symbol.Type, symbol.Other, symbol.Placement, symbol.SectionIndex, symbol.Value, symbol.Size);
    }
}
