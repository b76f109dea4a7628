namespace MiniosBuild.Toolchain.Files;

/// <summary>
/// Folders that objects name by a short, fixed name, so that the same sources give the same bytes from any folder;
/// and the way back, for messages that tools make from those names.
/// </summary>
/// <param name="entries">Absolute folder and its name in objects; the first entry whose folder contains a file wins.</param>
public sealed class PathMap(IReadOnlyList<(string Folder, string Name)> entries)
{
    /// <summary>
    /// The compiler options; gcc and clang try the last one given first. gcc takes the first '=' for the end of the
    /// folder, so one that has it in its path keeps its own name, and its objects differ from those of other folders.
    /// </summary>
    public IEnumerable<string> CompilerOptions =>
        entries.Reverse().Where(e => !e.Folder.Contains('=')).Select(e => $"-ffile-prefix-map={e.Folder.TrimEnd('/')}={e.Name}");

    /// <summary>The absolute path of a file that a tool named by its mapped, relative or absolute path.</summary>
    public string Original(string path, string workingDirectory)
    {
        // A tool joins the folder of the compilation, which is mapped too, and the name: "./mini-os/mm.c".
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        foreach (var (folder, name) in entries)
        {
            if (path.StartsWith(name + "/", StringComparison.Ordinal))
            {
                return Path.GetFullPath(path[(name.Length + 1)..], folder);
            }
        }

        return Path.GetFullPath(path, workingDirectory);
    }
}
