using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Benchmarks.Inputs;

/// <summary>What is measured: libraries of the machine, and archives made for it.</summary>
internal sealed class InputList(BenchmarkOptions options, string folder, TextWriter output)
{
    private const int Million = 1_000_000;

    public IEnumerable<BenchmarkInput> All()
    {
        foreach ((string name, Func<IReadOnlyList<string>?> archives, string package) in Libraries())
        {
            if (!options.Takes(name))
            {
                continue;
            }

            if (archives() is { Count: > 0 } paths)
            {
                yield return new BenchmarkInput(name, paths);
            }
            else
            {
                output.WriteLine($"left out: {name}; install {package}");
            }
        }

        foreach (int symbols in options.Quick ? [Million / 16, Million / 8] : new[] { Million / 4, Million / 2, Million })
        {
            string name = $"made, {symbols:n0} symbols";
            if (options.Takes(name))
            {
                yield return new BenchmarkInput(name, [Make(symbols)]);
            }
        }
    }

    private IEnumerable<(string Name, Func<IReadOnlyList<string>?> Archives, string Package)> Libraries()
    {
        yield return ("glibc libc.a", () => Existing("/usr/lib/x86_64-linux-gnu/libc.a"), "libc6-dev");
        yield return ("musl libc.a", () => Existing("/usr/lib/x86_64-linux-musl/libc.a"), "musl-dev");
        if (!options.Quick)
        {
            yield return ("llvm-14-dev, all .a", () => Folder("/usr/lib/llvm-14/lib"), "llvm-14-dev");
        }
    }

    private static string[]? Existing(string path) => File.Exists(path) ? [path] : null;

    /// <summary>All archives of the folder that hold objects.</summary>
    private static string[]? Folder(string path) =>
        !Directory.Exists(path) ? null : [.. Directory.GetFiles(path, "*.a").Where(HasObjects).Order(StringComparer.Ordinal)];

    private static bool HasObjects(string path) => ArArchive.Parse(File.ReadAllBytes(path)) is { IsThin: false, Members.Count: > 0 };

    private string Make(int symbols)
    {
        string path = Path.Combine(folder, $"made-{symbols}.a");
        if (!File.Exists(path))
        {
            using FileStream file = File.Create(path);
            (MadeArchive.Million with { Members = symbols / MadeArchive.Million.SymbolsPerMember }).WriteTo(file);
        }

        return path;
    }
}
