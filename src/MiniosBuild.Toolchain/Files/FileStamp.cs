using System.Collections.Concurrent;
using System.Globalization;

namespace MiniosBuild.Toolchain.Files;

/// <summary>What tells that a file may have changed: its time of last write and its size; (0, -1) when it is missing.</summary>
/// <param name="Ticks">Last write in UTC, in units of 100 ns since 0001-01-01.</param>
/// <param name="Size">Length in bytes.</param>
public readonly record struct FileStamp(long Ticks, long Size)
{
    /// <summary>The stamp of a file that is not there; matches no file that is.</summary>
    public static FileStamp Missing => new(0, -1);

    public static FileStamp Of(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new(info.LastWriteTimeUtc.Ticks, info.Length) : Missing;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks} {Size}");
}

/// <summary>Asks the file system once for each file during one round of up-to-date checks.</summary>
public sealed class FileStampCache
{
    private readonly ConcurrentDictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);

    public FileStamp this[string path] => _stamps.GetOrAdd(path, FileStamp.Of);
}
