using System.Collections.Concurrent;

namespace MiniosBuild.Toolchain.Files;

/// <summary>Undoes the links that a build reads headers through, so that messages name the files that people edit.</summary>
public sealed class RealPath
{
    private readonly ConcurrentDictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The absolute path of what a tool names, without <c>.</c> and <c>..</c>: behind a link <c>..</c> is the folder that the link's target lies in.</summary>
    /// <param name="path">As a compiler or linker spells it.</param>
    /// <param name="folder">The folder that it ran in.</param>
    public static string Absolute(string path, string folder)
    {
        string full = Path.Combine(folder, path);
        if (!full.Contains("/../", StringComparison.Ordinal))
        {
            return Path.GetFullPath(full);
        }

        string walked = "/";
        foreach (string part in full.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            walked = part != ".." ? Path.Combine(walked, part)
                : Path.GetDirectoryName(Directory.Exists(walked) ? Directory.ResolveLinkTarget(walked, returnFinalTarget: true)?.FullName ?? walked : walked) ?? "/";
        }

        return Path.GetFullPath(walked);
    }

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
