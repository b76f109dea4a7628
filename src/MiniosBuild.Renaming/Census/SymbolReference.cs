namespace MiniosBuild.Renaming;

/// <summary>One undefined reference of an object.</summary>
/// <param name="Name">The name that another object has to define.</param>
/// <param name="IsWeak">Whether it is 0 when none does.</param>
public sealed record SymbolReference(string Name, bool IsWeak);
