using System.Text;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>One symbol of an archive's index.</summary>
public readonly struct ArIndexEntry
{
    private readonly ReadOnlyMemory<byte> _names;

    /// <summary>Takes the names from this one's start on; a NUL ends it. Entries may share names, so its end is looked for on demand.</summary>
    internal ArIndexEntry(ReadOnlyMemory<byte> names, long memberOffset)
    {
        _names = names;
        MemberOffset = memberOffset;
    }

    /// <summary>The symbol as text, made anew at each call; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Symbol => Encoding.UTF8.GetString(SymbolBytes);

    /// <summary>The symbol's own bytes, without the NUL.</summary>
    public ReadOnlySpan<byte> SymbolBytes => _names.Span[..Math.Max(_names.Span.IndexOf((byte)0), 0)];

    /// <summary>The <see cref="ArMember.HeaderOffset"/> of the member that defines it; of a stale index, possibly no member's.</summary>
    public long MemberOffset { get; }
}
