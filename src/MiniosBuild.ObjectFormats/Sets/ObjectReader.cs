using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Sets;

/// <summary>
/// Opens the files of a set in place: an archive is its members, and of each the bytes become an object or a refusal. Whoever asks says what
/// becomes of a refusal: it may throw, note it, or pass the file over, which is then left out.
/// </summary>
/// <param name="faults">
/// What is looked for in sound ELF files, in this order: the first that is found is told. <see cref="ObjectFault.Damaged"/>,
/// <see cref="ObjectFault.Thin"/> and <see cref="ObjectFault.NotElf"/> are always. Any number of threads may read, unless
/// <see cref="ObjectFault.OtherMachine"/> is among them.
/// </param>
public sealed class ObjectReader(params ObjectFault[] faults)
{
    private (ObjectFile File, MachineKind Kind)? _first;

    /// <summary>Opens an archive; null when it is refused.</summary>
    public static ArArchive? OpenArchive(string path, ReadOnlyMemory<byte> data, Action<ObjectRefusal> refuse)
    {
        var file = new ObjectFile(path, data);
        ObjectRefusal refusal;
        try
        {
            ArArchive archive = ArArchive.Parse(data);
            if (!archive.IsThin)
            {
                return archive;
            }

            refusal = new ObjectRefusal(file, ObjectFault.Thin);
        }
        catch (ObjectFormatException e)
        {
            refusal = new ObjectRefusal(file, ObjectFault.Damaged) { Damage = e };
        }

        refuse(refusal);
        return null;
    }

    /// <summary>The members of an archive that is not refused, or the file itself where it is no archive; none is read yet.</summary>
    public static IEnumerable<ObjectFile> Open(string path, ReadOnlyMemory<byte> data, Action<ObjectRefusal> refuse) =>
        !ArArchive.IsArchive(data.Span) ? [new ObjectFile(path, data)]
        : OpenArchive(path, data, refuse) is { } archive ? ObjectFile.Of(path, data, archive)
        : [];

    /// <summary>The objects in a file, one after the other, without those that are refused.</summary>
    public IEnumerable<(ObjectFile File, ElfFile Elf)> ReadAll(string path, ReadOnlyMemory<byte> data, Action<ObjectRefusal> refuse)
    {
        foreach (ObjectFile file in Open(path, data, refuse))
        {
            if (Read(file, refuse) is { } elf)
            {
                yield return (file, elf);
            }
        }
    }

    /// <summary>Reads one object; null when it is refused.</summary>
    public ElfFile? Read(in ObjectFile file, Action<ObjectRefusal> refuse)
    {
        ObjectRefusal? refusal;
        try
        {
            if (ElfFile.IsElf(file.Data.Span))
            {
                ElfFile elf = ElfFile.Parse(file.Data);
                refusal = FaultOf(file, elf);
                if (refusal is null)
                {
                    return elf;
                }
            }
            else
            {
                refusal = new ObjectRefusal(file, ObjectFault.NotElf);
            }
        }
        catch (ObjectFormatException e)
        {
            refusal = new ObjectRefusal(file, ObjectFault.Damaged) { Damage = e };
        }

        refuse(refusal);
        return null;
    }

    private ObjectRefusal? FaultOf(in ObjectFile file, ElfFile elf)
    {
        foreach (ObjectFault fault in faults)
        {
            bool isFound = fault switch
            {
                ObjectFault.NotRelocatable => elf.Type != ElfType.Relocatable,
                ObjectFault.OtherMachine => (_first ??= (file with { Data = default }, MachineKind.Of(elf))).Kind != MachineKind.Of(elf),
                ObjectFault.IntermediateCode => elf.HasLtoSections,
                ObjectFault.OnlyIntermediateCode => elf.IsSlimLto,
                _ => false,
            };
            if (isFound)
            {
                return new ObjectRefusal(file, fault) { Elf = elf, First = _first ?? default };
            }
        }

        return null;
    }
}
