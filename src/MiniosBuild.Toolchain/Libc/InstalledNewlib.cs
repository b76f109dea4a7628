namespace MiniosBuild.Toolchain.Libc;

/// <summary>A newlib as it lies in a folder, built here or brought by the user.</summary>
/// <param name="HeaderFolder">Its headers.</param>
/// <param name="Archives">Its archives, in the order in which they are linked.</param>
public sealed record InstalledNewlib(string HeaderFolder, IReadOnlyList<string> Archives)
{
    /// <summary>Checks a folder and says what is in it.</summary>
    /// <exception cref="DiagnosticException">MINIOS1015.</exception>
    public static InstalledNewlib In(string folder)
    {
        string headers = Path.Combine(folder, "include"), libc = Path.Combine(folder, "lib", "libc.a"), libm = Path.Combine(folder, "lib", "libm.a");
        string? missing = !File.Exists(Path.Combine(headers, "newlib.h")) ? "include/newlib.h" : !File.Exists(libc) ? "lib/libc.a" : null;
        if (missing is not null)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NotANewlib, $"MiniosNewlib names {folder}, where there is no {missing}; it must be a folder with newlib's include/ and lib/", folder));
        }

        return new InstalledNewlib(headers, File.Exists(libm) ? [libm, libc] : [libc]);
    }
}
