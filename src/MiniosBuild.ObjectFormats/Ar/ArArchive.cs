namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>
/// An archive read in place: its headers are read once, and the members' data stays where it is. A member that is itself an archive
/// is an ordinary member. Immutable: any number of threads may read it, as long as its bytes live.
/// </summary>
public sealed class ArArchive
{
    private readonly List<ArMember> _members;
    private bool[]? _isRepeated;

    internal ArArchive(bool isThin, ArVariant variant, List<ArMember> members, ArSymbolIndex? index)
    {
        IsThin = isThin;
        Variant = variant;
        _members = members;
        Index = index;
    }

    /// <summary>Whether the members are names of files, whose bytes are not in the archive.</summary>
    public bool IsThin { get; }

    public ArVariant Variant { get; }

    /// <summary>The members in the order of the archive, without the symbol index and the table of long names.</summary>
    public IReadOnlyList<ArMember> Members => _members;

    /// <summary>The symbol index; null when the archive has none.</summary>
    public ArSymbolIndex? Index { get; }

    /// <summary>Whether the data starts as an archive does; says nothing about the rest.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> data) => data.StartsWith(ArReader.Magic) || data.StartsWith(ArReader.ThinMagic);

    /// <param name="data">The whole archive; kept, not copied.</param>
    /// <exception cref="ObjectFormatException">MINIOS2101-2107: the data is not a well-formed archive.</exception>
    public static ArArchive Parse(ReadOnlyMemory<byte> data) => new ArReader(data).Read();

    /// <summary>Whether another member has the name of the member in that place.</summary>
    public bool IsRepeated(int member) => (_isRepeated ??= FindRepeated())[member];

    /// <summary>The member whose header starts there; null when none does, as may happen with a stale index.</summary>
    public ArMember? MemberAt(long headerOffset)
    {
        // The members are in the order of their offsets.
        int low = 0;
        int high = _members.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ArMember member = _members[middle];
            if (member.HeaderOffset == headerOffset)
            {
                return member;
            }

            (low, high) = member.HeaderOffset < headerOffset ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private bool[] FindRepeated()
    {
        bool[] isRepeated = new bool[_members.Count];
        var first = new Dictionary<ReadOnlyMemory<byte>, int>(_members.Count, new NameComparer());
        for (int i = 0; i < isRepeated.Length; i++)
        {
            if (!first.TryAdd(_members[i].NameMemory, i))
            {
                isRepeated[first[_members[i].NameMemory]] = isRepeated[i] = true;
            }
        }

        return isRepeated;
    }

    private sealed class NameComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = new HashCode();
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}

/// <summary>Whose conventions an archive's names and index follow, as the first of them that is met shows.</summary>
public enum ArVariant
{
    /// <summary>There is no member that would show it.</summary>
    Unknown,

    /// <summary>System V and GNU: <c>name/</c>, <c>/offset</c> into <c>//</c>, the index in <c>/</c> or <c>/SYM64/</c>.</summary>
    Gnu,

    /// <summary>4.4BSD and Darwin: <c>name</c>, <c>#1/length</c>, the index in <c>__.SYMDEF</c> and its like.</summary>
    Bsd,
}
