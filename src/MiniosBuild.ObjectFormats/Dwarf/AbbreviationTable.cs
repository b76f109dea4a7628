using System.Runtime.InteropServices;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The abbreviations of a unit: a run of .debug_abbrev up to a zero (7.5.3).</summary>
internal sealed class AbbreviationTable
{
    private const int LargestNumber = ushort.MaxValue;

    private readonly List<Abbreviation> _abbreviations = [];
    private readonly List<AttributeSpecification> _attributes = [];
    private Dictionary<ulong, int>? _scattered;

    /// <summary>How many bytes of .debug_abbrev it takes.</summary>
    public int Length { get; private set; }

    public static AbbreviationTable Read(DwarfCursor cursor)
    {
        AbbreviationTable table = new();
        int start = cursor.Position;
        while (!cursor.IsAtEnd && cursor.Uleb() is var code and not 0)
        {
            table.ReadAbbreviation(ref cursor, code);
        }

        table.Length = cursor.Position - start;
        return table;
    }

    public ReadOnlySpan<AttributeSpecification> Attributes(in Abbreviation abbreviation) =>
        CollectionsMarshal.AsSpan(_attributes).Slice(abbreviation.First, abbreviation.Count);

    /// <summary>False when there is none of that code.</summary>
    public bool TryFind(ulong code, out Abbreviation abbreviation)
    {
        // Compilers number them from 1 without gaps.
        int index = -1;
        if (_scattered is null)
        {
            index = code - 1 < (ulong)_abbreviations.Count ? (int)code - 1 : -1;
        }
        else if (_scattered.TryGetValue(code, out int found))
        {
            index = found;
        }

        abbreviation = index < 0 ? default : _abbreviations[index];
        return index >= 0;
    }

    private void ReadAbbreviation(ref DwarfCursor cursor, ulong code)
    {
        DwarfTag tag = (DwarfTag)Math.Min(cursor.Uleb(), LargestNumber);
        bool hasChildren = cursor.Byte() != 0;
        int first = _attributes.Count;
        FormSize size = default;
        while (true)
        {
            int position = cursor.Position;
            ulong name = cursor.Uleb();
            ulong form = cursor.Uleb();
            if (name == 0 && form == 0)
            {
                break;
            }

            if (form is 0 or > LargestNumber)
            {
                throw DwarfDamage.At(DebugCodes.UnknownForm, cursor.Section, position,
                    $"abbreviation {code} has an attribute of the form 0x{form:x}, which is none of DWARF 2 to 5");
            }

            long constant = form == (ulong)DwarfForm.ImplicitConst ? cursor.Sleb() : 0;
            _attributes.Add(new AttributeSpecification((DwarfAttribute)Math.Min(name, LargestNumber), (DwarfForm)form, constant));
            size = size.Plus(FormReader.SizeOf((DwarfForm)form));
        }

        Number(code);
        _abbreviations.Add(new Abbreviation(code, tag, hasChildren, first, _attributes.Count - first, size));
    }

    private void Number(ulong code)
    {
        int index = _abbreviations.Count;
        if (_scattered is null && code != (ulong)index + 1)
        {
            _scattered = [];
            for (int earlier = 0; earlier < index; earlier++)
            {
                _scattered.Add((ulong)earlier + 1, earlier);
            }
        }

        _scattered?.TryAdd(code, index);
    }
}

/// <summary>The shape of entries of .debug_info (7.5.3).</summary>
/// <param name="Code">The number that entries of that shape start with.</param>
/// <param name="Tag">DW_TAG_, 0xffff for those that are larger.</param>
/// <param name="HasChildren">Whether entries follow that belong to it.</param>
/// <param name="First">The index of the first attribute among those of the table.</param>
/// <param name="Count">How many attributes there are.</param>
/// <param name="Size">The size of all attributes.</param>
internal readonly record struct Abbreviation(
    ulong Code, DwarfTag Tag, bool HasChildren, int First, int Count, FormSize Size)
{
    /// <summary>Whether such an entry may stand for a symbol.</summary>
    public bool MayBeSymbol => Tag is DwarfTag.Subprogram or DwarfTag.Variable or DwarfTag.Member;
}

/// <summary>One attribute of an abbreviation (7.5.3).</summary>
/// <param name="Name">Which attribute.</param>
/// <param name="Form">How its value is stored.</param>
/// <param name="Constant">The value itself, of DW_FORM_implicit_const.</param>
internal readonly record struct AttributeSpecification(DwarfAttribute Name, DwarfForm Form, long Constant);
