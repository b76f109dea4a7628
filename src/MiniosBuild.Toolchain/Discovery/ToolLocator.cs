namespace MiniosBuild.Toolchain.Discovery;

/// <summary>Finds the executables of a toolchain: by the path given, in a given folder, or along PATH.</summary>
/// <param name="searchPath">The value of PATH.</param>
/// <param name="folder">A folder to look in instead of PATH; null or empty for PATH.</param>
/// <param name="prefix">A cross prefix such as <c>x86_64-linux-gnu-</c>; may be empty.</param>
/// <param name="baseFolder">The folder that a relative path given by the user starts from.</param>
public sealed class ToolLocator(string searchPath, string? folder, string? prefix, string baseFolder)
{
    /// <summary>The absolute path of a tool.</summary>
    /// <param name="chosen">The user's own choice, a path or a name; null or empty for the default.</param>
    /// <param name="name">The default name without prefix, for example gcc.</param>
    /// <param name="property">The MSBuild property that chooses another, for the message.</param>
    /// <param name="package">The Debian package that brings the default, for the message.</param>
    /// <exception cref="DiagnosticException">MINIOS1001.</exception>
    public string Find(string? chosen, string name, string property, string package)
    {
        string wanted = string.IsNullOrEmpty(chosen) ? prefix + name : chosen;
        if (Find(wanted) is { } found)
        {
            return found;
        }

        string where = wanted.Contains('/') ? "" : string.IsNullOrEmpty(folder) ? " on PATH" : $" in {folder}";
        throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.ToolNotFound,
            $"the tool '{wanted}' was not found{where}. Install it (on Debian and Ubuntu: apt-get install {package}) or name another with the property {property}"));
    }

    /// <summary>The absolute path of the executable of this name or path; null when there is none.</summary>
    public string? Find(string wanted) => Candidates(wanted).FirstOrDefault(IsExecutable);

    private IEnumerable<string> Candidates(string wanted) =>
        wanted.Contains('/') ? [Path.GetFullPath(wanted, baseFolder)]
        : !string.IsNullOrEmpty(folder) ? [Path.GetFullPath(Path.Combine(folder, wanted), baseFolder)]
        : searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(f => Path.GetFullPath(Path.Combine(f, wanted), baseFolder));

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
