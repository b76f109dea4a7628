using System.Text;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>One ordinary member of an archive. Names may repeat and may hold '/' or '..': <see cref="HeaderOffset"/> identifies a member.</summary>
public sealed class ArMember
{
    private readonly ReadOnlyMemory<byte> _name;

    internal ArMember(ReadOnlyMemory<byte> name) => _name = name;

    /// <summary>
    /// The name, without the padding and terminators of the format, made anew at each call; bytes that are not UTF-8 become U+FFFD. In a
    /// thin archive it is the path of the member's file: absolute, or relative to the folder of the archive.
    /// </summary>
    public string Name => Encoding.UTF8.GetString(_name.Span);

    /// <summary>The name's own bytes.</summary>
    public ReadOnlySpan<byte> NameBytes => _name.Span;

    internal ReadOnlyMemory<byte> NameMemory => _name;

    /// <summary>Where its header starts, in bytes from the start of the archive; what a symbol index refers to.</summary>
    public required long HeaderOffset { get; init; }

    /// <summary>Where its data starts, after a BSD long name; of a thin archive, where it would.</summary>
    public required long DataOffset { get; init; }

    /// <summary>The size of its data in bytes, without a BSD long name; of a thin archive, the size of its file when it was added.</summary>
    public required long Size { get; init; }

    /// <summary>Its bytes, in place; empty in a thin archive, which names files instead.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>In a thin archive, when <see cref="Name"/> is an archive: the header offset, in there, of the member meant.</summary>
    public long? NestedOffset { get; init; }

    /// <summary>ar_date, in seconds since 1970; 0 in deterministic archives.</summary>
    public required long ModificationTime { get; init; }

    /// <summary>ar_uid</summary>
    public required int Uid { get; init; }

    /// <summary>ar_gid</summary>
    public required int Gid { get; init; }

    /// <summary>ar_mode: the file's type and permissions, as st_mode has them.</summary>
    public required int Mode { get; init; }

    public override string ToString() => $"{Name} at 0x{HeaderOffset:x}";
}
