using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The objects and archives that the compiler and the C libraries have put on this machine.</summary>
internal static class MachineFiles
{
    /// <summary>gcc's own, glibc's (libc6-dev) and musl's (musl-dev).</summary>
    private static readonly string[] s_folders = ["/usr/lib/gcc", "/usr/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-musl"];

    public static IEnumerable<string> All() =>
        from folder in s_folders
        from pattern in (string[])["*.a", "*.o"]
        from path in Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
        where IsBinary(path)
        orderby path
        select path;

    /// <summary>Some files named so are linker scripts or empty.</summary>
    private static bool IsBinary(string path)
    {
        Span<byte> start = stackalloc byte[8];
        using FileStream file = File.OpenRead(path);
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return ArArchive.IsArchive(start[..length]) || ElfFile.IsElf(start[..length]);
    }
}
