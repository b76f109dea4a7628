using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Reads the members of one file, and refuses those that a symbol tool would copy as they are, or half changed, without a word.</summary>
internal sealed class MemberReader(PassOptions options)
{
    private readonly PassNote? _note = options.Note is null ? null : PassNote.Parse(options.Note);

    /// <summary>Reads a member as an object; null when it is none and is to be copied.</summary>
    /// <exception cref="DiagnosticException">MINIOS1301, 1303, 1335; MINIOS20xx: the object is damaged.</exception>
    public ElfFile? Read(PassMember member)
    {
        ReadOnlySpan<byte> data = member.Data.Span;
        if (!ElfFile.IsElf(data))
        {
            RequireCopy(member, data);
            return null;
        }

        ElfFile file = Parse(member);
        if (file.Type != ElfType.Relocatable)
        {
            throw Refuse(PassCodes.NotAnObject, member,
                $"the ELF file's type is {file.Type}; expected Relocatable (made by the compiler with -c, or by ld -r). Take it out of the archive");
        }

        if (file.HasLtoSections)
        {
            throw Refuse(PassCodes.IntermediateCode, member,
                $"the object holds intermediate code for link-time optimisation ({(file.IsSlimLto ? "nothing else" : "beside machine code")}), whose names no symbol tool changes; compile it with -fno-lto, or finalise it with -flinker-output=nolto-rel");
        }

        member.IsPassed = CheckNote(member, file);
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
            throw new DiagnosticException(e.ToDiagnostic(member.Path), e);
        }
    }

    /// <exception cref="DiagnosticException">MINIOS1302: they are for different machines.</exception>
    public static void RequireSameMachine(PassMember member, MachineKind kind, PassMember first, MachineKind firstKind)
    {
        if (kind != firstKind)
        {
            throw Refuse(PassCodes.OtherMachine, member, $"the object is for {kind}, but {first.Path} is for {firstKind}; compile all objects of an archive for one machine");
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

        return options.AcceptOtherNotes ? false : throw Refuse(
            PassCodes.OtherPass, member,
            $"the object went through another pass already: expected {(options.Note is null ? "no note" : $"the note \"{options.Note}\"")}, found \"{found}\"; pass the objects that the compiler made");
    }

    private static string? ReadNote(PassMember member, ElfFile file)
    {
        try
        {
            return ElfPassNote.Read(file);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(member.Path), e);
        }
    }

    private void RequireCopy(PassMember member, ReadOnlySpan<byte> data)
    {
        if (data.StartsWith((ReadOnlySpan<byte>)[0x42, 0x43, 0xc0, 0xde]))
        {
            throw Refuse(PassCodes.IntermediateCode, member,
                "the object is LLVM bitcode, whose names no symbol tool changes; compile it without -flto");
        }

        bool isArchive = ArArchive.IsArchive(data);
        if (isArchive || member.Member is null || !options.CopyNonObjects)
        {
            string start = data.IsEmpty ? "it is empty" : isArchive ? "it is an archive" : $"it starts with {Convert.ToHexString(data[..Math.Min(4, data.Length)])}, not with 7F454C46 (ELF)";
            throw Refuse(PassCodes.NotAnObject, member,
                $"{start}; expected a relocatable ELF object. {(isArchive ? "Put its members into the archive instead" : "Remove it, or compile it")}");
        }
    }

    private static DiagnosticException Refuse(string code, PassMember member, string message) => new(Diagnostic.Error(code, message, member.Path));
}

/// <summary>What objects have to agree in to be linked together.</summary>
internal readonly record struct MachineKind(ElfMachine Machine, ElfClass Class, ElfByteOrder ByteOrder)
{
    public static MachineKind Of(ElfFile file) => new(file.Machine, file.Class, file.ByteOrder);

    public override string ToString() => $"{Machine} ({Class}, {ByteOrder})";
}
