namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Runs the program of a line table (6.2.5), which makes its rows.</summary>
internal sealed class LineProgram(LineTable table, LineRows rows)
{
    // DW_LNS_
    private const byte Copy = 1;
    private const byte AdvancePc = 2;
    private const byte AdvanceLine = 3;
    private const byte SetFile = 4;
    private const byte SetColumn = 5;
    private const byte NegateStmt = 6;
    private const byte SetBasicBlock = 7;
    private const byte ConstAddPc = 8;
    private const byte FixedAdvancePc = 9;
    private const byte SetPrologueEnd = 10;
    private const byte SetEpilogueBegin = 11;
    private const byte SetIsa = 12;

    // DW_LNE_
    private const byte EndSequence = 1;
    private const byte SetAddress = 2;
    private const byte DefineFile = 3;

    private readonly LineProgramParameters _parameters = table.Parameters;
    private DwarfAddress? _address;
    private uint _file;
    private uint _line;
    private uint _column;
    private bool _isStatement;

    public void Run(DwarfCursor cursor)
    {
        Reset();
        while (!cursor.IsAtEnd)
        {
            byte opcode = cursor.Byte();
            if (opcode >= _parameters.OpcodeBase)
            {
                int adjusted = opcode - _parameters.OpcodeBase;
                Advance((ulong)(adjusted / _parameters.LineRange));
                _line = unchecked(_line + (uint)(_parameters.LineBase + (adjusted % _parameters.LineRange)));
                Emit();
            }
            else if (opcode == 0)
            {
                RunExtended(ref cursor);
            }
            else
            {
                RunStandard(ref cursor, opcode);
            }
        }

        rows.End(table, null);
    }

    private void RunStandard(ref DwarfCursor cursor, byte opcode)
    {
        switch (opcode)
        {
            case Copy:
                Emit();
                break;
            case AdvancePc:
                Advance(cursor.Uleb());
                break;
            case AdvanceLine:
                _line = unchecked(_line + (uint)cursor.Sleb());
                break;
            case SetFile:
                _file = (uint)Math.Min(cursor.Uleb(), uint.MaxValue);
                break;
            case SetColumn:
                _column = (uint)Math.Min(cursor.Uleb(), uint.MaxValue);
                break;
            case ConstAddPc:
                Advance((ulong)((255 - _parameters.OpcodeBase) / _parameters.LineRange));
                break;
            case FixedAdvancePc:
                Move(cursor.Half());
                break;
            case NegateStmt:
                _isStatement = !_isStatement;
                break;
            case SetBasicBlock or SetPrologueEnd or SetEpilogueBegin:
                break;
            case SetIsa:
                _ = cursor.Uleb();
                break;
            default:
                for (int operand = 0; operand < _parameters.OperandCounts[opcode]; operand++)
                {
                    _ = cursor.Uleb();
                }

                break;
        }
    }

    private void RunExtended(ref DwarfCursor cursor)
    {
        ulong length = cursor.Uleb();
        int start = cursor.Position;
        cursor.Skip(length);
        if (length == 0)
        {
            return;
        }

        DwarfCursor operands = new(cursor.Section, start, cursor.Position);
        switch (operands.Byte())
        {
            case EndSequence:
                rows.End(table, _address);
                Reset();
                break;
            case SetAddress:
                if (length is not (5 or 9))
                {
                    throw DwarfDamage.At(DebugCodes.LineTable, cursor.Section, start,
                        $"DW_LNE_set_address has an address of {length - 1} bytes, expected 4 or 8");
                }

                int position = operands.Position;
                _address = cursor.Section.AddressAt(position, operands.Address((int)length - 1));
                break;
            case DefineFile:
                int name = operands.Position;
                ulong nameLength = (ulong)operands.Text().Length;
                table.AddFile(new DwarfValue(DwarfForm.String, name, nameLength), operands.Uleb());
                break;
        }
    }

    private void Advance(ulong operations) => Move(unchecked(operations * _parameters.InstructionLength));

    private void Move(ulong bytes)
    {
        if (_address is { } address)
        {
            _address = address with { Value = unchecked(address.Value + bytes) };
        }
    }

    private void Emit()
    {
        if (_address is { } address)
        {
            rows.Add(table, address.Place, new LineRow(address.Value, _file, _line, _column, _isStatement));
        }
    }

    private void Reset()
    {
        _address = null;
        _file = 1;
        _line = 1;
        _column = 0;
        _isStatement = _parameters.IsStatement;
    }
}
