namespace MiniosBuild.Toolchain.Discovery;

/// <summary>The cross toolchain of one architecture, found and checked.</summary>
/// <param name="Compiler">Absolute path of the C compiler driver.</param>
/// <param name="Linker">Absolute path of ld.</param>
/// <param name="Archiver">Absolute path of ar.</param>
/// <param name="Objcopy">Absolute path of objcopy, GNU's or LLVM's; empty when none is needed.</param>
/// <param name="CompilerVersion">The compiler's first line of <c>--version</c>.</param>
/// <param name="BinutilsVersion">ld's first line of <c>--version</c>.</param>
/// <param name="TargetMachine">What the compiler's <c>-dumpmachine</c> says, for example x86_64-linux-gnu.</param>
/// <param name="CompilerIncludeFolder">The folder of stddef.h and stdarg.h.</param>
/// <param name="CompilerRuntime">The compiler's run-time library, such as libgcc.a; empty when it has none.</param>
/// <param name="Stamp">Digest of the tools' files, their paths, times and sizes; objcopy, which makes no objects, left out.</param>
/// <param name="ObjcopyStamp">The same of objcopy.</param>
public sealed record ToolSet(
    string Compiler,
    string Linker,
    string Archiver,
    string Objcopy,
    string CompilerVersion,
    string BinutilsVersion,
    string TargetMachine,
    string CompilerIncludeFolder,
    string CompilerRuntime,
    string Stamp,
    string ObjcopyStamp)
{
    /// <summary>What tells this toolchain from another: part of the fingerprint of every step that uses it.</summary>
    public string Identity => string.Join('\n', CompilerVersion, BinutilsVersion, TargetMachine, CompilerIncludeFolder, Stamp);

    /// <summary>
    /// Options that this compiler needs for equal bytes from any folder. gcc replaces the path of a system header by its
    /// real path where that is shorter, so that debug information would depend on the length of the project's path.
    /// </summary>
    public IReadOnlyList<string> PathOptions =>
        CompilerVersion.Contains("clang", StringComparison.Ordinal) ? [] : ["-fno-canonical-system-headers"];
}
