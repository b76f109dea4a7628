namespace MiniosBuild.Toolchain.Files;

/// <summary>
/// Remembers, a path a line, what a project's builds put into output folders, so that a later build or a clean takes
/// away what is no longer made, and nothing else. A file is listed before it is made: a build that was killed in between
/// leaves nothing unknown.
/// </summary>
/// <param name="path">The list.</param>
/// <param name="folder">The output folder: it, and folders in it, go when they become empty.</param>
public sealed class OutputList(string path, string folder)
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(folder);

    /// <summary>Lists outputs that are about to be made.</summary>
    public void Add(IEnumerable<string> outputs) => Write(Read().Union(outputs));

    /// <summary>
    /// Deletes every listed output in the folder but these, and what killed builds left beside these. What an earlier build put into another output folder stays,
    /// and stays listed.
    /// </summary>
    public void KeepOnly(IReadOnlyCollection<string> outputs)
    {
        var others = Read().Except(outputs).ToLookup(o => o.StartsWith(_root + "/", StringComparison.Ordinal));
        Delete(others[true]);
        Write([.. outputs, .. others[false]]);
        ClearAbandoned(outputs);
    }

    /// <summary>Deletes every listed output.</summary>
    public void DeleteAll()
    {
        Delete(Read());
        Write([]);
    }

    private void Delete(IEnumerable<string> outputs)
    {
        string[] there = [.. outputs.Where(o => Directory.Exists(Path.GetDirectoryName(o)))];
        ClearAbandoned(there);
        foreach (string output in there.Where(File.Exists))
        {
            File.Delete(output);
            DeleteEmpty(Path.GetDirectoryName(output)!);
        }
    }

    private static void ClearAbandoned(IEnumerable<string> outputs)
    {
        foreach (string folder in outputs.Select(o => Path.GetDirectoryName(o)!).Distinct())
        {
            AtomicFile.ClearAbandoned(folder);
        }
    }

    private string[] Read() => File.Exists(path) ? File.ReadAllLines(path) : [];

    private void Write(IEnumerable<string> outputs) => AtomicFile.Write(path, string.Concat(outputs.Select(o => o + "\n")));

    private void DeleteEmpty(string empty)
    {
        for (; empty == _root || empty.StartsWith(_root + "/", StringComparison.Ordinal); empty = Path.GetDirectoryName(empty)!)
        {
            if (Directory.EnumerateFileSystemEntries(empty).Any())
            {
                return;
            }

            Directory.Delete(empty);
        }
    }
}
