namespace MiniosBuild.Renaming;

/// <summary>A name that objects of the set refer to and that nobody is known to define: the guest or its libc has to.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsWeak">Whether every reference is weak, so that the link succeeds without it.</param>
/// <param name="Objects">The objects that refer to it, sorted by path.</param>
public sealed record UnresolvedName(string Name, bool IsWeak, IReadOnlyList<string> Objects)
{
    /// <inheritdoc/>
    public bool Equals(UnresolvedName? other) =>
        other is not null && Name == other.Name && IsWeak == other.IsWeak && Objects.SequenceEqual(other.Objects);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, IsWeak, Objects.Count);
}
