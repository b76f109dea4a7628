namespace MiniosBuild.Renaming.Planning;

/// <summary>What the classification asks about one name.</summary>
/// <param name="name">Its bytes.</param>
/// <param name="library">The library that defines it; null for a name that headers declare and the set does not define.</param>
/// <param name="isFunction">Whether it is code.</param>
/// <param name="isWeak">Whether all its definitions are weak.</param>
/// <param name="user">The number of an object that needs it besides its own; -1 when none does.</param>
internal readonly ref struct NameSubject(ReadOnlySpan<byte> name, string? library, bool isFunction, bool isWeak, int user)
{
    /// <summary>Stands for an object outside the set, in <see cref="User"/>.</summary>
    public const int Guest = int.MaxValue;

    public ReadOnlySpan<byte> Name { get; } = name;

    public string? Library { get; } = library;

    public bool IsFunction { get; } = isFunction;

    public bool IsWeak { get; } = isWeak;

    public int User { get; } = user;
}
