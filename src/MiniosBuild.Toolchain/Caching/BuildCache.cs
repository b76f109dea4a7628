namespace MiniosBuild.Toolchain.Caching;

/// <summary>
/// Folders that are made once for a machine and used by any number of projects. One is made under another name and
/// renamed when it is complete, so that it is whole or not there whenever a build is killed.
/// </summary>
/// <param name="folder">Absolute path; made if it is not there.</param>
public sealed class BuildCache(string folder)
{
    /// <summary>Absolute path.</summary>
    public string Folder => folder;

    /// <summary>What is made for an entry, in a folder that is empty at first.</summary>
    /// <param name="workFolder">Where to work; removed afterwards.</param>
    /// <param name="log">The file that what went wrong belongs in. It is there afterwards only if the work failed.</param>
    /// <returns>The folder, below the work folder, that becomes the entry.</returns>
    public delegate string Work(string workFolder, string log);

    /// <summary>Gives an entry's folder, after making it if it is not there or not whole.</summary>
    /// <param name="name">Names the entry and everything that it depends on.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="tell">Takes lines for the user.</param>
    /// <param name="cancellation">Ends a wait for another build.</param>
    /// <exception cref="DiagnosticException">MINIOS1019: the cache cannot be written to; and what the work throws.</exception>
    public string Entry(string name, Work make, Action<string> tell, CancellationToken cancellation)
    {
        string entry = Path.Combine(folder, name);
        if (Directory.Exists(entry) && CacheStamp.WhyDamaged(entry) is null)
        {
            return entry;
        }

        using var held = Lock(entry + ".lock", tell, cancellation);

        // Another build may have made it in the meantime.
        if (Directory.Exists(entry))
        {
            if (CacheStamp.WhyDamaged(entry) is not { } damage)
            {
                return entry;
            }

            tell($"{entry} is made again: {damage}");
        }

        string work = entry + ".work", log = entry + ".log";
        Remove(work);
        File.Delete(log);
        Directory.CreateDirectory(work);
        string made;
        try
        {
            made = make(work, log);
            CacheStamp.Write(made);
            Remove(entry);
            Directory.Move(made, entry);
        }
        finally
        {
            Remove(work);
        }

        File.Delete(log);
        return entry;
    }

    private CacheLock Lock(string path, Action<string> tell, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return CacheLock.Take(path, () => tell($"another build is making {Path.GetFileNameWithoutExtension(path)}; waiting for it"), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.CacheNotWritable, $"the cache folder {folder} cannot be written to: {e.Message} Set MiniosCacheFolder to one that can", folder), e);
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
