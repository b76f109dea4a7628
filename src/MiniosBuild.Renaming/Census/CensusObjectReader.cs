using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Renaming.Census;

/// <summary>Reads objects into the census, and refuses what the symbol pass would get wrong without a word.</summary>
internal sealed class CensusObjectReader(CensusTables tables)
{
    // By section and by symbol of the object that is read; kept for the next one.
    private bool[] _isGrouped = [];
    private bool[] _isSignature = [];
    private string? _lastNote;
    private readonly ObjectReader _reader = new(
        ObjectFault.NotRelocatable, ObjectFault.IntermediateCode, ObjectFault.OtherMachine, ObjectFault.OnlyIntermediateCode);

    /// <exception cref="DiagnosticException">As <see cref="Refuse"/>; MINIOS20xx: its note is damaged.</exception>
    public void Read(string library, in ObjectFile file)
    {
        ElfFile elf = _reader.Read(file, Refuse)!;
        MarkGroups(elf);
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.IsGlobal && symbol.HasOwnName)
            {
                Add(elf, symbol);
            }
        }

        string path = file.Name;
        tables.Add(ElfExportMarks.Of(elf));
        tables.EndObject(library, path, file.Member is not null, NoteOf(elf, path));
    }

    /// <summary>A set has to be whole: whatever is no object of it ends the census.</summary>
    /// <exception cref="DiagnosticException">MINIOS1301 to 1303, 1319; MINIOS20xx, 21xx: damage.</exception>
    public static void Refuse(ObjectRefusal refusal)
    {
        ElfFile? elf = refusal.Elf;
        (string code, string message) = refusal.Fault switch
        {
            ObjectFault.Thin => (
                PlanCodes.ThinArchive,
                "the archive is thin: it only names its members' files, which a pass over the archive would have to change in place. Give the objects themselves, or make an ordinary archive (ar rcs without T)."),
            ObjectFault.NotElf => (
                PassCodes.NotAnObject,
                $"{refusal.Start("the file", "the file is an archive", "the file is empty")}; expected a relocatable ELF object. Remove it from the objects, or compile it."),
            ObjectFault.NotRelocatable => (
                PassCodes.NotAnObject, $"the ELF file's type is {elf!.Type}; expected Relocatable (made by the compiler with -c, or by ld -r)."),
            ObjectFault.OtherMachine => (
                PassCodes.OtherMachine,
                $"the object is for {MachineKind.Of(elf!)}, but {refusal.First.File.Name} is for {refusal.First.Kind}; compile all objects of a set for one machine."),
            ObjectFault.Damaged => throw new DiagnosticException(refusal.Damage!.ToDiagnostic(refusal.File.Name), refusal.Damage),
            _ => (
                PassCodes.IntermediateCode,
                $"the object holds intermediate code for link-time optimisation ({(elf!.IsSlimLto ? "nothing else" : "beside machine code")}), whose names no symbol tool changes; compile it with -fno-lto, or finalise it with -flinker-output=nolto-rel."),
        };
        throw new DiagnosticException(Diagnostic.Error(code, message, refusal.File.Name));
    }

    private void Add(ElfFile elf, in ElfSymbol symbol)
    {
        int number = tables.AddName(symbol.NameBytes);
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
