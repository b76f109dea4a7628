namespace MiniosBuild.CSource;

/// <summary>Whose a name is that a header gives.</summary>
public enum HeaderOrigin
{
    /// <summary>The header's own.</summary>
    Own,

    /// <summary>That of another public header.</summary>
    Public,

    /// <summary>That of a file of the tree that is no public header.</summary>
    Tree,

    /// <summary>That of Xen, the compiler or a C library.</summary>
    Foreign,
}
