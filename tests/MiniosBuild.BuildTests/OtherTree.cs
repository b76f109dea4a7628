namespace MiniosBuild.BuildTests;

/// <summary>A small tree of a shape that is not the reference tree's, and a record of what it looked like.</summary>
internal sealed class OtherTree : IDisposable
{
    public OtherTree(string folder, IReadOnlyDictionary<string, string> files)
    {
        Folder = folder;
        foreach (var (name, text) in files)
        {
            Write(name, text);
        }
    }

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Takes the permission to write from every file and folder. Root may write all the same: compare listings too.</summary>
    public void MakeReadOnly() => SetMode(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, UnixFileMode.None);

    /// <summary>A line for each entry: path, mode, time of the last change, size or target. A folder's time tells what came and went in it.</summary>
    public IReadOnlyList<string> Listing() =>
        [.. Entries().Select(e => $"{e.FullName} {e.UnixFileMode} {e.LastWriteTimeUtc.Ticks} {(e as FileInfo)?.Length} {e.LinkTarget}").Order(StringComparer.Ordinal)];

    public void Dispose() => SetMode(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserWrite);

    private void SetMode(UnixFileMode mode, UnixFileMode folders)
    {
        foreach (var entry in Entries().Where(e => e.LinkTarget is null))
        {
            entry.UnixFileMode = entry is DirectoryInfo
                ? folders | UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
                : mode;
        }
    }

    // Links are listed and not followed: a tree may have one to itself.
    private IEnumerable<FileSystemInfo> Entries() => new DirectoryInfo(Folder)
        .EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 })
        .SelectMany(Below).Prepend(new DirectoryInfo(Folder)).ToList();

    private static IEnumerable<FileSystemInfo> Below(FileSystemInfo entry) => entry is DirectoryInfo { LinkTarget: null } folder
        ? folder.EnumerateFileSystemInfos().SelectMany(Below).Prepend(entry)
        : [entry];
}
