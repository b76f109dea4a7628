namespace MiniosBuild.Policy;

/// <summary>The namespace of one driver library.</summary>
/// <param name="Library">The library, such as <c>blkfront</c>.</param>
/// <param name="Prefix">What its names begin with, such as <c>blkfront_</c>.</param>
/// <param name="Line">1-based line in the policy file; 0 when unknown.</param>
/// <param name="Column">1-based column, in characters; 0 when unknown.</param>
public sealed record DriverNamespace(string Library, string Prefix, int Line = 0, int Column = 0);
