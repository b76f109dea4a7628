using System.Security.Cryptography;

namespace MiniosBuild.Toolchain.Libc;

/// <summary>A packed newlib, as the Debian package newlib-source brings one.</summary>
/// <param name="Archive">Absolute path of a tar archive, packed or not.</param>
/// <param name="Version">What its name says, for example 3.3.0.</param>
public sealed record NewlibSource(string Archive, string Version)
{
    private const string NameStart = "newlib-";
    private const string NameEnd = ".tar";

    /// <summary>SHA-256 of the archive, in hexadecimal.</summary>
    public string Digest()
    {
        using var stream = File.OpenRead(Archive);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Finds the archive to build from.</summary>
    /// <param name="chosen">The user's own choice (MiniosNewlibSource), absolute; null or empty for the newest in the folder.</param>
    /// <param name="folder">Where the package newlib-source puts its archive.</param>
    /// <exception cref="DiagnosticException">MINIOS1016.</exception>
    public static NewlibSource Find(string? chosen, string folder)
    {
        if (!string.IsNullOrEmpty(chosen))
        {
            return File.Exists(chosen) ? Of(chosen) : throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NewlibSourceNotFound, $"MiniosNewlibSource names {chosen}, and there is no such file", chosen));
        }

        var found = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{NameStart}*{NameEnd}.*").Select(Of) : [];
        return found.MaxBy(s => System.Version.TryParse(s.Version, out var version) ? version : new Version()) ?? throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.NewlibSourceNotFound,
            $"there is no newlib-*.tar.xz in {folder} to build newlib from. Install it (on Debian and Ubuntu: apt-get install newlib-source), "
            + "or set MiniosNewlibSource to such an archive, or MiniosNewlib to the folder of a newlib that is built already"));
    }

    private static NewlibSource Of(string archive)
    {
        string name = Path.GetFileName(archive);
        int start = name.StartsWith(NameStart, StringComparison.Ordinal) ? NameStart.Length : 0;
        int end = name.IndexOf(NameEnd, start, StringComparison.Ordinal);
        return new NewlibSource(archive, end > start ? name[start..end] : name[start..]);
    }
}
