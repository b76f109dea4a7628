using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>An object with debug information, and what the reader says of its symbols.</summary>
internal sealed class DwarfObject
{
    private readonly DwarfReader? _reader;

    public DwarfObject(string path)
    {
        Path = path;
        Elf = ElfFile.Parse(File.ReadAllBytes(path));
        _reader = DwarfReader.Open(Elf);
    }

    public string Path { get; }

    public ElfFile Elf { get; }

    public DwarfReader Reader => _reader ?? throw new InvalidOperationException($"{Path} has no debug information");

    public bool HasReader => _reader is not null;

    /// <summary>Compiles a source in the folder; the object's name is the source's with .o.</summary>
    public static DwarfObject Compile(TemporaryFolder folder, string compiler, string name, string source, params IEnumerable<string> options)
    {
        string path = folder.File(name + ".o");
        RealTool.Run(compiler.StartsWith("clang", StringComparison.Ordinal) ? LlvmTool.Find(compiler) : compiler,
            [.. options, "-c", "-o", path, folder.Write(name, source)]);
        return new DwarfObject(path);
    }

    public ElfSymbol Symbol(string name) => Assert.Single(Elf.Symbols, symbol => symbol.Name == name);

    public SourcePosition? DeclarationOf(string name) => Reader.DeclarationOf(Symbol(name));

    public SourcePosition? UseOf(string name) => Reader.UseOf(Symbol(name).Index);

    /// <summary>The symbols that a compiler makes of names in a source: no sections, files, mapping symbols, labels or helpers of its own.</summary>
    public IEnumerable<ElfSymbol> SourceSymbols() => Elf.Symbols.Where(symbol => symbol.Type is ElfSymbolType.Func or ElfSymbolType.Object or ElfSymbolType.Tls
        && symbol.Name.Length > 0 && !symbol.Name.StartsWith('.') && !symbol.Name.StartsWith('$') && !symbol.Name.StartsWith("__x86.", StringComparison.Ordinal));
}
