using MiniosBuild.ObjectFormats.Ar;

namespace MiniosBuild.ObjectFormats.Sets;

/// <summary>What may be an object of a set: a file by itself, or a member of an archive.</summary>
/// <param name="File">What diagnostics call the file or the archive.</param>
/// <param name="Data">Its own bytes, in place.</param>
/// <param name="Member">The name of the member; null for a file by itself.</param>
/// <param name="Offset">Where the member's header starts, in bytes, when another member has its name; else null.</param>
public readonly record struct ObjectFile(string File, ReadOnlyMemory<byte> Data, string? Member = null, long? Offset = null)
{
    /// <summary><c>file</c> or <c>archive(member)</c>.</summary>
    public string Place => Member is null ? File : $"{File}({Member})";

    /// <summary>The same, but <c>archive(member@0xOFFSET)</c> where the archive has several of its name.</summary>
    public string Name => Offset is { } offset ? $"{File}({Member}@0x{offset:x})" : Place;

    /// <summary>The members of an archive in its order, or the file itself where there is no archive.</summary>
    public static IEnumerable<ObjectFile> Of(string path, ReadOnlyMemory<byte> data, ArArchive? archive)
    {
        if (archive is null)
        {
            yield return new ObjectFile(path, data);
            yield break;
        }

        for (int i = 0; i < archive.Members.Count; i++)
        {
            ArMember member = archive.Members[i];
            yield return new ObjectFile(path, member.Data, member.Name, archive.IsRepeated(i) ? member.HeaderOffset : null);
        }
    }
}
