using System.Collections.Concurrent;

namespace MiniosBuild.Toolchain.Files;

/// <summary>Undoes the links that a build reads headers through, so that messages name the files that people edit.</summary>
public sealed class RealPath
{
    private readonly ConcurrentDictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The path with every link in its folders resolved; a file that is itself a link stays.</summary>
    public string Of(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        return folder is null or "" ? path : Path.Combine(_folders.GetOrAdd(folder, Folder), Path.GetFileName(path));
    }

    /// <summary>A diagnostic about a line, at the file that people edit.</summary>
    public Diagnostic Of(Diagnostic diagnostic) => diagnostic.Line > 0 && diagnostic.File is { } file ? diagnostic with { File = Of(file) } : diagnostic;

    private string Folder(string folder)
    {
        if (Directory.Exists(folder) && new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is { } target)
        {
            return target.FullName;
        }

        string? parent = Path.GetDirectoryName(folder);
        return parent is null ? folder : Path.Combine(_folders.GetOrAdd(parent, Folder), Path.GetFileName(folder));
    }
}
