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
}
