namespace MiniosBuild.Renaming;

/// <summary>A name that a program refers to and does not define itself.</summary>
/// <param name="Name">The name, as the program's objects have it.</param>
/// <param name="Uses">Its objects that refer to the name, in the order of the files and members; one at least.</param>
public sealed record ConsumerNeed(string Name, IReadOnlyList<ConsumerUse> Uses)
{
    /// <summary>Whether every reference is weak, so that the program links without the name.</summary>
    public bool IsWeak => Uses.All(use => use.IsWeak);
}
