using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming;

/// <summary>An object that was read and laid out anew.</summary>
/// <param name="Before">The object as it was.</param>
/// <param name="Changes">What happens to its symbols.</param>
/// <param name="Rewrite">What is to be written.</param>
/// <param name="IsChanged">Whether that differs from the object as it was.</param>
internal sealed record PreparedObject(ElfFile Before, ElfSymbolChange[] Changes, ElfRewrite Rewrite, bool IsChanged);
