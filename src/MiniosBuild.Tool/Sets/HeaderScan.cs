using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Sets;

/// <summary>Lists what the public headers in some folders declare, with one run of a compiler's preprocessor.</summary>
/// <param name="compiler">Its name or path; null for gcc.</param>
/// <param name="options">Options for it: definitions, include folders.</param>
internal sealed class HeaderScan(string? compiler, IReadOnlyList<string> options)
{
    /// <summary>Scans every header below the folders, and the headers that are named themselves.</summary>
    /// <exception cref="DiagnosticException">MINIOS1804 nothing to scan, 1001 no compiler, 11xx what the preprocessor says.</exception>
    public PublicDeclarations Scan(IReadOnlyList<string> foldersAndFiles, CancellationToken cancellation)
    {
        // The names of the user for messages, real paths to know the files again in line markers.
        var real = new RealPath();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string header in foldersAndFiles.SelectMany(HeadersOf))
        {
            names.TryAdd(real.Of(Path.GetFullPath(header)), header);
        }

        string folder = Environment.CurrentDirectory;
        string program = new ToolLocator(Environment.GetEnvironmentVariable("PATH") ?? "", null, null, folder).Find(compiler, "gcc", "--cc", "gcc");
        IEnumerable<string> includes = foldersAndFiles.Where(Directory.Exists).SelectMany(path => new[] { "-isystem", Path.GetFullPath(path) });
        using var scratch = new ScratchFolder();
        (string text, _) = new Preprocessor(new ToolRunner(), program, folder).Run(
            [.. names.Values.Select(Path.GetFullPath).Order(StringComparer.Ordinal)],
            Path.Combine(scratch.Path, "headers.c"), [.. options, .. includes], cancellation);
        return PublicDeclarations.Scan(text, file => names.GetValueOrDefault(real.Of(file)));
    }

    private static IEnumerable<string> HeadersOf(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        string[] found = Directory.Exists(path) ? Directory.GetFiles(path, "*.h", SearchOption.AllDirectories) : [];
        return found.Length > 0 ? found : throw new DiagnosticException(Diagnostic.Error(
            ToolCodes.NoHeaders, "there is no header here (*.h); name the folder or the files of the public headers, or leave --headers out", path));
    }
}
