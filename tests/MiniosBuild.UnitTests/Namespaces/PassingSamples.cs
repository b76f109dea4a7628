using System.Text;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Passes;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>A folder in which objects are compiled, archived and passed.</summary>
internal sealed class PassingSamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static ArchivePass Pass(string map, PassOptions? options = null) => new(Map(map), options ?? new PassOptions());

    public static SymbolMap Map(string text) => SymbolMap.Parse(Encoding.UTF8.GetBytes(text), "names.map");

    public string File(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public string Compile(string name, string source, params string[] flags) => CompileBy("gcc", name, source, flags);

    public string CompileBy(string compiler, string name, string source, params string[] flags)
    {
        string extension = compiler == "g++" ? ".cc" : ".c";
        RealTool.Run(compiler, ["-c", "-O1", .. flags, "-o", File(name), Write(name + extension, source)]);
        return File(name);
    }

    public string Archive(string name, params string[] files) => ArchiveAs("rcsD", name, files);

    public string ArchiveAs(string operation, string name, params string[] files)
    {
        System.IO.File.Delete(File(name));
        RealTool.Run("ar", [operation, File(name), .. files]);
        return File(name);
    }

    /// <summary>objcopy of GNU or LLVM as a back end.</summary>
    public ObjcopyRewriter BackEnd(ObjcopyKind kind) =>
        new(new ToolRunner(), kind == ObjcopyKind.Gnu ? "/usr/bin/objcopy" : LlvmTool.Find("llvm-objcopy"), kind, _folder.Path);

    /// <summary>Runs objcopy of GNU or LLVM by itself, which is to end with 0.</summary>
    public static void Objcopy(ObjcopyKind kind, params string[] arguments) =>
        RealTool.Run(kind == ObjcopyKind.Gnu ? "objcopy" : LlvmTool.Find("llvm-objcopy"), arguments);

    /// <summary>Passes a file to OUTPUT in the folder.</summary>
    public string Apply(string map, string input, string output, PassOptions? options = null)
    {
        Pass(map, options).Apply(input, File(output));
        return File(output);
    }

    /// <summary>The diagnostic that a pass ends with; it must not have left anything.</summary>
    public Diagnostic Refused(string map, string input, PassOptions? options = null)
    {
        string[] before = Directory.GetFiles(_folder.Path);
        Diagnostic found = Assert.Throws<DiagnosticException>(() => Pass(map, options).Apply(input, File("refused.a"))).Diagnostic;
        Assert.Equal(before.Order(), Directory.GetFiles(_folder.Path).Order());
        return found;
    }

    /// <summary>The symbols that nm shows, as <c>type name</c>, sorted by name.</summary>
    public static IEnumerable<string> Symbols(string path) => Objects(path)
        .SelectMany(file => file.Symbols)
        .Where(symbol => !symbol.NameBytes.IsEmpty && symbol.Type is not (ElfSymbolType.Section or ElfSymbolType.File))
        .Select(symbol => $"{(symbol.IsUndefined ? "U" : symbol.IsCommon ? "C" : symbol.Binding switch { ElfSymbolBinding.Weak => "W", ElfSymbolBinding.GnuUnique => "u", ElfSymbolBinding.Local => "t", _ => "T" })} {symbol.Name}")
        .Order(StringComparer.Ordinal);

    public static IEnumerable<ElfFile> Objects(string path)
    {
        byte[] data = System.IO.File.ReadAllBytes(path);
        return ArArchive.IsArchive(data)
            ? ArArchive.Parse(data).Members.Where(member => ElfFile.IsElf(member.Data.Span)).Select(member => ElfFile.Parse(member.Data))
            : [ElfFile.Parse(data)];
    }

    /// <summary>A program's exit code.</summary>
    public static int Run(string program)
    {
        using var process = System.Diagnostics.Process.Start(program);
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose() => _folder.Dispose();
}
