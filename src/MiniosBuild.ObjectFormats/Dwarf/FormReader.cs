namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Reads or skips the value of an attribute by its form (7.5.6).</summary>
internal static class FormReader
{
    /// <exception cref="ObjectFormatException">MINIOS2204: the form is not known, so that nothing after it can be read.</exception>
    public static DwarfValue Read(ref DwarfCursor cursor, UnitFormat format, AttributeSpecification specification)
    {
        DwarfForm form = specification.Form;
        if (form == DwarfForm.Indirect)
        {
            form = IndirectForm(ref cursor);
        }

        int position = cursor.Position;
        ulong number;
        switch (form)
        {
            case DwarfForm.Addr:
                number = cursor.Address(format.AddressSize);
                break;
            case DwarfForm.Data1 or DwarfForm.Flag or DwarfForm.Ref1 or DwarfForm.Strx1 or DwarfForm.Addrx1:
                number = cursor.Byte();
                break;
            case DwarfForm.Data2 or DwarfForm.Ref2 or DwarfForm.Strx2 or DwarfForm.Addrx2:
                number = cursor.Half();
                break;
            case DwarfForm.Strx3 or DwarfForm.Addrx3:
                number = cursor.Triple();
                break;
            case DwarfForm.Data4 or DwarfForm.Ref4 or DwarfForm.Strx4 or DwarfForm.Addrx4 or DwarfForm.RefSup4:
                number = cursor.Word();
                break;
            case DwarfForm.Data8 or DwarfForm.Ref8 or DwarfForm.RefSig8 or DwarfForm.RefSup8:
                number = cursor.Xword();
                break;
            case DwarfForm.Data16:
                number = cursor.Xword();
                cursor.Skip(8);
                break;
            case DwarfForm.Sdata:
                number = (ulong)cursor.Sleb();
                break;
            case DwarfForm.Udata or DwarfForm.RefUdata or DwarfForm.Strx or DwarfForm.Addrx or DwarfForm.Loclistx
                or DwarfForm.Rnglistx or DwarfForm.GnuAddrIndex or DwarfForm.GnuStrIndex:
                number = cursor.Uleb();
                break;
            case DwarfForm.Strp or DwarfForm.SecOffset or DwarfForm.LineStrp or DwarfForm.StrpSup or DwarfForm.GnuRefAlt
                or DwarfForm.GnuStrpAlt:
                number = cursor.Offset(format.Is64);
                break;
            case DwarfForm.RefAddr:
                number = cursor.Offset(format.HasWideReferences);
                break;
            case DwarfForm.String:
                number = (ulong)cursor.Text().Length;
                break;
            case DwarfForm.FlagPresent:
                number = 1;
                break;
            case DwarfForm.ImplicitConst when specification.Form == form:
                number = (ulong)specification.Constant;
                break;
            case DwarfForm.Block1:
                return Block(ref cursor, form, cursor.Byte());
            case DwarfForm.Block2:
                return Block(ref cursor, form, cursor.Half());
            case DwarfForm.Block4:
                return Block(ref cursor, form, cursor.Word());
            case DwarfForm.Block or DwarfForm.Exprloc:
                return Block(ref cursor, form, cursor.Uleb());
            default:
                throw DwarfDamage.At(DebugCodes.UnknownForm, cursor.Section, position,
                    $"the attribute here has the form 0x{(ushort)form:x}, which is none of DWARF 2 to 5");
        }

        return new DwarfValue(form, position, number);
    }

    /// <summary>How many bytes values of that form have, where that is always the same.</summary>
    public static FormSize SizeOf(DwarfForm form) => form switch
    {
        DwarfForm.Addr => new FormSize(0, 1, 0),
        DwarfForm.Data1 or DwarfForm.Flag or DwarfForm.Ref1 or DwarfForm.Strx1 or DwarfForm.Addrx1 => new FormSize(1, 0, 0),
        DwarfForm.Data2 or DwarfForm.Ref2 or DwarfForm.Strx2 or DwarfForm.Addrx2 => new FormSize(2, 0, 0),
        DwarfForm.Strx3 or DwarfForm.Addrx3 => new FormSize(3, 0, 0),
        DwarfForm.Data4 or DwarfForm.Ref4 or DwarfForm.Strx4 or DwarfForm.Addrx4 or DwarfForm.RefSup4 => new FormSize(4, 0, 0),
        DwarfForm.Data8 or DwarfForm.Ref8 or DwarfForm.RefSig8 or DwarfForm.RefSup8 => new FormSize(8, 0, 0),
        DwarfForm.Data16 => new FormSize(16, 0, 0),
        DwarfForm.Strp or DwarfForm.SecOffset or DwarfForm.LineStrp or DwarfForm.StrpSup or DwarfForm.GnuRefAlt
            or DwarfForm.GnuStrpAlt => new FormSize(0, 0, 1),
        DwarfForm.FlagPresent or DwarfForm.ImplicitConst => new FormSize(0, 0, 0),
        _ => FormSize.Varies,
    };

    private static DwarfForm IndirectForm(ref DwarfCursor cursor)
    {
        int position = cursor.Position;
        ulong form = cursor.Uleb();
        return form is <= ushort.MaxValue and not (ulong)DwarfForm.Indirect
            ? (DwarfForm)form
            : throw DwarfDamage.At(DebugCodes.UnknownForm, cursor.Section, position,
                $"DW_FORM_indirect leads to the form 0x{form:x}, expected one that holds a value");
    }

    private static DwarfValue Block(ref DwarfCursor cursor, DwarfForm form, ulong length)
    {
        int position = cursor.Position;
        cursor.Skip(length);
        return new DwarfValue(form, position, length);
    }
}

/// <summary>A number of bytes that depends on the unit's address and offset sizes.</summary>
internal readonly record struct FormSize(int Bytes, int Addresses, int Offsets)
{
    public static readonly FormSize Varies = new(-1, 0, 0);

    public bool IsFixed => Bytes >= 0;

    public FormSize Plus(FormSize other) => IsFixed && other.IsFixed
        ? new FormSize(Bytes + other.Bytes, Addresses + other.Addresses, Offsets + other.Offsets)
        : Varies;

    public ulong In(UnitFormat format) =>
        (ulong)Bytes + ((ulong)Addresses * (ulong)format.AddressSize) + ((ulong)Offsets * (ulong)format.OffsetSize);
}

/// <summary>The value of an attribute as it is stored, not yet resolved; the default says that there is none.</summary>
/// <param name="Form">How it is stored.</param>
/// <param name="Position">Where in the section: of a block, its first byte.</param>
/// <param name="Number">The number, offset or index; of a block, its length in bytes.</param>
internal readonly record struct DwarfValue(DwarfForm Form, int Position, ulong Number)
{
    public bool IsPresent => Form != 0;

    /// <summary>DW_FORM_flag and DW_FORM_flag_present.</summary>
    public bool IsTrue => Form == DwarfForm.FlagPresent || Number != 0;

    public bool IsBlock => Form is DwarfForm.Exprloc or DwarfForm.Block or DwarfForm.Block1 or DwarfForm.Block2 or DwarfForm.Block4;
}
