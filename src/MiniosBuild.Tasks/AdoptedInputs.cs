using MiniosBuild.ObjectFormats;
using MiniosBuild.Renaming.Adopting;
using MiniosBuild.Renaming.Consumers;

namespace MiniosBuild.Tasks;

/// <summary>The files of MiniosAdopt items, mapped for reading until this is disposed of.</summary>
internal sealed class AdoptedInputs : IDisposable
{
    private readonly List<MappedFile> _maps = [];

    /// <param name="paths">The files.</param>
    /// <param name="ofSet">An object of the set, for whose machine they have to be; null when it does not matter.</param>
    /// <exception cref="DiagnosticException">MINIOS1346, or as <see cref="AdoptedFiles.Read"/>.</exception>
    public AdoptedInputs(IReadOnlyList<string> paths, string? ofSet = null)
    {
        try
        {
            Files = AdoptedFiles.Read([.. paths.Select(Open)], ofSet is null ? null : Open(ofSet));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AdoptedFiles Files { get; }

    /// <summary>The names that files need of the set, and those that they define.</summary>
    /// <exception cref="DiagnosticException">As the constructor.</exception>
    public static (IReadOnlySet<string> Needs, IReadOnlySet<string> Definitions) NamesOf(IReadOnlyList<string> paths)
    {
        using var inputs = new AdoptedInputs(paths);
        return (inputs.Files.Needs, inputs.Files.Definitions);
    }

    public void Dispose() => _maps.ForEach(map => ((IDisposable)map).Dispose());

    private ConsumerFile Open(string path)
    {
        try
        {
            var map = MappedFile.Open(path);
            _maps.Add(map);
            return new ConsumerFile(path, map.Memory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.AdoptedUnreadable, $"cannot be read: {e.Message} Correct the MiniosAdopt item, or build the object or archive first", path), e);
        }
    }
}
