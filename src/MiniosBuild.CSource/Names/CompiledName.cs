namespace MiniosBuild.CSource.Names;

/// <summary>A name at file scope as a compiler sees it.</summary>
/// <param name="Kind">What it is; of a type that it does not tell apart <see cref="HeaderNameKind.Typedef"/>.</param>
/// <param name="Name">The identifier.</param>
/// <param name="Symbol">The symbol of a function; null for one that is the identifier's, and for all else.</param>
public readonly record struct CompiledName(HeaderNameKind Kind, string Name, string? Symbol = null);
