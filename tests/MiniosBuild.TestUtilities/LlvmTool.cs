namespace MiniosBuild.TestUtilities;

/// <summary>Finds a tool of LLVM, which distributions install with or without its version in the name.</summary>
public static class LlvmTool
{
    /// <returns>The full path of NAME, else of NAME-VERSION with the highest version.</returns>
    /// <exception cref="InvalidOperationException">None is on the PATH.</exception>
    public static string Find(string name)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        IEnumerable<(string Path, int Version)> tools =
            from folder in folders
            where Directory.Exists(folder)
            from path in Directory.EnumerateFiles(folder, name + "*")
            let suffix = Path.GetFileName(path)[name.Length..]
            let version = suffix.Length == 0 ? int.MaxValue : suffix[0] == '-' && int.TryParse(suffix[1..], out int number) ? number : 0
            where version > 0
            orderby version descending
            select (path, version);
        return tools.FirstOrDefault().Path
            ?? throw new InvalidOperationException($"The test needs {name}; install the packages clang and llvm.");
    }
}
