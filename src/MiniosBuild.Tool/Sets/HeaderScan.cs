using MiniosBuild.Namespaces;
using MiniosBuild.Tool.Headers;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Sets;

/// <summary>Lists what public headers declare, with one run of a compiler's preprocessor.</summary>
/// <param name="compiler">The path of the compiler.</param>
/// <param name="options">Options for it: definitions, include folders.</param>
internal sealed class HeaderScan(string compiler, IReadOnlyList<string> options)
{
    /// <exception cref="DiagnosticException">11xx what the preprocessor says.</exception>
    public PublicDeclarations Scan(PublicHeaders headers, CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        (string text, _) = new Preprocessor(new ToolRunner(), compiler, Environment.CurrentDirectory).Run(
            [.. headers.All.Select(header => header.File).Order(StringComparer.Ordinal)],
            Path.Combine(scratch.Path, "headers.c"), [.. options, .. headers.IncludeOptions(scratch.Path)], cancellation);
        return PublicDeclarations.Scan(text, file => headers.NameOf(file));
    }
}
