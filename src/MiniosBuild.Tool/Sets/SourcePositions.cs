using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
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
        foreach (ValidatedFile file in files)
        {
            if (file.Path == path)
            {
                return file.Data;
            }

            if (path.Length > file.Path.Length + 2 && path.StartsWith(file.Path, StringComparison.Ordinal) && path[file.Path.Length] == '('
                && Member(file.Data, path[(file.Path.Length + 1)..^1]) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    // A census tells members of one name apart by the offset of their headers.
    private static ReadOnlyMemory<byte>? Member(ReadOnlyMemory<byte> archive, string called)
    {
        foreach (ArMember member in ArArchive.Parse(archive).Members)
        {
            if (called == member.Name || called == $"{member.Name}@0x{member.HeaderOffset:x}")
            {
                return member.Data;
            }
        }

        return null;
    }
}
