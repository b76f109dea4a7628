using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.DomU;

/// <summary>
/// Debian's own kernel, which can be an initial domain, with the modules that a dom0 of tests needs. It is downloaded once
/// per machine, into the user's cache folder; remove the folder to get a newer one.
/// </summary>
internal static class Dom0Kernel
{
    private static readonly string[] Modules =
    [
        "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xen-privcmd", "xenfs", "xen-blkback", "xen-netback", "loop",
        "virtio_pci", "9pnet_virtio", "9p",
    ];

    /// <summary>The folder of the kernel: <c>vmlinux</c>, and modules that load in the order of their names.</summary>
    public static string Find()
    {
        string cache = Path.Combine(CacheFolder(), "dom0-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', Modules))))[..8]);
        Directory.CreateDirectory(cache);
        return Newest(cache) ?? Make(cache);
    }

    private static string CacheFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "miniosbuild");

    private static string? Newest(string cache) =>
        new DirectoryInfo(cache).GetDirectories("linux-image-*").MaxBy(d => d.LastWriteTimeUtc)?.FullName;

    private static string Make(string cache)
    {
        // Beside its final place, so that the last step is a rename.
        string work = Path.Combine(cache, ".new-" + Path.GetRandomFileName());
        try
        {
            string unpacked = Path.Combine(work, "unpacked"), kernel = Path.Combine(work, "kernel");
            Directory.CreateDirectory(unpacked);
            Directory.CreateDirectory(kernel);
            string name = DebianPackage.UnpackNewest("linux-image-amd64", unpacked);
            UnpackKernel(Directory.GetFiles(Path.Combine(unpacked, "boot"), "vmlinuz-*").Single(), Path.Combine(kernel, "vmlinux"));
            int order = 10;
            foreach (string module in KernelModules.InLoadOrder(unpacked, Modules))
            {
                File.Move(module, Path.Combine(kernel, $"{order++}-{Path.GetFileName(module)}"));
            }

            string target = Path.Combine(cache, name);
            try
            {
                Directory.Move(kernel, target);
            }
            catch (IOException) when (Directory.Exists(target))
            {
                // Another run of the tests was faster.
            }

            return target;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>
    /// Takes the compressed ELF image out of a bzImage, since the hypervisor would need long to do it in an emulator
    /// (Linux, Documentation/arch/x86/boot.rst: setup_sects, payload_offset, payload_length).
    /// </summary>
    private static void UnpackKernel(string bzImage, string vmlinux)
    {
        ReadOnlySpan<byte> image = File.ReadAllBytes(bzImage);
        int start = (image[0x1f1] + 1) * 512 + BinaryPrimitives.ReadInt32LittleEndian(image[0x248..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(image[0x24c..]);

        // After the compressed data stands the size of what is in it.
        var payload = image[start..(start + length - sizeof(int))];
        (string suffix, string[] tool) = BinaryPrimitives.ReadUInt32BigEndian(payload) switch
        {
            0xfd377a58 => (".xz", new[] { "xz", "-d" }),
            0x28b52ffd => (".zst", new[] { "zstd", "-q", "-d", "--rm" }),
            uint other => throw new InvalidDataException($"The payload of {Path.GetFileName(bzImage)} begins with {other:x8}; expected xz or zstd."),
        };
        File.WriteAllBytes(vmlinux + suffix, payload);
        RealTool.Run(tool[0], [.. tool[1..], vmlinux + suffix]);
    }
}
