using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>Opens what is shipped and reports what no linker of the target could use.</summary>
internal sealed class ArchiveContents(List<Diagnostic> found)
{
    private FinishedObject? _first;

    /// <summary>The objects of an archive; unusable members are reported and left out.</summary>
    public IReadOnlyList<FinishedObject> ReadArchive(string library, string path, ReadOnlyMemory<byte> data)
    {
        if (!ArArchive.IsArchive(data.Span))
        {
            found.Add(Diagnostic.Error("MINIOS1417", "not an archive: it does not start with \"!<arch>\"; make it anew with ar.", path));
            return [];
        }

        ArArchive archive;
        try
        {
            archive = ArArchive.Parse(data);
        }
        catch (ObjectFormatException e)
        {
            found.Add(e.ToDiagnostic(path));
            return [];
        }

        if (archive.IsThin)
        {
            found.Add(Diagnostic.Error("MINIOS1417", "a thin archive holds no objects, only their paths, and is useless elsewhere; make it without T.", path));
            return [];
        }

        var repeated = archive.Members.GroupBy(member => member.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var objects = new List<FinishedObject>();
        foreach (ArMember member in archive.Members)
        {
            string name = repeated.Contains(member.Name) ? $"{member.Name} at offset 0x{member.HeaderOffset:x}" : member.Name;
            if (ReadObject(library, path, name, member.Data) is { } finished)
            {
                objects.Add(finished);
            }
        }

        return objects;
    }

    /// <summary>One object, or null after reporting why not.</summary>
    public FinishedObject? ReadObject(string library, string path, string? member, ReadOnlyMemory<byte> data)
    {
        string subject = member is null ? "" : $"member {member}: ";
        if (!ElfFile.IsElf(data.Span))
        {
            found.Add(Diagnostic.Error(
                "MINIOS1417", $"{subject}{(ArArchive.IsArchive(data.Span) ? "an archive" : "not an ELF file")}; expected a relocatable ELF object. Remove it.", path));
            return null;
        }

        FinishedObject finished;
        try
        {
            finished = new FinishedObject(library, path, member, ElfFile.Parse(data));
        }
        catch (ObjectFormatException e)
        {
            found.Add(e.ToDiagnostic(path, member));
            return null;
        }

        ElfFile elf = finished.Elf;
        if (elf.Type != ElfType.Relocatable)
        {
            found.Add(finished.Error("MINIOS1417", $"an ELF file of type {elf.Type}; expected a relocatable object. Remove it."));
            return null;
        }

        _first ??= finished;
        if (elf.Machine != _first.Elf.Machine || elf.Class != _first.Elf.Class || elf.ByteOrder != _first.Elf.ByteOrder)
        {
            found.Add(finished.Error(
                "MINIOS1418",
                $"for {elf.Machine} ({elf.Class}, {elf.ByteOrder}), but {_first.Place} is for {_first.Elf.Machine} ({_first.Elf.Class}, {_first.Elf.ByteOrder}); no link takes both, and symbol tools pass the odd one by unchanged. Remove it or compile it for the same machine."));
            return null;
        }

        if (elf.IsSlimLto || elf.HasLtoSections)
        {
            found.Add(finished.Error(
                "MINIOS1419", "holds intermediate code for link-time optimisation, whose names cannot be checked; compile it with -fno-lto."));
            return null;
        }

        return finished;
    }
}
