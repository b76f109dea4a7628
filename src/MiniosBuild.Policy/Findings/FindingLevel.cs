namespace MiniosBuild.Policy;

/// <summary>What is done with the findings of a code.</summary>
public enum FindingLevel
{
    /// <summary>They are left out.</summary>
    None,

    /// <summary>They are told, and change nothing.</summary>
    Message,

    /// <summary>They are warnings.</summary>
    Warning,

    /// <summary>They are errors.</summary>
    Error,
}
