namespace MiniosBuild.Renaming;

/// <summary>One object of a program that refers to a name.</summary>
/// <param name="File">The object's or archive's path, as it was given.</param>
/// <param name="Member">The member of the archive; null for an object by itself.</param>
/// <param name="IsWeak">Whether the reference is 0 when nothing defines the name.</param>
public sealed record ConsumerUse(string File, string? Member, bool IsWeak)
{
    /// <summary>Object, or archive and member, for the middle of a sentence.</summary>
    public string Place => Member is null ? File : $"{File}({Member})";
}
