using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Validation;

/// <summary>Opens what is shipped, reports what no linker of the target could use, and hands over the rest.</summary>
internal sealed class SetReader(List<SetObject> objects, FoundList found, Action<int, ElfFile> read)
{
    private readonly ObjectReader _reader = new(
        ObjectFault.NotRelocatable, ObjectFault.OtherMachine, ObjectFault.IntermediateCode, ObjectFault.OnlyIntermediateCode);

    public void Read(ValidatedFile file)
    {
        if (ElfFile.IsElf(file.Data.Span))
        {
            ReadObject(file);
        }
        else
        {
            ReadArchive(file);
        }
    }

    public void ReadArchive(ValidatedFile file)
    {
        if (!ArArchive.IsArchive(file.Data.Span))
        {
            Report(new SetObject(file, new ObjectFile(file.Path, file.Data)), FindingCodes.NoObject, "not an archive: it does not start with \"!<arch>\"; make it anew with ar.");
            return;
        }

        foreach (ObjectFile member in ObjectReader.Open(file.Path, file.Data, refusal => Refuse(file, refusal)))
        {
            ReadObject(file, member);
        }
    }

    public void ReadObject(ValidatedFile file) => ReadObject(file, new ObjectFile(file.Path, file.Data));

    private void ReadObject(ValidatedFile file, ObjectFile source)
    {
        if (_reader.Read(source, refusal => Refuse(file, refusal)) is { } elf)
        {
            objects.Add(new SetObject(file, source));
            read(objects.Count - 1, elf);
        }
    }

    private void Refuse(ValidatedFile file, ObjectRefusal refusal)
    {
        ElfFile? elf = refusal.Elf;
        (string code, string message) = refusal.Fault switch
        {
            ObjectFault.Damaged => (refusal.Damage!.Code, refusal.Damage.Located),
            ObjectFault.Thin => (FindingCodes.NoObject, "a thin archive holds no objects, only their paths, and is useless elsewhere; make it without T."),
            ObjectFault.NotElf => (
                FindingCodes.NoObject, $"{(refusal.IsArchive ? "an archive" : "not an ELF file")}; expected a relocatable ELF object. Remove it."),
            ObjectFault.NotRelocatable => (FindingCodes.NoObject, $"an ELF file of type {elf!.Type}; expected a relocatable object. Remove it."),
            ObjectFault.OtherMachine => (
                FindingCodes.OtherMachine,
                $"for {MachineKind.Of(elf!)}, but {new SetObject(file, refusal.First.File).Place} is for {refusal.First.Kind}; no link takes both, and symbol tools pass the odd one by unchanged. Remove it or compile it for the same machine."),
            _ => (
                FindingCodes.IntermediateCode,
                "holds intermediate code for link-time optimisation, whose names cannot be checked; compile it with -fno-lto."),
        };
        Report(new SetObject(file, refusal.File), code, message);
    }

    private void Report(SetObject refused, string code, string message) => found.Add(
        new Finding(code, DiagnosticSeverity.Error, refused.Library, refused.File, refused.Member, null, message) { MemberOffset = refused.MemberOffset });
}
