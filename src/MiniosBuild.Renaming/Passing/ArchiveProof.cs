using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Proves that an archive that was written is read as it was meant: its members in order, and an index that leads to them.</summary>
internal static class ArchiveProof
{
    /// <exception cref="DiagnosticException">MINIOS1337.</exception>
    public static void Require(ReadOnlyMemory<byte> written, PassMember[] members, string path)
    {
        ArArchive archive = Read(written, path);
        if (archive.Members.Count != members.Length)
        {
            throw Failed(path, $"it has {archive.Members.Count} members, expected {members.Length}");
        }

        int entry = 0;
        for (int number = 0; number < members.Length; number++)
        {
            ArMember found = archive.Members[number];
            if (found.Size != members[number].Size || !found.NameBytes.SequenceEqual(members[number].Member!.NameBytes))
            {
                throw Failed(path, $"member {number} is {found} with {found.Size} bytes, expected {members[number].Path} with {members[number].Size}");
            }

            RequireIndex(archive, found, members[number].IndexNames, ref entry, path);
        }

        if (entry != (archive.Index?.Count ?? 0))
        {
            throw Failed(path, $"its index has {archive.Index?.Count ?? 0} names, expected {entry}");
        }
    }

    public static DiagnosticException Failed(string path, string what) => new(Diagnostic.Error(
        PassCodes.WrongArchive, $"the symbol pass went wrong: {what}; do not use its result, and report this", path));

    private static void RequireIndex(ArArchive archive, ArMember member, ArIndexNames names, ref int entry, string path)
    {
        ReadOnlySpan<byte> rest = names.Text.Span;
        for (int index = 0; index < names.Count; index++, entry++)
        {
            int end = rest.IndexOf((byte)0);
            if (archive.Index is null || entry >= archive.Index.Count
                || archive.Index[entry].MemberOffset != member.HeaderOffset
                || !archive.Index[entry].SymbolBytes.SequenceEqual(rest[..end]))
            {
                throw Failed(path, $"name {entry} of its index is not what {member} has there");
            }

            rest = rest[(end + 1)..];
        }
    }

    private static ArArchive Read(ReadOnlyMemory<byte> written, string path)
    {
        try
        {
            return ArArchive.Parse(written);
        }
        catch (ObjectFormatException e)
        {
            throw Failed(path, $"its offset 0x{e.Offset:x}: {e.Message}");
        }
    }
}
