using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming;

/// <summary>What objects have to agree in to be linked together.</summary>
internal readonly record struct MachineKind(ElfMachine Machine, ElfClass Class, ElfByteOrder ByteOrder)
{
    public static MachineKind Of(ElfFile file) => new(file.Machine, file.Class, file.ByteOrder);

    public override string ToString() => $"{Machine} ({Class}, {ByteOrder})";
}
