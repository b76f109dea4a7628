namespace MiniosBuild.CSource;

/// <summary>Who sees a name of a header.</summary>
public enum HeaderView
{
    /// <summary>Everybody.</summary>
    Always,

    /// <summary>Only the kernel's own sources, which define __INSIDE_MINIOS__.</summary>
    Inside,

    /// <summary>Only those that do not define it.</summary>
    Outside,
}
