namespace MiniosBuild.Toolchain.Discovery;

/// <summary>A machine that a guest can be built for.</summary>
/// <param name="Name">The name in <c>MiniosArch</c>, for example x86_64.</param>
/// <param name="Family">The folder under arch/ and include/, for example x86.</param>
/// <param name="MachinePrefix">How the compiler's <c>-dumpmachine</c> must begin.</param>
/// <param name="LinkerEmulation">ld's <c>-m</c>.</param>
public sealed record Architecture(string Name, string Family, string MachinePrefix, string LinkerEmulation)
{
    private static readonly Architecture[] s_known = [new("x86_64", "x86", "x86_64-", "elf_x86_64")];

    /// <summary>Finds an architecture by its <c>MiniosArch</c> name.</summary>
    /// <exception cref="DiagnosticException">MINIOS1006.</exception>
    public static Architecture Named(string name) =>
        s_known.FirstOrDefault(a => a.Name == name) ?? throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.UnknownArchitecture,
            $"MiniosArch is '{name}'; this version builds for {string.Join(", ", s_known.Select(a => a.Name))}"));
}
