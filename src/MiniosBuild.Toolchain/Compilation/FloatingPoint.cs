using System.Text.RegularExpressions;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>Tells that a source has floating point in it, where a compiler may use general registers only.</summary>
public static partial class FloatingPoint
{
    /// <summary>Whether a message is about registers that the compiler may not use: what gcc says, and clang of long double.</summary>
    public static bool IsRefusal(Diagnostic diagnostic) => diagnostic.Code == ToolchainCodes.CompileError && Refusal().IsMatch(diagnostic.Message);

    /// <summary>Whether an object calls a compiler's emulation of floating point, which no library of this machine has.</summary>
    public static bool IsEmulatedIn(string file)
    {
        try
        {
            return ElfFile.Parse(File.ReadAllBytes(file)).Symbols.Any(s => s.IsUndefined && Emulation().IsMatch(s.Name));
        }
        catch (ObjectFormatException)
        {
            return false; // What is wrong with it is said where objects are read for their names.
        }
    }

    /// <summary>The options with which such a source can be compiled; null if they already are those.</summary>
    public static IReadOnlyList<string>? Allow(IReadOnlyList<string> options) => options.Contains(Architecture.GeneralRegistersOnly)
        // Handlers of events enter C on whatever stack they interrupt: vector registers are spilled to aligned places.
        ? [.. options.Where(o => o != Architecture.GeneralRegistersOnly), "-mstackrealign"]
        : null;

    [GeneratedRegex("^(SSE|x87) register (return|argument) with (SSE|x87) disabled|requires +'long double' type support")]
    private static partial Regex Refusal();

    // The names of libgcc, "Routines for floating point emulation".
    [GeneratedRegex("^__((add|sub|mul|div|neg|eq|ne|gt|ge|lt|le|cmp|unord)[sdxt]f[23]|(fix|fixuns|float|floatun|extend|trunc|powi)[sdxt][a-z]{1,5}2?)$")]
    private static partial Regex Emulation();
}
