namespace MiniosBuild.Namespaces;

/// <summary>
/// The text of the note that an object carries after a pass by a map that no policy stands behind; equal texts mean that the pass
/// would do the same again. <see cref="PassNote"/> has that of a policy.
/// </summary>
public static class MapNote
{
    private const int Version = 1; // Counts up when passes with the same map give other results.

    /// <summary>The note of a pass by a map.</summary>
    public static string Of(SymbolMap map) => $"map={map.Digest()} pass={Version}";
}
