namespace MiniosBuild.CSource;

/// <summary>What has come after struct, union or enum.</summary>
public enum CTagState : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Nothing of the tag yet.</summary>
    Unnamed,

    /// <summary>The tag; a body may follow.</summary>
    Named,

    /// <summary>A colon: an enum's type, or the width of a bit-field.</summary>
    Underlying,
}
