using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Questions to debug information that may be missing or damaged: there is no line then, which is no reason to say nothing of what was found.</summary>
public static class DwarfPositions
{
    /// <summary>The debug information of an object; null when it has none.</summary>
    public static DwarfReader? Open(ElfFile elf)
    {
        try
        {
            return DwarfReader.Open(elf);
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }

    /// <summary>Where a symbol is first used.</summary>
    /// <param name="reader">The debug information of the object; null when it has none.</param>
    /// <param name="symbol">The symbol's index.</param>
    /// <param name="pathMap">Folders that a build gave other names.</param>
    public static SourcePosition? UseOf(DwarfReader? reader, int symbol, IReadOnlyList<(string Recorded, string Real)> pathMap) =>
        Ask(reader, pathMap, r => r.UseOf(symbol));

    /// <summary>The answer to a question, with the real folder of its file.</summary>
    public static SourcePosition? Ask(
        DwarfReader? reader, IReadOnlyList<(string Recorded, string Real)> pathMap, Func<DwarfReader, SourcePosition?> question)
    {
        try
        {
            return reader is not null && question(reader) is { } found ? found with { File = RecordedPath.Real(found.File, pathMap) } : null;
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }
}
