namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>e_ident[EI_DATA]: the order of bytes in every field of the file.</summary>
public enum ElfByteOrder : byte
{
    LittleEndian = 1,
    BigEndian = 2,
}
