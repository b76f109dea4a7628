namespace MiniosBuild.Tool.Sets;

/// <summary>Small files that the command line names.</summary>
internal static class InputText
{
    /// <exception cref="DiagnosticException">MINIOS1801.</exception>
    public static string Read(string path) => Reading(path, File.ReadAllText);

    /// <exception cref="DiagnosticException">MINIOS1801.</exception>
    public static byte[] ReadBytes(string path) => Reading(path, File.ReadAllBytes);

    private static T Reading<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolCodes.UnreadableInput, $"cannot read this input: {e.Message}", path), e);
        }
    }
}
