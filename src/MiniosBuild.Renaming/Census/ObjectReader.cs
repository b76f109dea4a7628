using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Census;

/// <summary>Reads objects into the census, and refuses what the symbol pass would get wrong without a word.</summary>
internal sealed class ObjectReader(CensusTables tables)
{
    // By section and by symbol of the object that is read; kept for the next one.
    private bool[] _isGrouped = [];
    private bool[] _isSignature = [];
    private string? _lastNote;
    private (ElfMachine Machine, ElfClass Class, ElfByteOrder ByteOrder, string Path)? _first;

    public void Read(string library, string path, ReadOnlyMemory<byte> data, bool isMember)
    {
        ElfFile elf = Parse(path, data);
        RequireSameMachine(elf, path);
        MarkGroups(elf);
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.IsGlobal && symbol.HasOwnName)
            {
                Add(elf, symbol, path);
            }
        }

        tables.Add(ElfExportMarks.Of(elf));
        tables.EndObject(library, path, isMember, NoteOf(elf, path));
    }

    private void Add(ElfFile elf, in ElfSymbol symbol, string path)
    {
        ReadOnlySpan<byte> name = symbol.NameBytes;
        if (name.EndsWith("__gnu_lto_slim"u8))
        {
            throw IntermediateCode(path, "nothing else");
        }

        int number = tables.AddName(name);
        if (symbol.IsUndefined)
        {
            tables.Add(new ReferenceEntry(number, symbol.Binding == ElfSymbolBinding.Weak));
            return;
        }

        bool inGroup = symbol.Placement == ElfSymbolPlacement.Section && _isGrouped[symbol.SectionIndex];
        // What the API list calls a value is data.
        SymbolKind kind = elf.KindOf(symbol) is var found and not SymbolKind.Absolute ? found : SymbolKind.Data;
        tables.Add(new DefinitionEntry(number, kind, symbol.Binding, inGroup, _isSignature[symbol.Index]));
    }

    private static ElfFile Parse(string path, ReadOnlyMemory<byte> data)
    {
        if (!ElfFile.IsElf(data.Span))
        {
            throw Refuse(path, PassCodes.NotAnObject, $"{DescribeStart(data.Span)}; expected a relocatable ELF object. Remove it from the objects, or compile it.");
        }

        ElfFile elf;
        try
        {
            elf = ElfFile.Parse(data);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(path), e);
        }

        if (elf.Type != ElfType.Relocatable)
        {
            throw Refuse(path, PassCodes.NotAnObject, $"the ELF file's type is {elf.Type}; expected Relocatable (made by the compiler with -c, or by ld -r).");
        }

        return !elf.HasLtoSections ? elf : throw IntermediateCode(path, elf.IsSlimLto ? "nothing else" : "beside machine code");
    }

    private void RequireSameMachine(ElfFile elf, string path)
    {
        _first ??= (elf.Machine, elf.Class, elf.ByteOrder, path);
        var first = _first.Value;
        if (elf.Machine != first.Machine || elf.Class != first.Class || elf.ByteOrder != first.ByteOrder)
        {
            throw Refuse(
                path,
                PassCodes.OtherMachine,
                $"the object is for {elf.Machine} ({elf.Class}, {elf.ByteOrder}), but {first.Path} is for {first.Machine} ({first.Class}, {first.ByteOrder}); compile all objects of a set for one machine.");
        }
    }

    private void MarkGroups(ElfFile elf)
    {
        Clear(ref _isGrouped, elf.Sections.Count);
        Clear(ref _isSignature, elf.Symbols.Count);
        foreach (ElfSectionGroup group in elf.Groups)
        {
            if (!group.IsComdat)
            {
                continue;
            }

            _isSignature[group.SignatureIndex] = true;
            foreach (int section in group.Members)
            {
                _isGrouped[section] = true;
            }
        }
    }

    private static void Clear(ref bool[] marks, int count)
    {
        if (marks.Length < count)
        {
            marks = new bool[Math.Max(count, marks.Length * 2)];
            return;
        }

        Array.Clear(marks, 0, count);
    }

    /// <summary>Objects of one pass have one note, whose text is kept once.</summary>
    private string? NoteOf(ElfFile elf, string path)
    {
        try
        {
            string? note = ElfPassNote.Read(elf);
            return note is null ? null : note == _lastNote ? _lastNote : _lastNote = note;
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(path), e);
        }
    }

    private static string DescribeStart(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? "the file is empty"
        : ArArchive.IsArchive(data) ? "the file is an archive"
        : $"the file starts with {Convert.ToHexString(data[..Math.Min(4, data.Length)])}, not with 7F454C46 (ELF)";

    private static DiagnosticException IntermediateCode(string path, string what) => Refuse(
        path,
        PassCodes.IntermediateCode,
        $"the object holds intermediate code for link-time optimisation ({what}), whose names no symbol tool changes; compile it with -fno-lto, or finalise it with -flinker-output=nolto-rel.");

    private static DiagnosticException Refuse(string path, string code, string message) => new(Diagnostic.Error(code, message, path));
}

/// <summary>The global names of one object.</summary>
/// <param name="Library">The library that it goes into.</param>
/// <param name="Path">What diagnostics call it.</param>
/// <param name="Definitions">Global, weak, unique and common definitions, sorted by name.</param>
/// <param name="References">Undefined references, sorted by name.</param>
/// <param name="Note">The text that an earlier pass left in it (<see cref="PassNote"/>); null when there was none.</param>
public sealed record ObjectSymbols(
    string Library,
    string Path,
    IReadOnlyList<SymbolDefinition> Definitions,
    IReadOnlyList<SymbolReference> References,
    string? Note = null);
