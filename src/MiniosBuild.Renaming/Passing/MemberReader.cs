using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Reads the members of one file, and refuses those that a symbol tool would copy as they are, or half changed, without a word.</summary>
internal sealed class MemberReader(PassOptions options)
{
    private static readonly ObjectReader s_reader = new(ObjectFault.NotRelocatable, ObjectFault.IntermediateCode);

    private readonly PassNote? _note = options.Note is null ? null : PassNote.Parse(options.Note);

    /// <summary>Opens what is to be passed: an archive; null for an object.</summary>
    /// <exception cref="DiagnosticException">MINIOS2108: the archive is thin; 21xx: it is damaged.</exception>
    public static ArArchive? Archive(ReadOnlyMemory<byte> data, string path) => ArArchive.IsArchive(data.Span)
        ? ObjectReader.OpenArchive(path, data, refusal => throw (refusal.Fault == ObjectFault.Thin
            ? Refused(
                ArchiveCodes.Thin, refusal,
                "the archive is thin: its members are other files, which a pass would have to change; pass those files and archive them, or make an archive that holds them (`ar -t` lists them, `ar rcsD` without T takes them in)")
            : Damaged(refusal.Damage!, path)))
        : null;

    /// <summary>Reads a member as an object; null when it is none and is to be copied.</summary>
    /// <exception cref="DiagnosticException">MINIOS1301, 1303, 1335; MINIOS20xx: the object is damaged.</exception>
    public ElfFile? Read(PassMember member)
    {
        ElfFile? file = s_reader.Read(member.File, Refuse);
        member.IsPassed = file is not null && CheckNote(member, file);
        return file;
    }

    /// <summary>Reads an object that was read before.</summary>
    public static ElfFile Parse(PassMember member)
    {
        try
        {
            return ElfFile.Parse(member.Data);
        }
        catch (ObjectFormatException e)
        {
            throw Damaged(e, member.Path);
        }
    }

    /// <exception cref="DiagnosticException">MINIOS1302: they are for different machines.</exception>
    public static void RequireSameMachine(PassMember member, MachineKind kind, PassMember first, MachineKind firstKind)
    {
        if (kind != firstKind)
        {
            throw new DiagnosticException(Diagnostic.Error(
                PassCodes.OtherMachine, $"the object is for {kind}, but {first.Path} is for {firstKind}; compile all objects of an archive for one machine", member.Path));
        }
    }

    /// <returns>Whether the object went through this very pass.</returns>
    private bool CheckNote(PassMember member, ElfFile file)
    {
        string? found = ReadNote(member, file);
        if (found is null)
        {
            return false;
        }

        if (found == options.Note || (_note is { } own && PassNote.Parse(found)?.IsSamePass(own) == true))
        {
            return true;
        }

        return options.AcceptOtherNotes ? false : throw new DiagnosticException(Diagnostic.Error(
            PassCodes.OtherPass,
            $"the object went through another pass already: expected {(options.Note is null ? "no note" : $"the note \"{options.Note}\"")}, found \"{found}\"; pass the objects that the compiler made",
            member.Path));
    }

    private static string? ReadNote(PassMember member, ElfFile file)
    {
        try
        {
            return ElfPassNote.Read(file);
        }
        catch (ObjectFormatException e)
        {
            throw Damaged(e, member.Path);
        }
    }

    private void Refuse(ObjectRefusal refusal)
    {
        bool isOther = refusal is { Fault: ObjectFault.NotElf, IsArchive: false, IsBitcode: false };
        if (isOther && refusal.File.Member is not null && options.CopyNonObjects)
        {
            return;
        }

        throw refusal.Fault switch
        {
            ObjectFault.Damaged => Damaged(refusal.Damage!, refusal.File.Place),
            ObjectFault.NotElf when refusal.IsBitcode => Refused(
                PassCodes.IntermediateCode, refusal, "the object is LLVM bitcode, whose names no symbol tool changes; compile it without -flto"),
            ObjectFault.NotElf => Refused(
                PassCodes.NotAnObject, refusal,
                $"{refusal.Start("it", "it is an archive", "it is empty")}; expected a relocatable ELF object. {(isOther ? "Remove it, or compile it" : "Put its members into the archive instead")}"),
            ObjectFault.NotRelocatable => Refused(
                PassCodes.NotAnObject, refusal,
                $"the ELF file's type is {refusal.Elf!.Type}; expected Relocatable (made by the compiler with -c, or by ld -r). Take it out of the archive"),
            _ => Refused(
                PassCodes.IntermediateCode, refusal,
                $"the object holds intermediate code for link-time optimisation ({(refusal.Elf!.IsSlimLto ? "nothing else" : "beside machine code")}), whose names no symbol tool changes; compile it with -fno-lto, or finalise it with -flinker-output=nolto-rel"),
        };
    }

    private static DiagnosticException Refused(string code, ObjectRefusal refusal, string message) => new(Diagnostic.Error(code, message, refusal.File.Place));

    private static DiagnosticException Damaged(ObjectFormatException damage, string path) => new(damage.ToDiagnostic(path), damage);
}
