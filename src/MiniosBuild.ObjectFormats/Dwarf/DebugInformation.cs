using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>What the debug sections of a file say; the entries and the line tables are read when they are first asked for.</summary>
internal sealed class DebugInformation
{
    // A definition refers to a declaration, a copy to its abstract origin: two or three steps.
    private const int LongestChain = 16;

    private readonly DebugSections _sections;
    private readonly DwarfStrings _strings;
    private readonly List<DwarfUnit> _units;
    private readonly LineTables _lines;
    private EntryIndex? _entries;

    public DebugInformation(ElfFile file)
    {
        _sections = new DebugSections(file);
        _strings = new DwarfStrings(_sections);
        _units = new UnitReader(_sections).Read();
        _lines = new LineTables(_sections, _strings, _units);
    }

    private EntryIndex Entries =>
        _entries ??= new EntryIndexer(_sections, _units, _strings, new DwarfAddresses(_sections)).Build();

    /// <summary>
    /// The declaration of what starts at that address: of the entries there the one of that name, else of that kind, else the first.
    /// </summary>
    public SourcePosition? DeclarationAt(DwarfAddress address, ReadOnlySpan<byte> name, ElfSymbolType type, out bool isNamed)
    {
        SourcePosition? best = null;
        bool isBestOfKind = false;
        isNamed = false;
        foreach ((_, EntryReference reference) in Entries.At(address))
        {
            if (PositionOf(reference, name, out isNamed, out DwarfTag tag) is not { } position)
            {
                isNamed = false;
                continue;
            }

            position = tag == DwarfTag.Subprogram ? DefinitionOf(reference, address, position) : position;
            if (isNamed)
            {
                return position;
            }

            bool isOfKind = tag == (type is ElfSymbolType.Func or ElfSymbolType.GnuIfunc ? DwarfTag.Subprogram : DwarfTag.Variable);
            if (best is null || (isOfKind && !isBestOfKind))
            {
                best = position;
                isBestOfKind = isOfKind;
            }
        }

        return best;
    }

    /// <summary>The first declaration of that name.</summary>
    public SourcePosition? DeclarationOf(ReadOnlySpan<byte> name)
    {
        foreach ((_, EntryReference reference) in Entries.Named(name))
        {
            if (PositionOf(reference, name, out bool isNamed, out _) is { } position && isNamed)
            {
                return position;
            }
        }

        return null;
    }

    /// <summary>The rows of the line tables.</summary>
    public LineRows Lines => _lines.Rows;

    /// <summary>What an entry and those that it refers to say together; each attribute counts where it is found first.</summary>
    private SourcePosition? PositionOf(EntryReference reference, ReadOnlySpan<byte> symbol, out bool isNamed, out DwarfTag tag)
    {
        string? file = null;
        DwarfValue line = default;
        DwarfValue column = default;
        tag = 0;
        isNamed = false;
        for (int step = 0; ; step++)
        {
            DwarfUnit unit = _units[reference.Unit];
            DwarfEntry entry = EntryAt(unit, reference.Position);
            tag = step == 0 ? entry.Tag : tag;
            isNamed |= IsNamed(unit, entry, symbol);
            file ??= entry.File.IsPresent ? FileOf(unit, entry.File) : null;
            line = line.IsPresent ? line : entry.Line;
            column = column.IsPresent ? column : entry.Column;
            if (!entry.Origin.IsPresent || !TryFollow(unit, entry.Origin, out EntryReference origin))
            {
                break;
            }

            if (step == LongestChain)
            {
                throw DwarfDamage.At(DebugCodes.EntryReference, unit.Section, reference.Position,
                    $"the entry here refers to another, and so on for more than {LongestChain} entries");
            }

            reference = origin;
        }

        return file is not null && line.Number is > 0 and <= int.MaxValue
            ? new SourcePosition(file, (int)line.Number, (int)Math.Min(column.Number, int.MaxValue))
            : null;
    }

    /// <summary>
    /// Where a function is defined whose entry names that declaration. GCC keeps the place of a prototype in a system header, but knows
    /// the code: there the line of the first parameter is the definition's, else the body starts close to it.
    /// </summary>
    private SourcePosition DefinitionOf(EntryReference function, DwarfAddress address, SourcePosition declaration)
    {
        DwarfUnit unit = _units[function.Unit];
        string source = PathJoin.Below(_strings.Text(unit, unit.Folder), _strings.Text(unit, unit.Source));
        if (declaration.File == source || Lines.FindStart(address) is not { } body || body.File != source)
        {
            return declaration;
        }

        return FirstParameterOf(function) is { } parameter && parameter.File == body.File
            ? parameter with { Column = 0 }
            : body with { Column = 0 };
    }

    private SourcePosition? FirstParameterOf(EntryReference function)
    {
        DwarfUnit unit = _units[function.Unit];
        DwarfCursor cursor = unit.CursorAt(function.Position);
        if (!unit.TryRead(ref cursor, out Abbreviation abbreviation) || !abbreviation.HasChildren)
        {
            return null;
        }

        _ = DwarfEntry.Read(ref cursor, unit, abbreviation);
        int position = cursor.Position;
        return unit.TryRead(ref cursor, out Abbreviation child) && child.Tag == DwarfTag.FormalParameter
            ? PositionOf(function with { Position = position }, [], out _, out _)
            : null;
    }

    private static DwarfEntry EntryAt(DwarfUnit unit, int position)
    {
        DwarfCursor cursor = unit.CursorAt(position);
        return unit.TryRead(ref cursor, out Abbreviation abbreviation)
            ? DwarfEntry.Read(ref cursor, unit, abbreviation)
            : throw DwarfDamage.At(DebugCodes.EntryReference, unit.Section, position, "there is no entry here, but another one refers to it");
    }

    private bool IsNamed(DwarfUnit unit, in DwarfEntry entry, ReadOnlySpan<byte> symbol) =>
        (_strings.TryLocate(unit, entry.LinkageName, out DwarfCursor linkageName) && linkageName.IsText(symbol))
        || (_strings.TryLocate(unit, entry.Name, out DwarfCursor name) && name.IsText(symbol));

    private string? FileOf(DwarfUnit unit, DwarfValue file) => _lines.Of(unit)?.FileAt(file.Number);

    /// <summary>False for references to type units and to other files.</summary>
    private bool TryFollow(DwarfUnit unit, DwarfValue reference, out EntryReference entry)
    {
        ulong position;
        switch (reference.Form)
        {
            case DwarfForm.Ref1 or DwarfForm.Ref2 or DwarfForm.Ref4 or DwarfForm.Ref8 or DwarfForm.RefUdata:
                position = unchecked((ulong)unit.Start + reference.Number);
                break;
            case DwarfForm.RefAddr:
                position = reference.Number;
                break;
            default:
                entry = default;
                return false;
        }

        entry = new EntryReference(UnitHolding(unit, position), (int)Math.Min(position, int.MaxValue));
        return entry.Unit >= 0
            ? true
            : throw DwarfDamage.At(DebugCodes.EntryReference, unit.Section, reference.Position, $"the reference here leads to 0x{position:x}, which is in no unit");
    }

    private int UnitHolding(DwarfUnit from, ulong position)
    {
        int low = 0;
        int high = _units.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            DwarfUnit unit = _units[middle];
            bool isBefore = unit.SectionNumber < from.SectionNumber
                || (unit.SectionNumber == from.SectionNumber && (ulong)unit.Start <= position);
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && _units[low - 1] is var holder && holder.SectionNumber == from.SectionNumber
            && position >= (ulong)holder.FirstEntry && position < (ulong)holder.End ? low - 1 : -1;
    }
}
