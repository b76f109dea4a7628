namespace MiniosBuild.Toolchain.Trees;

/// <summary>Names objects after their sources, so that no two members of an archive share a name.</summary>
public static class ObjectName
{
    /// <summary>The relative path with its folders joined by '_': <c>arch/x86/mm.c</c> becomes <c>arch_x86_mm.o</c>.</summary>
    /// <param name="source">Absolute path of the source.</param>
    /// <param name="root">The folder that the name is relative to; a source outside it is named by its file name alone.</param>
    public static string Of(string source, string root)
    {
        string relative = Path.GetRelativePath(root, source);
        if (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            relative = Path.GetFileName(source);
        }

        return Path.ChangeExtension(relative.Replace('/', '_'), ".o");
    }
}
