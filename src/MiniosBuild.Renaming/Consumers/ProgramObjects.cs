using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Renaming.Consumers;

/// <summary>The relocatable objects in objects and archives that a program, or a finished set, is made of.</summary>
internal static class ProgramObjects
{
    private static readonly ObjectReader s_reader = new(ObjectFault.NotRelocatable, ObjectFault.OnlyIntermediateCode);

    /// <summary>The object itself, or every member of the archive.</summary>
    /// <exception cref="DiagnosticException">MINIOS1610 not an object, or not an archive of objects; 1611 LTO; 20xx, 21xx damaged.</exception>
    public static IEnumerable<(ObjectFile File, ElfFile Elf)> Read(string path, ReadOnlyMemory<byte> data) => s_reader.ReadAll(path, data, Refuse);

    private static void Refuse(ObjectRefusal refusal)
    {
        string? member = refusal.File.Member;
        (string code, string message) = refusal.Fault switch
        {
            ObjectFault.Damaged => throw new DiagnosticException(refusal.Damage!.ToDiagnostic(refusal.File.File, member), refusal.Damage),
            ObjectFault.Thin => (
                ConsumerCodes.NotAnObject, "a thin archive holds no objects, only their paths. Give the objects themselves, or make the archive without T."),
            ObjectFault.NotElf when refusal.IsBitcode => (
                ConsumerCodes.IntermediateCode, "LLVM bitcode, whose names are not known before the link; compile it with -fno-lto."),
            ObjectFault.NotElf => (
                ConsumerCodes.NotAnObject,
                $"{refusal.Start("it", "an archive in an archive", "the file is empty")}; expected a relocatable ELF object{(member is null ? " or an archive of them" : "")}. Give compiled files."),
            ObjectFault.NotRelocatable => (
                ConsumerCodes.NotAnObject,
                $"the ELF file's type is {refusal.Elf!.Type}, which needs nothing any more; expected Relocatable. Give the objects that it was linked from."),
            _ => (
                ConsumerCodes.IntermediateCode,
                "holds only intermediate code for link-time optimisation, whose names are not known before the link; compile it with -fno-lto or -ffat-lto-objects."),
        };
        throw new DiagnosticException(Diagnostic.Error(code, member is null ? message : $"member {member}: {message}", refusal.File.File));
    }
}
