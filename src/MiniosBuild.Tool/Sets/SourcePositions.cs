using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Tool.Reports;

namespace MiniosBuild.Tool.Sets;

/// <summary>Where the sources define or use a name, by the debug information of the objects that a census names.</summary>
internal sealed class SourcePositions(IReadOnlyList<ValidatedFile> files)
{
    /// <summary>The place where an object defines or first uses a name; null when its debug information does not say.</summary>
    /// <param name="path">What the census calls the object.</param>
    /// <param name="name">The symbol's name.</param>
    public SourcePosition? Of(string path, string name)
    {
        // Damaged debug information is no reason to say nothing of the name.
        try
        {
            return Find(path) is { } data && ElfFile.Parse(data) is var elf && DwarfReader.Open(elf) is { } reader && Of(elf, reader, name) is { } position
                ? position with { File = ReportedPlace.Plain(position.File) }
                : null;
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }

    private static SourcePosition? Of(ElfFile elf, DwarfReader reader, string name)
    {
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.IsGlobal && symbol.Name == name)
            {
                return symbol.IsUndefined ? reader.UseOf(symbol.Index) : reader.DeclarationOf(symbol);
            }
        }

        return null;
    }

    private ReadOnlyMemory<byte>? Find(string path)
    {
        foreach (ValidatedFile file in files.Where(file => path.StartsWith(file.Path, StringComparison.Ordinal)))
        {
            ArArchive? archive = ArArchive.IsArchive(file.Data.Span) ? ArArchive.Parse(file.Data) : null;
            foreach (ObjectFile source in ObjectFile.Of(file.Path, file.Data, archive))
            {
                if (source.Name == path)
                {
                    return source.Data;
                }
            }
        }

        return null;
    }
}
