namespace MiniosBuild.Namespaces;

/// <summary>The text of the note that a passed object carries: equal texts mean that the pass would do the same again.</summary>
public static class PassNote
{
    private const int Version = 1; // Counts up when passes with the same map give other results.

    /// <summary>The note of a pass by a policy.</summary>
    /// <param name="policyName">The policy's name.</param>
    /// <param name="digest">Identifies the policy's contents, however they are written.</param>
    /// <param name="libc">Whose C library the plan reckons with.</param>
    public static string Of(string policyName, string digest, LibcMode libc) =>
        $"policy={OneLine(policyName)} digest={digest} libc={libc} pass={Version}";

    /// <summary>The note of a pass by a map that no policy stands behind.</summary>
    public static string Of(SymbolMap map) => $"map={map.Digest()} pass={Version}";

    // `ld -r` joins notes, which are then read a line each.
    private static string OneLine(string name) => name.ReplaceLineEndings(" ");
}
