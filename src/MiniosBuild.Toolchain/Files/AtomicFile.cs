using System.Text;

namespace MiniosBuild.Toolchain.Files;

/// <summary>Outputs that appear whole or not at all, and keep their time stamp when nothing changed.</summary>
public static class AtomicFile
{
    private const int BlockSize = 1 << 16;

    /// <summary>Where a tool may write before <see cref="Publish"/>: beside the target, so that a rename is enough.</summary>
    public static string TemporaryPath(string path) => path + ".tmp";

    /// <summary>Moves a finished temporary file to its place; drops it when the place holds the same bytes already.</summary>
    /// <returns>True when the file at <paramref name="path"/> changed.</returns>
    /// <exception cref="IOException">There is a device of that name.</exception>
    public static bool Publish(string temporary, string path)
    {
        RequireNoDevice(path);
        if (SameContent(temporary, path))
        {
            File.Delete(temporary);
            return false;
        }

        File.Move(temporary, path, overwrite: true);
        return true;
    }

    /// <summary>Writes bytes as a whole; leaves a file with the same bytes untouched.</summary>
    /// <returns>True when the file changed.</returns>
    /// <exception cref="IOException">There is a device of that name.</exception>
    public static bool Write(string path, ReadOnlySpan<byte> content)
    {
        RequireNoDevice(path);
        if (File.Exists(path) && new FileInfo(path).Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path)))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = TemporaryPath(path);
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
        return true;
    }

    /// <summary>Writes the temporary file of one that is there, with its access rights, for <see cref="Publish"/>.</summary>
    public static void WriteTemporary(string temporary, string path, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(temporary, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }
    }

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static bool Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Copies a file to its place as a whole; leaves a file with the same bytes untouched.</summary>
    /// <exception cref="IOException">There is a device of that name.</exception>
    public static bool Copy(string source, string path)
    {
        RequireNoDevice(path);
        if (SameContent(source, path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = TemporaryPath(path);
        File.Copy(source, temporary, overwrite: true);
        File.Move(temporary, path, overwrite: true);
        return true;
    }

    // The rename would put a file in the place of the device itself, /dev/null for example, for all of the machine.
    private static void RequireNoDevice(string path)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
        {
            throw new IOException($"{path} is a device; name a file for the output.");
        }
    }

    private static bool SameContent(string left, string right)
    {
        var rightInfo = new FileInfo(right);
        if (!rightInfo.Exists || rightInfo.Length != new FileInfo(left).Length)
        {
            return false;
        }

        using FileStream leftStream = File.OpenRead(left), rightStream = File.OpenRead(right);
        byte[] leftBlock = new byte[BlockSize], rightBlock = new byte[BlockSize];
        int read;
        do
        {
            read = leftStream.ReadAtLeast(leftBlock, BlockSize, throwOnEndOfStream: false);
            if (rightStream.ReadAtLeast(rightBlock, BlockSize, throwOnEndOfStream: false) != read || !leftBlock.AsSpan(0, read).SequenceEqual(rightBlock.AsSpan(0, read)))
            {
                return false;
            }
        }
        while (read == BlockSize);
        return true;
    }
}
