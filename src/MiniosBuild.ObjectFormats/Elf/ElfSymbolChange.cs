namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>What happens to one symbol of .symtab.</summary>
/// <param name="Index">Its place in <see cref="ElfFile.Symbols"/>.</param>
/// <param name="NewName">Its new name without a NUL; empty when it keeps the one it has.</param>
/// <param name="MakeLocal">Whether its binding becomes local.</param>
public readonly record struct ElfSymbolChange(int Index, ReadOnlyMemory<byte> NewName, bool MakeLocal);
