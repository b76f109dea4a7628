using System.Numerics;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// Gives common symbols of a relocatable object their places, as a link would: some get one in a section of their own, a .bss behind all
/// other sections, so that nothing that is there moves; the others become references to the definition that another object has, or go.
/// </summary>
public static class ElfCommonRewriter
{
    private const uint OrdinaryCommon = 0xfff2; // SHN_COMMON

    /// <summary>Why a common symbol cannot be given a place; null if it can.</summary>
    public static string? WhyNot(in ElfSymbol symbol) => symbol switch
    {
        { IsCommon: false } => "it is no common symbol",
        { SectionIndex: not OrdinaryCommon } => $"its section index 0x{symbol.SectionIndex:x} is a kind of common symbol of the machine's own, whose section the linker chooses",
        { Binding: not ElfSymbolBinding.Global } => $"its binding is {symbol.Binding}, expected Global",
        { Type: ElfSymbolType.Tls } => "it is thread-local",
        { Type: not (ElfSymbolType.NoType or ElfSymbolType.Object or ElfSymbolType.Common) } => $"its type is {symbol.Type}, expected Object",
        _ when !IsAlignment(symbol.Value) => $"its alignment is 0x{symbol.Value:x}, expected a power of two",
        _ => null,
    };

    /// <summary>Checks what is to be done and lays the result out; with nothing to do the result is the bytes of the object.</summary>
    /// <param name="file">The object.</param>
    /// <param name="data">The bytes that it was parsed from.</param>
    /// <param name="changes">What happens to which common symbols, sorted by their index; others stay as they are.</param>
    /// <exception cref="ObjectFormatException">
    /// MINIOS1353: that cannot be done to one of the symbols. MINIOS2008, 2011 to 2017: the object is not one to be changed, or it is
    /// damaged where that matters.
    /// </exception>
    public static ElfRewrite Prepare(ElfFile file, ReadOnlyMemory<byte> data, ReadOnlySpan<ElfCommonChange> changes)
    {
        if (data.Length != file.Data.Length)
        {
            throw new ArgumentException("these are not the bytes that the file was parsed from", nameof(data));
        }

        ElfSymbolRewriter.RequireRelocatable(file);
        if (changes.IsEmpty)
        {
            return new ElfRewrite(data, [], data.Length);
        }

        ElfSymbolRewriter.RequireNoSegments(file);
        List<int> removed = Check(file, changes);
        List<ElfEdit> edits = [];
        ref readonly ElfSection table = ref file.SectionSpan[file.Symbols.SectionIndex];
        ElfSymbolOrder? order = null;
        if (removed.Count > 0)
        {
            order = ElfSymbolOrder.Without(file.Symbols.Count, table.Info, removed.ToArray());
            ElfReferenceEdits.Add(edits, file, order, []);
        }

        (ulong[] places, ElfAddedSection? added) = Allocate(file, changes);
        edits.Add(new ElfCommonSymbolEdit(table, file.Format, changes.ToArray(), places, file.SectionSpan.Length, order));
        ElfStringEdit? names = null;
        if (added is not null)
        {
            ElfNameEdits.RequireSectionNames(file);
            names = new ElfStringEdit(file.SectionSpan[file.NameTableIndex], dropped: null, added: null, added.Name);
            edits.Add(names);
        }

        return ElfRewrite.LayOut(file, data, edits, new ElfSectionHeadersEdit(file, added) { Names = names, Order = order });
    }

    internal static bool IsAlignment(ulong value) => value == 0 || BitOperations.IsPow2(value);

    /// <returns>The symbols that go.</returns>
    private static List<int> Check(ElfFile file, ReadOnlySpan<ElfCommonChange> changes)
    {
        var removed = new List<int>();
        ElfSymbolUses? uses = null;
        int previous = 0;
        foreach (ref readonly ElfCommonChange change in changes)
        {
            if (change.Index <= previous || change.Index >= file.Symbols.Count)
            {
                throw new ArgumentException("the changes are not sorted by index, or one is of a symbol that the file does not have", nameof(changes));
            }

            previous = change.Index;
            ElfSymbol symbol = file.Symbols[change.Index];
            string? why = WhyNot(symbol)
                ?? (change.Fate == ElfCommonFate.Removed && (uses ??= new ElfSymbolUses(file))[change.Index] ? "the object uses it, so that it cannot go"
                : change.Fate == ElfCommonFate.Allocated && (change.Size < symbol.Size || change.Alignment < symbol.Value || !IsAlignment(change.Alignment))
                    ? $"it has {symbol.Size} bytes at a multiple of {symbol.Value}, and would get {change.Size} at a multiple of {change.Alignment}"
                : null);
            if (why is not null)
            {
                throw Refused(file, symbol, why);
            }

            if (change.Fate == ElfCommonFate.Removed)
            {
                removed.Add(change.Index);
            }
        }

        return removed;
    }

    /// <summary>One behind the other, in the order of the symbols.</summary>
    private static (ulong[] Places, ElfAddedSection? Section) Allocate(ElfFile file, ReadOnlySpan<ElfCommonChange> changes)
    {
        ulong[] places = new ulong[changes.Length];
        ulong most = file.Format.Is64 ? (ulong)long.MaxValue : uint.MaxValue;
        ulong size = 0;
        ulong alignment = 0;
        for (int number = 0; number < places.Length; number++)
        {
            ref readonly ElfCommonChange change = ref changes[number];
            if (change.Fate != ElfCommonFate.Allocated)
            {
                continue;
            }

            if (ElfFileHeaderEdit.NeedsExtendedCount(file.SectionSpan.Length))
            {
                throw Refused(file, file.Symbols[change.Index], $"there are {file.SectionSpan.Length} sections, and st_shndx cannot name one more");
            }

            ulong own = Math.Max(change.Alignment, 1);
            ulong padding = (ulong.MaxValue - size + 1) & (own - 1);
            if (padding > most - size || change.Size > most - size - padding)
            {
                throw Refused(file, file.Symbols[change.Index], $"with its {change.Size} bytes the section of common symbols would have more than 0x{most:x}");
            }

            places[number] = size + padding;
            size = places[number] + change.Size;
            alignment = Math.Max(alignment, own);
        }

        return (places, alignment == 0 ? null : new ElfAddedSection(
            ".bss"u8.ToArray(), ElfSectionType.NoBits, ElfSectionFlags.Write | ElfSectionFlags.Alloc, alignment, default, size));
    }

    private static ObjectFormatException Refused(ElfFile file, in ElfSymbol symbol, string why) => new(ObjectCodes.NoPlaceForCommon,
        (long)file.SectionSpan[file.Symbols.SectionIndex].Offset + ((long)symbol.Index * file.Format.SymbolSize),
        $"the common symbol {symbol.Index} ({symbol.Name}) cannot be given a place: {why}. Compile with -fno-common");
}

/// <summary>The symbol table in which common symbols have a place, are undefined, or are gone.</summary>
internal sealed class ElfCommonSymbolEdit(
    in ElfSection table, ElfFormat format, ElfCommonChange[] changes, ulong[] places, int section, ElfSymbolOrder? order)
    : ElfEdit(table, order is null ? (int)table.Size : order.NewCount * format.SymbolSize, "symbol table")
{
    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int size = format.SymbolSize;
        int count = from.Length / size;
        for (int index = 0; index < count; index++)
        {
            if (index == 0 || order is null || order[index] != 0)
            {
                from.Slice(index * size, size).CopyTo(to[((order?[index] ?? index) * size)..]);
            }
        }

        for (int number = 0; number < changes.Length; number++)
        {
            ElfCommonChange change = changes[number];
            if (change.Fate != ElfCommonFate.Removed)
            {
                bool isAllocated = change.Fate == ElfCommonFate.Allocated;
                Set(to[((order?[change.Index] ?? change.Index) * size)..], isAllocated ? ElfSymbolType.Object : ElfSymbolType.NoType,
                    isAllocated ? section : 0, places[number], isAllocated ? change.Size : 0);
            }
        }
    }

    private void Set(Span<byte> entry, ElfSymbolType type, int sectionIndex, ulong value, ulong size)
    {
        entry[ElfSymbolFields.InfoOffset(format)] = (byte)(((int)ElfSymbolBinding.Global << 4) | (int)type);
        ElfWords.SetHalf(entry[(format.Is64 ? 6 : 14)..], format.IsBig, (ushort)sectionIndex); // st_shndx
        ElfWords.SetNative(entry[(format.Is64 ? 8 : 4)..], format, value); // st_value
        ElfWords.SetNative(entry[(format.Is64 ? 16 : 8)..], format, size); // st_size
    }
}
