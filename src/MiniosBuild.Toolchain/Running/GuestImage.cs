namespace MiniosBuild.Toolchain.Running;

/// <summary>Checks a guest's file before a machine is started for it.</summary>
internal static class GuestImage
{
    // ELF gABI, "ELF Identification"; RFC 1952, 2.3.1. The hypervisor unpacks a gzip image by itself.
    private static ReadOnlySpan<byte> ElfMagic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Refuses a file that cannot be a guest.</summary>
    /// <exception cref="DiagnosticException">MINIOS1712: it cannot be read; MINIOS1716: it is something else.</exception>
    public static void Check(string path)
    {
        byte[] start = Read(path);
        if (!IsElf(start) && !IsGzip(start))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NotAGuestImage,
                $"this is not a guest image: expected an ELF file (7f 45 4c 46) or one packed with gzip (1f 8b), found {Describe(start)}. Name the image that the build left in the output folder",
                path));
        }
    }

    public static bool IsElf(ReadOnlySpan<byte> start) => start.StartsWith(ElfMagic);

    public static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith(GzipMagic);

    /// <summary>The first bytes for a message, in hexadecimal.</summary>
    public static string Describe(ReadOnlySpan<byte> start) =>
        start.IsEmpty ? "an empty file" : BitConverter.ToString(start[..Math.Min(4, start.Length)].ToArray()).Replace('-', ' ').ToLowerInvariant();

    private static byte[] Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            byte[] start = new byte[4];
            return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = e is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist"
                : Directory.Exists(path) ? "it is a folder"
                : e.Message;
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.GuestImageNotFound, $"cannot read the guest image: {why}. Build the guest first, or correct the path", path), e);
        }
    }
}
