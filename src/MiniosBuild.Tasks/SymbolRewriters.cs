using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Passes;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tasks;

/// <summary>The values of <c>MiniosSymbolRewriter</c>.</summary>
internal static class SymbolRewriters
{
    /// <summary>The tool that a rewriter starts; null for the managed one.</summary>
    /// <exception cref="DiagnosticException">MINIOS1613.</exception>
    public static string? Tool(string name) => name switch
    {
        "managed" => null,
        "objcopy" or "llvm-objcopy" => name,
        _ => throw new DiagnosticException(Diagnostic.Error(
            TaskCodes.UnknownRewriter, $"MiniosSymbolRewriter is '{name}'; expected one of managed, objcopy, llvm-objcopy")),
    };

    /// <summary>What rewrites objects; null for the managed rewriter.</summary>
    /// <param name="name">The rewriter.</param>
    /// <param name="runner">Starts the tool.</param>
    /// <param name="objcopy">The tool's path.</param>
    /// <param name="folder">Where it may write.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DiagnosticException">MINIOS1613.</exception>
    public static IElfSymbolRewriter? BackEnd(string name, ToolRunner runner, string? objcopy, string folder, CancellationToken cancellation) => Tool(name) is not { } tool
        ? null
        : new ObjcopyRewriter(runner, objcopy!, tool == "objcopy" ? ObjcopyKind.Gnu : ObjcopyKind.Llvm, folder, cancellation);
}
