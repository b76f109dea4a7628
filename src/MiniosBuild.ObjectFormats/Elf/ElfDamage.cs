namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The refusal of a field whose value no sound file has.</summary>
internal static class ElfDamage
{
    public static ObjectFormatException At(string code, long offset, string what) =>
        new(code, offset, what + "; the file is damaged: make it again");
}
