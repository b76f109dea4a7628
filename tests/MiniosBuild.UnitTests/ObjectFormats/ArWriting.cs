using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Writes whole archives in memory with the library's writer.</summary>
internal static class ArWriting
{
    /// <summary>The same archive again, its index made from the members.</summary>
    public static byte[] Again(ArArchive archive, bool deterministic = false) => Write(
        [.. archive.Members.Select(member => (ArNewMember.Of(member, member.Data.Length, Names(member.Data), deterministic), member.Data))],
        archive.Index is not null,
        archive.Index is { Is64Bit: true });

    public static byte[] Write((ArNewMember Member, ReadOnlyMemory<byte> Data)[] members, bool withIndex = true, bool wideIndex = false)
    {
        ArArchiveWriter writer = new([.. members.Select(entry => entry.Member)], withIndex, wideIndex);
        byte[] file = new byte[writer.Size];
        file.AsSpan().Fill(0xAA); // whatever is not written shows
        writer.WriteHead(file);
        for (int index = members.Length - 1; index >= 0; index--)
        {
            Span<byte> place = file.AsSpan((int)writer.HeaderOffset(index)..(int)writer.End(index));
            members[index].Data.Span.CopyTo(writer.Frame(index, place));
        }

        return file;
    }

    public static ArIndexNames Names(ReadOnlyMemory<byte> data) => ElfFile.IsElf(data.Span) ? ArIndexNames.Of(ElfFile.Parse(data)) : default;
}
