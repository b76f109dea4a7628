namespace MiniosBuild.Namespaces;

/// <summary>What the classification asks about one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Library">The library that defines it; null for a name that headers declare and the set does not define.</param>
/// <param name="IsFunction">Whether it is code.</param>
/// <param name="IsWeak">Whether all its definitions are weak.</param>
/// <param name="OtherUser">An object that needs it besides its own; null when none does.</param>
internal readonly record struct NameSubject(string Name, string? Library, bool IsFunction, bool IsWeak, string? OtherUser);
