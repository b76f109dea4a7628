namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>p_flags. Bits outside the names are kept as they are.</summary>
[Flags]
public enum ElfSegmentFlags : uint
{
    None = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
}
