using System.Buffers.Binary;
using System.IO.Compression;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Toolchain.Running;

/// <summary>Looks at a guest's file before a machine is started for it.</summary>
public static class GuestImage
{
    // ELF gABI, "ELF Identification"; RFC 1952, 2.3.1. The hypervisor unpacks a gzip image by itself.
    private static ReadOnlySpan<byte> ElfMagic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    // Up to the end of e_machine (ELF gABI, "ELF Header").
    private const int StartLength = 20;

    /// <summary>Refuses a file that cannot be a guest, and gives the architecture that it is for.</summary>
    /// <exception cref="DiagnosticException">MINIOS1712: it cannot be read; MINIOS1716: it is something else.</exception>
    internal static Architecture Check(string path)
    {
        byte[] start = Read(path);
        if (!IsElf(start) && !IsGzip(start))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NotAGuestImage,
                $"this is not a guest image: expected an ELF file (7f 45 4c 46) or one packed with gzip (1f 8b), found {Describe(start)}. Name the image that the build left in the output folder",
                path));
        }

        return Architecture.Of(MachineOf(IsGzip(start) ? Unpacked(path) : start));
    }

    internal static bool IsElf(ReadOnlySpan<byte> start) => start.StartsWith(ElfMagic);

    internal static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith(GzipMagic);

    /// <summary>The first bytes for a message, in hexadecimal.</summary>
    internal static string Describe(ReadOnlySpan<byte> start) =>
        start.IsEmpty ? "an empty file" : BitConverter.ToString(start[..Math.Min(4, start.Length)].ToArray()).Replace('-', ' ').ToLowerInvariant();

    /// <summary>xl's type for an image: pvh or pv. What is damaged counts as pv; Xen tells more about it.</summary>
    /// <param name="path">An ELF image, or one packed with gzip.</param>
    public static string TypeOf(string path)
    {
        try
        {
            byte[] image = File.ReadAllBytes(path);
            if (IsGzip(image))
            {
                using GZipStream packed = new(new MemoryStream(image), CompressionMode.Decompress);
                using MemoryStream unpacked = new();
                packed.CopyTo(unpacked);
                image = unpacked.ToArray();
            }

            return XenNotes.IsPvhOnly(ElfFile.Parse(image)) ? "pvh" : "pv";
        }
        catch (Exception e) when (e is ObjectFormatException or InvalidDataException)
        {
            return "pv";
        }
    }

    private static ElfMachine MachineOf(ReadOnlySpan<byte> start) =>
        IsElf(start) && start.Length == StartLength ? (ElfMachine)BinaryPrimitives.ReadUInt16LittleEndian(start[^sizeof(ushort)..]) : ElfMachine.None;

    private static byte[] StartOf(Stream file)
    {
        byte[] start = new byte[StartLength];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    private static byte[] Unpacked(string path)
    {
        try
        {
            using GZipStream packed = new(File.OpenRead(path), CompressionMode.Decompress);
            return StartOf(packed);
        }
        catch (InvalidDataException)
        {
            return []; // The hypervisor, which unpacks it, tells more.
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return StartOf(file);
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
