namespace MiniosBuild.Renaming;

/// <summary>What happens to a name in public headers.</summary>
public enum HeaderAction
{
    Keep,
    Rename,

    /// <summary>A macro's definition leaves the headers.</summary>
    Remove,
}
