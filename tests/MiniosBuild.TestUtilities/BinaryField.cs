namespace MiniosBuild.TestUtilities;

/// <summary>One field of a file that a test writer made.</summary>
/// <param name="Name">The name of the format, with its structure: <c>Ehdr.e_shoff</c>, <c>Shdr[2].sh_size</c>, <c>ar_hdr[1].ar_size</c>.</param>
/// <param name="Offset">In bytes from the start of the file.</param>
/// <param name="Width">In bytes.</param>
/// <param name="Kind">How a number is stored in it.</param>
public sealed record BinaryField(string Name, int Offset, int Width, BinaryFieldKind Kind);
