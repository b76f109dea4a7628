namespace MiniosBuild.Validation;

/// <summary>How a name of a public header stands to the policy.</summary>
internal enum NameStanding
{
    /// <summary>In the namespace.</summary>
    Inside,

    /// <summary>Outside, and permitted.</summary>
    Kept,

    /// <summary>Outside, and not permitted.</summary>
    Outside,
}
