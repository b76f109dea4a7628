using MiniosBuild.Renaming.Consumers;

namespace MiniosBuild.Tasks;

/// <summary>Reads the files of MiniosConsumer items.</summary>
internal static class ConsumerFiles
{
    /// <summary>What the programs need.</summary>
    /// <exception cref="DiagnosticException">MINIOS1612, or as <see cref="ConsumerNeeds.Read"/>.</exception>
    public static ConsumerNeeds Read(IEnumerable<string> paths) => ConsumerNeeds.Read(paths.Select(path => new ConsumerFile(path, Bytes(path))));

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.ConsumerUnreadable, $"cannot be read: {e.Message} Correct the MiniosConsumer item, or build the program first.", path), e);
        }
    }
}
