using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Tasks;

/// <summary>Reads the file that MiniosBaseline names.</summary>
internal static class BaselineFile
{
    /// <summary>The findings that the file accepts.</summary>
    /// <exception cref="DiagnosticException">MINIOS1614, or as <see cref="Baseline.Parse"/>.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            return Baseline.Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.BaselineUnreadable, $"cannot read the baseline: {e.Message} Make it with the target MiniosUpdateBaseline, or correct the property MiniosBaseline.", path), e);
        }
    }
}
