namespace MiniosBuild.Namespaces;

/// <summary>The namespace of one driver library.</summary>
/// <param name="Library">The library, such as <c>blkfront</c>.</param>
/// <param name="Prefix">What its names begin with, such as <c>blkfront_</c>.</param>
public sealed record DriverNamespace(string Library, string Prefix);
