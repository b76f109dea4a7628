using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The archive reader, its index, and its members as ELF files.</summary>
public sealed class ArTarget : FuzzTarget
{
    public override string Name => "ar";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Archives;

    public override void Execute(byte[] input)
    {
        ArArchive archive = ArArchive.Parse(input);
        long end = 0;
        foreach (ArMember member in archive.Members)
        {
            BrokenPromiseException.Require(member.HeaderOffset >= end, "members are in the order of their offsets");
            BrokenPromiseException.Require(archive.MemberAt(member.HeaderOffset) == member, "a member is found at its offset");
            BrokenPromiseException.Require(archive.IsThin || member.Data.Length == member.Size, "a member has as many bytes as it says");
            end = archive.IsThin ? member.DataOffset : member.DataOffset + member.Size;
            BrokenPromiseException.Require(end <= input.Length, "a member lies within the archive");
        }

        foreach (ArIndexEntry entry in archive.Index ?? Enumerable.Empty<ArIndexEntry>())
        {
            _ = entry.SymbolBytes;
            _ = archive.MemberAt(entry.MemberOffset);
        }

        foreach (ArMember member in archive.Members)
        {
            if (ElfFile.IsElf(member.Data.Span))
            {
                ElfTarget.ReadAll(ElfFile.Parse(member.Data));
            }
        }
    }
}
