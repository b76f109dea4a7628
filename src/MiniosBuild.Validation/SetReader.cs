using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>Opens what is shipped, reports what no linker of the target could use, and hands over the rest.</summary>
internal sealed class SetReader(List<SetObject> objects, FoundList found, Action<int, ElfFile> read)
{
    private (SetObject Object, ElfFile Elf)? _first;

    public void Read(ValidatedFile file)
    {
        if (ElfFile.IsElf(file.Data.Span))
        {
            ReadObject(file, null, null, file.Data);
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
            Damaged(file, null, null, FindingCodes.NoObject, "not an archive: it does not start with \"!<arch>\"; make it anew with ar.");
            return;
        }

        ArArchive archive;
        try
        {
            archive = ArArchive.Parse(file.Data);
        }
        catch (ObjectFormatException e)
        {
            Damaged(file, null, null, e);
            return;
        }

        if (archive.IsThin)
        {
            Damaged(file, null, null, FindingCodes.NoObject, "a thin archive holds no objects, only their paths, and is useless elsewhere; make it without T.");
            return;
        }

        HashSet<int> repeated = RepeatedNames(archive, out NameTable names);
        foreach (ArMember member in archive.Members)
        {
            bool isRepeated = repeated.Count > 0 && repeated.Contains(names.Find(member.NameBytes));
            ReadObject(file, member.Name, isRepeated ? member.HeaderOffset : null, member.Data);
        }
    }

    public void ReadObject(ValidatedFile file, string? member, long? memberOffset, ReadOnlyMemory<byte> data)
    {
        if (!ElfFile.IsElf(data.Span))
        {
            Damaged(
                file, member, memberOffset, FindingCodes.NoObject,
                $"{(ArArchive.IsArchive(data.Span) ? "an archive" : "not an ELF file")}; expected a relocatable ELF object. Remove it.");
            return;
        }

        ElfFile elf;
        try
        {
            elf = ElfFile.Parse(data);
        }
        catch (ObjectFormatException e)
        {
            Damaged(file, member, memberOffset, e);
            return;
        }

        if (elf.Type != ElfType.Relocatable)
        {
            Damaged(file, member, memberOffset, FindingCodes.NoObject, $"an ELF file of type {elf.Type}; expected a relocatable object. Remove it.");
            return;
        }

        var shipped = new SetObject(file, member, memberOffset, data);
        (SetObject first, ElfFile firstElf) = _first ??= (shipped, elf);
        if (elf.Machine != firstElf.Machine || elf.Class != firstElf.Class || elf.ByteOrder != firstElf.ByteOrder)
        {
            Damaged(
                file, member, memberOffset, FindingCodes.OtherMachine,
                $"for {elf.Machine} ({elf.Class}, {elf.ByteOrder}), but {first.Place} is for {firstElf.Machine} ({firstElf.Class}, {firstElf.ByteOrder}); no link takes both, and symbol tools pass the odd one by unchanged. Remove it or compile it for the same machine.");
            return;
        }

        if (elf.HasLtoSections || elf.IsSlimLto)
        {
            Damaged(
                file, member, memberOffset, FindingCodes.IntermediateCode,
                "holds intermediate code for link-time optimisation, whose names cannot be checked; compile it with -fno-lto.");
            return;
        }

        objects.Add(shipped);
        read(objects.Count - 1, elf);
    }

    private static HashSet<int> RepeatedNames(ArArchive archive, out NameTable names)
    {
        names = new NameTable();
        var repeated = new HashSet<int>();
        foreach (ArMember member in archive.Members)
        {
            int known = names.Count;
            int number = names.Add(member.NameBytes);
            if (number < known)
            {
                repeated.Add(number);
            }
        }

        return repeated;
    }

    private void Damaged(ValidatedFile file, string? member, long? memberOffset, ObjectFormatException damage) =>
        Damaged(file, member, memberOffset, damage.Code, $"offset 0x{damage.Offset:x}: {damage.Message}");

    private void Damaged(ValidatedFile file, string? member, long? memberOffset, string code, string message) =>
        found.Add(new Finding(code, DiagnosticSeverity.Error, file.Library, file.Path, member, null, message) { MemberOffset = memberOffset });
}
