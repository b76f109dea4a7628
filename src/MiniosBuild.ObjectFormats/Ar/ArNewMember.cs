namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>A member that an <see cref="ArArchiveWriter"/> lays out: all that is known about it before its data is.</summary>
public sealed class ArNewMember
{
    private const int DeterministicMode = 0x1a4; // 0644, without the type of the file, as `ar D` has it

    /// <summary>Its name as it shall be read back; it may hold '/', ' ' or '..', may be as long as it likes and need not be unique.</summary>
    public required ReadOnlyMemory<byte> Name { get; init; }

    /// <summary>The size of its data in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>ar_date, in seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>ar_uid</summary>
    public int Uid { get; init; }

    /// <summary>ar_gid</summary>
    public int Gid { get; init; }

    /// <summary>ar_mode, as st_mode.</summary>
    public int Mode { get; init; } = DeterministicMode;

    /// <summary>What it adds to the index.</summary>
    public ArIndexNames IndexNames { get; init; }

    /// <summary>A member that replaces one of an archive, or goes into another with it.</summary>
    /// <param name="member">Gives the name and, unless the archive shall be deterministic, date, owner and mode.</param>
    /// <param name="size">The size of the new data in bytes.</param>
    /// <param name="names">What it adds to the index.</param>
    /// <param name="deterministic">Date, owner and mode become 0, 0, 0 and 644.</param>
    public static ArNewMember Of(ArMember member, long size, ArIndexNames names, bool deterministic = false) => new()
    {
        Name = member.NameMemory,
        Size = size,
        ModificationTime = deterministic ? 0 : member.ModificationTime,
        Uid = deterministic ? 0 : member.Uid,
        Gid = deterministic ? 0 : member.Gid,
        Mode = deterministic ? DeterministicMode : member.Mode,
        IndexNames = names,
    };
}
