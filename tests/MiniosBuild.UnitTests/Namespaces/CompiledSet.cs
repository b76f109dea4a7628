using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Objects compiled by the machine's gcc, in a folder of their own, and the symbol pass of the build on them.</summary>
internal sealed class CompiledSet : IDisposable
{
    private static readonly string[] Flags =
    [
        "-c", "-O1", "-std=gnu11", "-ffreestanding", "-fno-common", "-fno-pie", "-fno-pic", "-fno-stack-protector",
        "-fno-asynchronous-unwind-tables", "-fcf-protection=none", "-fno-inline",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Library, string Path)> _objects = [];

    public string Folder => _folder.Path;

    /// <summary>Compiles C as <c>NAME.o</c> of a library and returns the object's path.</summary>
    public string AddC(string library, string name, string source, params string[] flags) => Compile(library, name, ".c", source, flags);

    /// <summary>The same for assembly.</summary>
    public string AddAssembly(string library, string name, string source) => Compile(library, name, ".S", source, []);

    public void Forget(string path) => _objects.RemoveAll(entry => entry.Path == path);

    public IReadOnlyList<CensusInput> Inputs() => [.. _objects.Select(entry => new CensusInput(entry.Library, entry.Path, File.ReadAllBytes(entry.Path)))];

    public NamespacePlan Plan(NamespacePolicy? policy = null, PublicDeclarations? declarations = null, LibcMode libc = LibcMode.Stub, IReadOnlySet<string>? needs = null, SpelledNames? spelled = null) =>
        NamespacePlanner.Plan(policy ?? BuiltInPolicy.Minios, SymbolCensus.Read(Inputs()), declarations ?? PublicDeclarations.Empty, libc, needs, spelled);

    /// <summary>Renames and makes local, with the pass of the build.</summary>
    public void Apply(NamespacePlan plan)
    {
        var pass = new ArchivePass(SymbolMap.Of(plan), new PassOptions());
        foreach ((_, string path) in _objects)
        {
            pass.Apply(path, path);
        }
    }

    /// <summary>One archive for each library, in the order of their names.</summary>
    public IReadOnlyList<ValidatedFile> Archive()
    {
        var archives = new List<ValidatedFile>();
        foreach (var library in _objects.GroupBy(entry => entry.Library).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string path = _folder.File($"libminios-{library.Key}.a");
            File.Delete(path);
            RealTool.Run("ar", ["rcsD", path, .. library.Select(entry => entry.Path)]);
            archives.Add(new ValidatedFile(library.Key, path, File.ReadAllBytes(path)));
        }

        return archives;
    }

    /// <summary>What a header's text declares, by the real preprocessor.</summary>
    public PublicDeclarations Declare(string header)
    {
        string path = _folder.Write("public.h", header);
        return PublicDeclarations.Scan(RealTool.Run("gcc", "-E", "-ffreestanding", path), file => file == path);
    }

    public void Dispose() => _folder.Dispose();

    private string Compile(string library, string name, string extension, string source, string[] flags)
    {
        string path = _folder.File(name + ".o");
        RealTool.Run("gcc", [.. Flags, .. flags, "-o", path, _folder.Write(name + extension, source)]);
        _objects.Add((library, path));
        return path;
    }
}
