using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Reads all there is in a file that may be damaged: a coded refusal is the only thing that may go wrong.</summary>
internal static class Damage
{
    /// <summary>What a reader may allocate for a file: section headers and members are larger in memory than in the file, by a constant factor.</summary>
    private const long BytesPerByte = 64;

    /// <returns>The code of the refusal; null when the file was read to its end.</returns>
    public static string? ReadElf(byte[] bytes) => Read(bytes, "MINIOS20", () =>
    {
        ElfFile elf = ElfFile.Parse(bytes);
        long sum = 0;
        foreach (ElfSection section in elf.Sections)
        {
            // Sections may overlap, so that each is looked at but not read through.
            sum += section.NameBytes.Length + elf.Contents(section.Index).Length;
        }

        foreach (ElfSymbol symbol in elf.Symbols.Concat(elf.DynamicSymbols))
        {
            sum += symbol.NameBytes.Length;
            if (symbol.Placement == ElfSymbolPlacement.Section)
            {
                sum += (long)elf.Sections[(int)symbol.SectionIndex].Size;
            }
        }

        foreach (ElfSectionGroup group in elf.Groups)
        {
            sum += elf.Symbols[group.SignatureIndex].Index + group.Members.Sum(member => elf.Sections[member].Index);
        }

        _ = elf.IsSlimLto || elf.HasLtoSections;
        foreach (ElfSection section in elf.Sections)
        {
            // The refusal of a bad entry is coded as well.
            foreach (ElfRelocation relocation in elf.Relocations(section.Index))
            {
                sum += relocation.SymbolIndex;
            }
        }

        return sum;
    });

    /// <inheritdoc cref="ReadElf"/>
    public static string? ReadArchive(byte[] bytes) => Read(bytes, "MINIOS21", () =>
    {
        ArArchive archive = ArArchive.Parse(bytes);
        long sum = 0;
        foreach (ArMember member in archive.Members)
        {
            Assert.Same(member, archive.MemberAt(member.HeaderOffset));
            sum += member.NameBytes.Length + member.Data.Length;
        }

        foreach (ArIndexEntry entry in archive.Index ?? Enumerable.Empty<ArIndexEntry>())
        {
            sum += entry.SymbolBytes.Length + (archive.MemberAt(entry.MemberOffset)?.Size ?? 0);
        }

        return sum;
    });

    private static string? Read(byte[] bytes, string codes, Func<long> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = read();
            return null;
        }
        catch (ObjectFormatException e)
        {
            Assert.StartsWith(codes, e.Code);
            Assert.InRange(e.Offset, 0, bytes.Length);
            Assert.NotEmpty(e.Message);
            return e.Code;
        }
        finally
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (bytes.Length * BytesPerByte) + 65536, $"{allocated} bytes were allocated for a file of {bytes.Length}");
        }
    }
}
