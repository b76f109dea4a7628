namespace MiniosBuild.TestUtilities;

/// <summary>Scripts that a test starts as tools.</summary>
public static class ProgramFile
{
    /// <summary>Writes a script that may be started at once, in a folder that is there.</summary>
    /// <remarks>
    /// Another process writes it. While this one did, a process that another test starts at the same moment could get the file as
    /// it is open for writing, and as long as one has it so, the system refuses to run it (execve(2), ETXTBSY).
    /// </remarks>
    /// <returns>Its path.</returns>
    public static string Write(string path, string text)
    {
        using TemporaryFolder folder = new();
        RealTool.Run("install", "-m", "700", "-T", folder.Write("text", text), path);
        return path;
    }
}
