using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>What a rewrite of C text does besides renaming.</summary>
public sealed record RewriteOptions
{
    /// <summary>What diagnostics call the file.</summary>
    public string Path { get; init; } = "";

    /// <summary>
    /// The new spelling of a header name, delimiters included (<c>&lt;types.h&gt;</c>), or null to leave it. Not asked about
    /// #include_next and #embed.
    /// </summary>
    public Func<string, string?>? HeaderName { get; init; }

    /// <summary>
    /// Whether the text is a user's, not one that the names come from: a macro, type, static or defined function or variable that it has
    /// of a name in the map is then its own, stays, and is reported (MINIOS1534).
    /// </summary>
    public bool IsUserCode { get; init; }

    /// <summary>The file's new include guard, in place of the one that it has; null leaves it.</summary>
    public string? Guard { get; init; }

    /// <summary>New include guards of the headers around it by old ones: the text may test whether they have been included.</summary>
    public IReadOnlyDictionary<string, string> OtherGuards { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// By offset, words that ## joins to others, and what they become. Nothing is left to a person there.
    /// </summary>
    public IReadOnlyDictionary<int, JoinedWord> Joins { get; init; } = new Dictionary<int, JoinedWord>();

    /// <summary>Names that ## makes of such words: never the text's own, even where it defines them.</summary>
    public IReadOnlySet<string> Joined { get; init; } = new HashSet<string>();

    /// <summary>Macros whose #define and #undef directives become blank lines.</summary>
    public IReadOnlySet<string> Removed { get; init; } = new HashSet<string>();

    /// <summary>Macros that are never defined where the text will be read: conditional text that depends on them alone becomes blank lines.</summary>
    public IReadOnlySet<string> Undefined { get; init; } = new HashSet<string>();

    /// <summary>What macros with parameters that the text does not define make of their arguments, by the names that the text knows them by.</summary>
    public MacroUses MacroUses { get; init; } = MacroUses.None;

    /// <summary>Names of types that the text uses and does not declare: with them, what looks like a multiplication is known for a declaration.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>();
}

/// <summary>A word that ## joins to others.</summary>
/// <param name="Old">The word.</param>
/// <param name="New">What it becomes, a word or one with a prefix joined in front of it; null where it becomes what it would anyway.</param>
public sealed record JoinedWord(string Old, string? New)
{
    /// <summary>What it is counted as: what is made of it.</summary>
    public HeaderNameKind Kind { get; init; } = HeaderNameKind.Function;
}
