using System.Numerics;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// Where the parts of a file go when some of them change their size. What lies behind one that does moves as a whole, and so far that
/// every section keeps the alignment that it has.
/// </summary>
internal sealed class ElfLayout
{
    private readonly ElfFile _file;
    private readonly ElfEdit[] _edits;
    private int _firstMoved = int.MaxValue;

    public ElfLayout(ElfFile file, List<ElfEdit> edits)
    {
        _file = file;
        edits.Sort((left, right) => left.Offset != right.Offset ? left.Offset.CompareTo(right.Offset) : left.OldSize.CompareTo(right.OldSize));
        _edits = [.. edits];
        RequireSeparate();
        Place();
    }

    /// <summary>Sorted by where they start.</summary>
    public IReadOnlyList<ElfEdit> Edits => _edits;

    /// <summary>The size of the whole file.</summary>
    public int FileSize { get; private set; }

    /// <exception cref="ObjectFormatException">MINIOS2017: too large for a file that is held in memory.</exception>
    public static int Size(long size) => size <= Array.MaxLength ? (int)size
        : throw new ObjectFormatException(ObjectCodes.FixedLayout, 0,
            $"the result would have 0x{size:x} bytes or more, expected 0x{Array.MaxLength:x} at most; split the object");

    /// <summary>Where the start of a section is now that is not edited itself.</summary>
    public ulong Move(ulong offset)
    {
        // A section without contents may be nowhere.
        if (offset < (ulong)_firstMoved || offset > (ulong)_file.Data.Length)
        {
            return offset;
        }

        int before = LastStartingBefore((int)offset);
        return before < 0 ? offset : offset + (ulong)(long)_edits[before].Shift;
    }

    private void Place()
    {
        int alignment = LargestAlignment();
        int shift = 0;
        int end = 0;
        foreach (ElfEdit edit in _edits)
        {
            edit.NewOffset = edit.Offset + shift;
            end = Size((long)edit.NewOffset + edit.NewSize);
            // Both are taken modulo a power of two, negative numbers too.
            shift = Size((long)end + ((edit.End - end) & (alignment - 1))) - edit.End;
            edit.Shift = shift;
            _firstMoved = shift == 0 ? _firstMoved : Math.Min(_firstMoved, edit.Offset);
        }

        bool endsWithEdit = _edits[^1].End == _file.Data.Length;
        FileSize = endsWithEdit ? end : Size((long)_file.Data.Length + shift);
    }

    /// <summary>The largest alignment that something behind the first change of size needs and has.</summary>
    private int LargestAlignment()
    {
        ElfEdit? first = Array.Find(_edits, edit => edit.NewSize != edit.OldSize);
        if (first is null)
        {
            return 1;
        }

        int largest = 1;
        foreach (ref readonly ElfSection section in _file.SectionSpan)
        {
            if (section.HasContents && section.Offset >= (ulong)first.End)
            {
                largest = Math.Max(largest, AlignmentOf(section.Offset, section.Alignment));
            }
        }

        return Math.Max(largest, AlignmentOf(_file.Header.SectionHeaderOffset, (ulong)(_file.Format.Is64 ? 8 : 4)));
    }

    /// <summary>What of a wanted alignment an offset has: a power of two, and no larger than the offset.</summary>
    private static int AlignmentOf(ulong offset, ulong wanted)
    {
        ulong both = offset | (wanted == 0 ? 1 : wanted);
        return 1 << Math.Min(BitOperations.TrailingZeroCount(both), 30);
    }

    /// <summary>The last edit that starts before an offset, or at it without holding it; -1 if there is none.</summary>
    private int LastStartingBefore(int offset)
    {
        int low = 0;
        int high = _edits.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_edits[middle].Offset < offset || (_edits[middle].Offset == offset && _edits[middle].OldSize == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    /// <summary>Refuses files in which a part that changes lies over another: what is right for one would be wrong for the other.</summary>
    private void RequireSeparate()
    {
        for (int index = 1; index < _edits.Length; index++)
        {
            if (_edits[index].Offset < _edits[index - 1].End)
            {
                throw Overlap(_edits[index].Offset, "the " + _edits[index].What, _edits[index - 1].What);
            }
        }

        foreach (ref readonly ElfSection section in _file.SectionSpan)
        {
            if (!section.HasContents)
            {
                continue;
            }

            int start = (int)section.Offset;
            int end = start + (int)section.Size;
            if (start >= _edits[0].End && end <= _edits[1].Offset)
            {
                continue; // where most are: between the ELF header and the first table
            }

            int next = LastStartingBefore(start) + 1;
            ElfEdit? over = next > 0 && _edits[next - 1].End > start ? _edits[next - 1]
                : next < _edits.Length && _edits[next].Offset < end && _edits[next].Section != section.Index ? _edits[next]
                : null;
            if (over is not null)
            {
                throw Overlap(start, $"section {section.Index} ({section.Name})", over.What);
            }
        }
    }

    private static ObjectFormatException Overlap(int offset, string one, string other) => new(ObjectCodes.FixedLayout, offset,
        $"{one} lies over the {other}, expected each at a place of its own; make the file again, or pass it through ld -r");
}
