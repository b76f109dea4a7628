namespace MiniosBuild.Renaming;

/// <summary>How a public symbol differs from the list.</summary>
public enum ApiChangeKind
{
    /// <summary>It is public and not listed.</summary>
    Added,

    /// <summary>It is listed and not public any more.</summary>
    Removed,

    /// <summary>It is something else than the list says: a function became data, for example.</summary>
    KindChanged,

    /// <summary>Another library than the listed one defines it.</summary>
    LibraryChanged,
}
