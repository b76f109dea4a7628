namespace MiniosBuild.Tool.Sets;

/// <summary>Files that are written together before the first of them is published.</summary>
internal sealed class AtomicFiles : IDisposable
{
    private readonly List<AtomicFile> _files = [];

    /// <param name="paths">As of <see cref="AtomicFile"/>.</param>
    public AtomicFiles(IEnumerable<string> paths)
    {
        try
        {
            foreach (string path in paths)
            {
                _files.Add(new AtomicFile(path));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The file of a path, by its place among all.</summary>
    public AtomicFile this[int index] => _files[index];

    public void Dispose() => _files.ForEach(file => file.Dispose());
}
