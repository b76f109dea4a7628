using System.Text.RegularExpressions;
using MiniosBuild.Toolchain;

namespace MiniosBuild.Tasks;

/// <summary>Tells what floating point needs, where a compiler says only which registers it may not use.</summary>
internal static partial class FloatingPointHint
{
    /// <summary>The diagnostic with the hint, if it is about such registers; else itself.</summary>
    public static Diagnostic Of(Diagnostic diagnostic) => diagnostic.Code == ToolchainCodes.CompileError && Registers().IsMatch(diagnostic.Message)
        ? diagnostic with { Message = $"{diagnostic.Message}; a guest's own sources may use floating point with MiniosFloatingPoint, the kernel's may not" }
        : diagnostic;

    // What gcc says, and clang of long double.
    [GeneratedRegex("^(SSE|x87) register (return|argument) with (SSE|x87) disabled|requires +'long double' type support")]
    private static partial Regex Registers();
}
