using MiniosBuild.Toolchain.Compilation;

namespace MiniosBuild.Tasks;

/// <summary>Tells what floating point needs, where a compiler says only which registers it may not use.</summary>
internal static class FloatingPointHint
{
    /// <summary>The diagnostic with the hint, if it is about such registers; else itself.</summary>
    public static Diagnostic Of(Diagnostic diagnostic) => FloatingPoint.IsRefusal(diagnostic)
        ? diagnostic with { Message = $"{diagnostic.Message}; a guest's own sources may use floating point with MiniosFloatingPoint, the kernel's may not" }
        : diagnostic;
}
