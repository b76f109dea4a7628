using System.Text.RegularExpressions;
using MiniosBuild.Toolchain;

namespace MiniosBuild.Tasks;

/// <summary>Tells what floating point needs, where a compiler says only which registers it may not use.</summary>
internal static class FloatingPointHint
{
    // What gcc says, and clang of long double.
    private const string Registers = "^(SSE|x87) register (return|argument) with (SSE|x87) disabled|requires +'long double' type support";

    /// <summary>The diagnostic with the hint, if it is about such registers; else itself.</summary>
    public static Diagnostic Of(Diagnostic diagnostic) => diagnostic.Code == ToolchainCodes.CompileError && Regex.IsMatch(diagnostic.Message, Registers)
        ? diagnostic with { Message = $"{diagnostic.Message}; a guest's own sources may use floating point with MiniosFloatingPoint, the kernel's may not" }
        : diagnostic;
}
