namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The refusal of debug information that cannot be read.</summary>
internal static class DwarfDamage
{
    /// <summary>A refusal whose offset is where <paramref name="position"/> of the section lies in the file; of a compressed one, where the section does.</summary>
    public static ObjectFormatException At(string code, DwarfSection section, long position, string what) =>
        new(code, section.FileOffset + (section.IsUnpacked ? 0 : position),
            $"0x{position:x} of {section.Name}{(section.IsUnpacked ? " (decompressed)" : "")}: {what}; compile the source again, or without -g");
}
