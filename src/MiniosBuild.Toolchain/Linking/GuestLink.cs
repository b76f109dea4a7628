namespace MiniosBuild.Toolchain.Linking;

/// <summary>One image to link. All paths are absolute.</summary>
/// <param name="Image">The ELF image to make.</param>
/// <param name="Map">The link map to make.</param>
/// <param name="Script">The linker script.</param>
/// <param name="EntryObject">The object that comes first.</param>
/// <param name="Objects">The guest's own objects.</param>
/// <param name="Archives">The archives of the set and the libc; they may refer to each other in any direction.</param>
/// <param name="CompilerLibraries">The compiler's run-time libraries, from which the rest takes what it lacks.</param>
/// <param name="Emulation">ld's <c>-m</c>.</param>
/// <param name="Options">More options, as they are.</param>
/// <param name="OptionFiles">The files that those options name, and those that linker scripts lead to.</param>
/// <param name="Record">The step's record.</param>
public sealed record GuestLink(
    string Image,
    string Map,
    string Script,
    string EntryObject,
    IReadOnlyList<string> Objects,
    IReadOnlyList<string> Archives,
    IReadOnlyList<string> CompilerLibraries,
    string Emulation,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> OptionFiles,
    string Record);
