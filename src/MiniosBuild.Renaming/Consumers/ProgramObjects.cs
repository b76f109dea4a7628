using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Consumers;

/// <summary>The relocatable objects in objects and archives that a program, or a finished set, is made of.</summary>
internal static class ProgramObjects
{
    private static readonly byte[] s_bitcode = [0x42, 0x43, 0xc0, 0xde];

    /// <summary>The object itself, or every member of the archive, each with its member's name; null for an object.</summary>
    /// <exception cref="DiagnosticException">MINIOS1610 not an object, or not an archive of objects; 1611 LTO; 20xx, 21xx damaged.</exception>
    public static IEnumerable<(string? Member, ElfFile Elf)> Read(string path, ReadOnlyMemory<byte> data)
    {
        if (!ArArchive.IsArchive(data.Span))
        {
            yield return (null, Open(path, null, data));
            yield break;
        }

        ArArchive archive = Archive(path, data);
        if (archive.IsThin)
        {
            throw Refuse(ConsumerCodes.NotAnObject, path, null, "a thin archive holds no objects, only their paths. Give the objects themselves, or make the archive without T.");
        }

        foreach (ArMember member in archive.Members)
        {
            string name = member.Name;
            yield return (name, Open(path, name, member.Data));
        }
    }

    private static ArArchive Archive(string path, ReadOnlyMemory<byte> data)
    {
        try
        {
            return ArArchive.Parse(data);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(path), e);
        }
    }

    private static ElfFile Open(string path, string? member, ReadOnlyMemory<byte> data)
    {
        if (!ElfFile.IsElf(data.Span))
        {
            throw data.Span.StartsWith(s_bitcode)
                ? Refuse(ConsumerCodes.IntermediateCode, path, member, "LLVM bitcode, whose names are not known before the link; compile it with -fno-lto.")
                : Refuse(ConsumerCodes.NotAnObject, path, member, $"{Start(data.Span)}; expected a relocatable ELF object{(member is null ? " or an archive of them" : "")}. Give compiled files.");
        }

        ElfFile elf;
        try
        {
            elf = ElfFile.Parse(data);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(path, member), e);
        }

        return elf.Type != ElfType.Relocatable
                ? throw Refuse(ConsumerCodes.NotAnObject, path, member, $"the ELF file's type is {elf.Type}, which needs nothing any more; expected Relocatable. Give the objects that it was linked from.")
            : elf.IsSlimLto
                ? throw Refuse(ConsumerCodes.IntermediateCode, path, member, "holds only intermediate code for link-time optimisation, whose names are not known before the link; compile it with -fno-lto or -ffat-lto-objects.")
            : elf;
    }

    private static string Start(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? "the file is empty"
        : ArArchive.IsArchive(data) ? "an archive in an archive"
        : $"it starts with {Convert.ToHexString(data[..Math.Min(4, data.Length)])}, not with 7F454C46 (ELF)";

    private static DiagnosticException Refuse(string code, string path, string? member, string message) =>
        new(Diagnostic.Error(code, member is null ? message : $"member {member}: {message}", path));
}
