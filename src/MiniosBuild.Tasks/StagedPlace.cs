using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>A public header, and where it is staged.</summary>
/// <param name="Item">The header as it was given.</param>
/// <param name="File">Its absolute path.</param>
/// <param name="Place">Its path below the folder of staged headers.</param>
internal sealed record StagedPlace(ITaskItem Item, string File, string Place)
{
    /// <summary>From metadata RelativePath of headers that are staged, else from Folder and the path that a wildcard matched.</summary>
    /// <exception cref="DiagnosticException">MINIOS1537: a Folder that is none below the staged headers.</exception>
    public static List<StagedPlace> Of(IEnumerable<ITaskItem> headers, Func<ITaskItem, string> pathOf, StagedPlaces places)
    {
        List<StagedPlace> all = [.. headers.Select(header => new StagedPlace(header, pathOf(header), PlaceOf(header, pathOf(header))))];
        IReadOnlyList<string> parted = places.Part([.. all.Select(header => (header.File, header.Place))]);
        return [.. all.Select((header, i) => header with { Place = parted[i] })];
    }

    private static string PlaceOf(ITaskItem header, string file)
    {
        if (header.GetMetadata("RelativePath") is { Length: > 0 } place)
        {
            return place;
        }

        string folder = header.GetMetadata("Folder");
        return StagedPlaces.Of(folder, header.GetMetadata("RecursiveDir") + Path.GetFileName(header.ItemSpec)) ?? throw new DiagnosticException(Diagnostic.Error(
            TaskCodes.NoStagingFolder,
            $"Folder is '{folder}' for the public header {file}; it names a folder below that of the staged headers, such as mini-os or mini-os/sys, or '.' for that folder itself",
            file));
    }
}
