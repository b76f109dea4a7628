using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>
/// Finds the source positions of a file's symbols in its debug information, DWARF 2 to 5. Reads nothing until the first question, then
/// what that question needs, once. Any number of threads may ask; they wait for one another.
/// </summary>
/// <remarks>
/// Every question may throw <see cref="ObjectFormatException"/> MINIOS2201-2210 (the debug information is damaged, or of a kind that
/// cannot be read) or MINIOS2008 (a relocation names a symbol that does not exist): there is no position then.
/// </remarks>
public sealed class DwarfReader
{
    private readonly ElfFile _file;
    private readonly Lock _reading = new();
    private DebugInformation? _information;
    private ObjectFormatException? _damage;
    private FirstUses? _uses;
    private SizedSymbols? _variables;

    private DwarfReader(ElfFile file) => _file = file;

    /// <returns>Null when the file has no debug information.</returns>
    public static DwarfReader? Open(ElfFile file) => DebugSections.Exist(file) ? new DwarfReader(file) : null;

    /// <summary>
    /// Where a symbol is declared. One that the file defines is found by its address, since a renamed symbol has its old name in the
    /// debug information: of a function or variable its definition, of a part of a function the function's, of a label in assembly
    /// its line. An undefined one is found by its name, if the compiler recorded the declaration.
    /// </summary>
    /// <param name="symbol">An entry of the symbol table of the file that was opened.</param>
    /// <returns>Null when the debug information does not say.</returns>
    public SourcePosition? DeclarationOf(in ElfSymbol symbol)
    {
        if (symbol.Index == 0 || symbol.Type is ElfSymbolType.Section or ElfSymbolType.File)
        {
            return null;
        }

        lock (_reading)
        {
            try
            {
                return AtDefinition(symbol, FindDeclaration(symbol));
            }
            catch (ObjectFormatException e)
            {
                _damage = e;
                throw;
            }
        }
    }

    /// <summary>
    /// Where a symbol is first used: the line of the first relocation against it in code, else the declaration of the variable whose
    /// contents refer to it.
    /// </summary>
    /// <param name="symbolIndex">Of the symbol in the symbol table of the file that was opened.</param>
    /// <returns>Null when nothing refers to it, or the debug information does not say.</returns>
    public SourcePosition? UseOf(int symbolIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(symbolIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(symbolIndex, _file.Symbols.Count);
        lock (_reading)
        {
            try
            {
                return FindUse(symbolIndex);
            }
            catch (ObjectFormatException e)
            {
                _damage = e;
                throw;
            }
        }
    }

    /// <summary>The line of the instruction at a place in code.</summary>
    /// <param name="section">The section, by its index in the file that was opened, which must be a relocatable one.</param>
    /// <param name="offset">In bytes from the section's start.</param>
    /// <returns>Null when the line table does not say.</returns>
    public SourcePosition? LineAt(int section, ulong offset)
    {
        lock (_reading)
        {
            try
            {
                return Information.Lines.Find(new DwarfAddress(section, offset));
            }
            catch (ObjectFormatException e)
            {
                _damage = e;
                throw;
            }
        }
    }

    /// <summary>Damage that was met is not looked for again: each further question would read up to it.</summary>
    private DebugInformation Information =>
        _damage is null ? _information ??= new DebugInformation(_file) : throw _damage;

    private SourcePosition? FindDeclaration(in ElfSymbol symbol)
    {
        DwarfAddress? address = SymbolAddress.Of(_file, symbol);
        bool isNamed = false;
        SourcePosition? byAddress = address is { } start
            ? Information.DeclarationAt(start, symbol.NameBytes, symbol.Type, out isNamed)
            : null;
        if (isNamed)
        {
            return byAddress;
        }

        // An alias has the address of another, but a declaration of its own.
        SourcePosition? byName = symbol.IsGlobal ? Information.DeclarationOf(symbol.NameBytes) : null;
        return byName ?? byAddress ?? (address is { } code && IsCode(symbol) ? Information.Lines.FindStart(code) : null);
    }

    /// <summary>gcc records a function that a system header declares at the header's line; the line table knows where its code begins.</summary>
    private SourcePosition? AtDefinition(in ElfSymbol symbol, SourcePosition? declared) =>
        declared is { } header && symbol.IsGlobal && IsCode(symbol) && SymbolAddress.Of(_file, symbol) is { } code
            && Information.Lines.FindStart(code) is { } line && line.File != header.File ? line : declared;

    private SourcePosition? FindUse(int symbolIndex)
    {
        _uses ??= new FirstUses(_file);
        DwarfAddress inCode = _uses.InCode(symbolIndex);
        if (inCode.Place != 0 && Information.Lines.Find(inCode) is { } line)
        {
            return line;
        }

        DwarfAddress inData = _uses.InData(symbolIndex);
        _variables ??= new SizedSymbols(_file);
        return inData.Place != 0 && _variables.Covering(inData) is { } variable ? FindDeclaration(variable) : null;
    }

    private bool IsCode(in ElfSymbol symbol) => symbol.Placement == ElfSymbolPlacement.Section
        && (_file.Sections[(int)symbol.SectionIndex].Flags & ElfSectionFlags.Executable) != 0;
}

/// <summary>A place in a source file, as debug information records it.</summary>
/// <param name="File">The name that the compiler recorded, joined with its directory; relative when both are.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1; 0 when the compiler did not record it.</param>
public readonly record struct SourcePosition(string File, int Line, int Column);
