namespace MiniosBuild.Validation;

/// <summary>Names of one kind.</summary>
/// <param name="Kind">The kind's word: <c>macro</c>.</param>
/// <param name="Inside">In the namespace.</param>
/// <param name="Kept">Outside, and permitted: kept by the policy, a C library's, another's tag.</param>
/// <param name="Outside">Outside, and not permitted.</param>
public sealed record HeaderCount(string Kind, int Inside, int Kept, int Outside)
{
    /// <summary>All of them.</summary>
    public int Total => Inside + Kept + Outside;
}
