using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Running;

/// <summary>Finds the hypervisor and unpacks it, once: QEMU loads a multiboot image only as it is, not packed.</summary>
/// <param name="bootFolder">Where distributions install hypervisors.</param>
/// <param name="cacheFolder">Where unpacked ones are kept; made when it is missing. Null to keep none.</param>
/// <param name="architecture">Of the guest.</param>
internal sealed partial class HypervisorImage(string bootFolder, string? cacheFolder, Architecture architecture)
{
    /// <summary>The hypervisor of the user's choice, or the newest in the boot folder.</summary>
    /// <param name="chosen">Absolute path, or null.</param>
    /// <exception cref="DiagnosticException">MINIOS1711.</exception>
    public string Find(string? chosen)
    {
        if (chosen is not null)
        {
            return File.Exists(chosen) ? chosen : throw Missing("the hypervisor does not exist. Correct the path, or leave it out for the newest one installed", chosen);
        }

        string[] installed = Directory.Exists(bootFolder) ? Directory.GetFiles(bootFolder, "xen*.gz") : [];
        return installed.Where(architecture.MayBeHypervisor).OrderBy(VersionOf).ThenBy(p => p, StringComparer.Ordinal).LastOrDefault()
            ?? throw Missing(
                $"no hypervisor was found: there is no xen*.gz for {architecture.Name} in {bootFolder}. Install it (on Debian 12: apt-get install xen-hypervisor-4.17-{architecture.DebianName}) or name one with --xen");
    }

    /// <summary>An unpacked image of a hypervisor: itself, or a file in the cache.</summary>
    /// <param name="path">Absolute path of the hypervisor, packed or not.</param>
    /// <param name="fallbackFolder">Where it goes when the cache cannot be written.</param>
    /// <exception cref="DiagnosticException">MINIOS1711: it is damaged, or not a hypervisor.</exception>
    public string Unpacked(string path, string fallbackFolder)
    {
        using var packed = Open(path);
        byte[] start = new byte[4];
        start = start[..packed.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (GuestImage.IsElf(start))
        {
            return path;
        }

        if (!GuestImage.IsGzip(start))
        {
            throw NotOne(path, GuestImage.Describe(start));
        }

        string name = $"{Path.GetFileNameWithoutExtension(path)}-{Fingerprint.Of([path, FileStamp.Of(path).ToString()])[..16]}";
        string? cached = cacheFolder is null ? null : Path.Combine(cacheFolder, name);
        if (File.Exists(cached))
        {
            return cached;
        }

        packed.Position = 0;
        byte[] content = Unpack(packed, path);
        if (cached is not null && TryWrite(cached, content))
        {
            return cached;
        }

        string here = Path.Combine(fallbackFolder, name);
        File.WriteAllBytes(here, content);
        return here;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Missing($"cannot read the hypervisor: {e.Message}. Make it readable, or name a copy with --xen", path, e);
        }
    }

    private static bool TryWrite(string path, byte[] content)
    {
        try
        {
            AtomicFile.Write(path, content);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static byte[] Unpack(Stream packed, string path)
    {
        using var content = new MemoryStream();
        try
        {
            using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
            unpacking.CopyTo(content);
        }
        catch (InvalidDataException e)
        {
            throw Missing($"the hypervisor is a damaged gzip file: {e.Message}. Install it again", path, e);
        }

        byte[] bytes = content.ToArray();
        return GuestImage.IsElf(bytes) ? bytes : throw NotOne(path, $"gzip around {GuestImage.Describe(bytes)}");
    }

    // "xen-4.17-amd64.gz", "xen-4.17.1_02.gz"; "xen.gz" counts as the oldest.
    private static Version VersionOf(string path)
    {
        var match = VersionNumber().Match(Path.GetFileName(path));
        return match.Success ? new Version(Number(1), Number(2), Number(3)) : new Version(0, 0, 0);

        int Number(int group) => int.TryParse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out int value) ? value : 0;
    }

    private static DiagnosticException NotOne(string path, string found) => Missing(
        $"this is not a hypervisor that QEMU can load: expected an ELF file (7f 45 4c 46) or one packed with gzip (1f 8b), found {found}", path);

    private static DiagnosticException Missing(string message, string? file = null, Exception? inner = null) =>
        new(Diagnostic.Error(ToolchainCodes.HypervisorNotFound, message, file), inner);

    [GeneratedRegex(@"^xen-(\d+)\.(\d+)(?:\.(\d+))?")]
    private static partial Regex VersionNumber();
}
