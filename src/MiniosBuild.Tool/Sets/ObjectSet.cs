using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.Tool.Sets;

/// <summary>The files of a command line, mapped for reading until the set is disposed of.</summary>
internal sealed class ObjectSet : IDisposable
{
    private readonly List<MappedFile> _maps = [];

    /// <summary>Maps all files.</summary>
    /// <param name="arguments">Each <c>FILE</c> or <c>LIBRARY=FILE</c>.</param>
    /// <exception cref="DiagnosticException">MINIOS1801 a file that cannot be read, 1802 one that is given twice.</exception>
    public static ObjectSet Open(IEnumerable<string> arguments)
    {
        var set = new ObjectSet();
        try
        {
            set.Files = [.. arguments.Select(argument => set.Map(InputFile.Parse(argument)))];
            RequireOnce(set.Files);
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>The files in the order of the command line.</summary>
    public IReadOnlyList<ValidatedFile> Files { get; private set; } = [];

    /// <summary>Makes one definition of the common symbols of each name. From then on the files are what comes of it.</summary>
    /// <exception cref="DiagnosticException">MINIOS1326-1329, 1353, 20xx, 21xx.</exception>
    public CommonAllocation AllocateCommons()
    {
        var allocation = CommonAllocation.Of([.. Files.Select(file => new CensusInput(file.Library, file.Path, file.Data))]);
        Files = [.. Files.Select((file, number) => file with { Data = allocation.Data(number) })];
        return allocation;
    }

    /// <summary>Maps a file that a linker script among the files leads to; null when it is not there.</summary>
    /// <exception cref="DiagnosticException">MINIOS1801.</exception>
    public LinkFile? Find(string path) => File.Exists(path) ? new LinkFile(path, Map(InputFile.Parse(path)).Data) : null;

    public void Dispose() => _maps.ForEach(map => ((IDisposable)map).Dispose());

    private ValidatedFile Map(InputFile input)
    {
        try
        {
            var map = MappedFile.Open(input.Path);
            _maps.Add(map);
            return new ValidatedFile(input.Library, input.Path, map.Memory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(input.Path, Directory.Exists(input.Path) ? "it is a folder; give the objects or archives in it"
                : input.Path.StartsWith('-') ? "there is no such file, and no such option" : e.Message, e);
        }
        catch (OverflowException e)
        {
            throw Unreadable(input.Path, "it is larger than 2 GiB; split the archive", e);
        }
    }

    private static DiagnosticException Unreadable(string path, string why, Exception cause) =>
        new(Diagnostic.Error(ToolCodes.UnreadableInput, $"cannot read this input: {why}", path), cause);

    // A file that is there twice would be its own duplicate, name by name.
    private static void RequireOnce(IReadOnlyList<ValidatedFile> files)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ValidatedFile file in files)
        {
            if (!seen.Add(Path.GetFullPath(file.Path)))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolCodes.InputGivenTwice, "the file is given twice; each of its names would be a duplicate. Give it once", file.Path));
            }
        }
    }
}
