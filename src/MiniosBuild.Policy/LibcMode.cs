namespace MiniosBuild.Policy;

/// <summary>Whose C library the guest is linked with.</summary>
public enum LibcMode
{
    /// <summary>The tree's stub libc, under its C names.</summary>
    Stub,

    /// <summary>The tree's stub libc with every name inside the internal namespace, beside a libc of the guest's own.</summary>
    Private,

    /// <summary>No libc in the set: the names that the tree needs of one stay undefined.</summary>
    None,
}
