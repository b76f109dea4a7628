using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tool.Sources;

/// <summary>A source and what becomes of it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Names">The table without what is its own.</param>
/// <param name="Text">It with the new names.</param>
/// <param name="IsLeft">Whether it stays as it is, since it has nothing to do with the set.</param>
internal sealed record MigratedFile(SourceFile Source, NameMap Names, RewrittenText Text, bool IsLeft)
{
    public bool HasChanged => !IsLeft && Text.Replacements.Count > 0;
}
