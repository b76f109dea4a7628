using System.Collections.Concurrent;

namespace MiniosBuild.Toolchain.Files;

/// <summary>Asks the file system once for each file during one round of up-to-date checks.</summary>
public sealed class FileStampCache
{
    private readonly ConcurrentDictionary<string, FileStamp> _stamps = new(StringComparer.Ordinal);

    public FileStamp this[string path] => _stamps.GetOrAdd(path, FileStamp.Of);
}
