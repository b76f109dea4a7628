using System.Text;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Finds the bytes of string attributes, wherever their form says that they are.</summary>
internal sealed class DwarfStrings(DebugSections sections)
{
    /// <summary>
    /// A cursor at the string's first byte; false when the string is in another file, or the value is none. The unit may be null where
    /// there is none: its own strings are then not to be had.
    /// </summary>
    /// <exception cref="ObjectFormatException">MINIOS2205: the offset or index is not in its section.</exception>
    public bool TryLocate(DwarfUnit? unit, DwarfValue value, out DwarfCursor cursor)
    {
        switch (value.Form)
        {
            case DwarfForm.String when unit is not null:
                cursor = unit.CursorAt(value.Position);
                return true;
            case DwarfForm.Strp:
                cursor = sections.Strings.From(value.Number, "a string");
                return true;
            case DwarfForm.LineStrp:
                cursor = sections.LineStrings.From(value.Number, "a string");
                return true;
            case DwarfForm.Strx or DwarfForm.Strx1 or DwarfForm.Strx2 or DwarfForm.Strx3 or DwarfForm.Strx4
                or DwarfForm.GnuStrIndex when unit is not null:
                cursor = sections.Strings.From(OffsetOf(unit, value.Number), "a string");
                return true;
            default:
                cursor = default;
                return false;
        }
    }

    /// <summary>The string as text; empty when there is none.</summary>
    public string Text(DwarfUnit? unit, DwarfValue value) =>
        TryLocate(unit, value, out DwarfCursor cursor) ? Decode(cursor.Text()) : "";

    /// <summary>Bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private ulong OffsetOf(DwarfUnit unit, ulong index)
    {
        DwarfSection offsets = sections.StringOffsets;
        ulong position = unit.StringOffsetsBase + (Math.Min(index, int.MaxValue) * (ulong)unit.Format.OffsetSize);
        DwarfCursor cursor = offsets.From(position, $"string offset {index}");
        return cursor.Offset(unit.Format.Is64);
    }
}
