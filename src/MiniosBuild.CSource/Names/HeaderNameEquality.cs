namespace MiniosBuild.CSource;

/// <summary>Equality of all that is known of a name, lists by their elements. Names that were shared by it are equal only if they are one object.</summary>
public sealed class HeaderNameEquality : IEqualityComparer<HeaderName>
{
    public static HeaderNameEquality Instance { get; } = new();

    public bool Equals(HeaderName? x, HeaderName? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null
            && x.Name == y.Name && x.Kind == y.Kind && x.Site.Line == y.Site.Line && x.Site.File == y.Site.File && x.Symbol == y.Symbol && x.IsDefinition == y.IsDefinition
            && x.TagWord == y.TagWord && x.Body == y.Body && x.IsGuard == y.IsGuard && x.IsUndone == y.IsUndone
            && x.Parameters.SequenceEqual(y.Parameters) && x.Uses.SequenceEqual(y.Uses));

    public int GetHashCode(HeaderName name) => HashCode.Combine(name.Kind, name.Name, name.Site.Line);
}
