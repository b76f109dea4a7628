using Microsoft.Build.Framework;

namespace MiniosBuild.Tasks;

/// <summary>Where a public header is staged, below the folder of staged headers.</summary>
internal static class StagedPlace
{
    /// <summary>From metadata RelativePath of a header that is staged, else from Folder and the path that a wildcard matched.</summary>
    public static string Of(ITaskItem header) => header.GetMetadata("RelativePath") is { Length: > 0 } place
        ? place
        : $"{header.GetMetadata("Folder")}/{header.GetMetadata("RecursiveDir")}{Path.GetFileName(header.ItemSpec)}";
}
