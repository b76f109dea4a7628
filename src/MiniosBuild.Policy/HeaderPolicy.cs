using MiniosBuild.CSource.Names;

namespace MiniosBuild.Policy;

/// <summary>The section of a policy about names in public headers. Data only, as all of the policy is.</summary>
public sealed record HeaderPolicy
{
    internal HeaderPolicy()
    {
    }

    /// <summary>The words for kinds in a policy; macros with and without parameters are one kind there.</summary>
    public static IReadOnlyList<string> KindWords { get; } = ["macro", "function", "variable", "typedef", "tag", "enumerator"];

    /// <summary>
    /// The kinds that are renamed and checked; empty for none. A function or variable with a symbol has the name of the symbol in any case,
    /// and counts here only when it has none: inline functions, constants of a header.
    /// </summary>
    public IReadOnlySet<HeaderNameKind> Kinds { get; init; } = new HashSet<HeaderNameKind>();

    /// <summary>Begins macros and enumerators without lower-case letters, and include guards.</summary>
    public string MacroPrefix { get; init; } = "";

    /// <summary>Names that stay as they are; <c>*</c> and <c>?</c> are wildcards.</summary>
    public IReadOnlyList<PolicyName> Keep { get; init; } = [];

    /// <summary>Explicit renames in the order in which they are tried.</summary>
    public IReadOnlyList<RenameRule> Renames { get; init; } = [];

    /// <summary>Macros that are not for users; <c>*</c> and <c>?</c> are wildcards.</summary>
    public IReadOnlyList<PolicyName> Internal { get; init; } = [];

    /// <summary>Headers that are not public though they lie among the public ones, by the name that they are included by; <c>*</c> and <c>?</c> are wildcards.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Begins macros that public text needs and users do not.</summary>
    public string InternalMacroPrefix => "_" + MacroPrefix;

    /// <summary>What of the section counts in the digest: nothing without kinds, since it does nothing then.</summary>
    internal IEnumerable<string> Counts => Kinds.Count > 0 ? PolicyDigest.Parts(this, Properties(PolicyReader.None)) : [];

    /// <summary>The properties of the section, as those of <see cref="NamespacePolicy"/>.</summary>
    internal static IReadOnlyList<PolicyProperty<HeaderPolicy>> Properties(PolicyReader read) =>
    [
        new("kinds", (headers, json) => headers with { Kinds = read.Kinds(json) }, headers => KindWords.Where(word => headers.Kinds.Contains(HeaderNameKinds.Parse(word)!.Value))),
        new("macroPrefix", (headers, json) => headers with { MacroPrefix = read.Identifier(json) }, headers => [headers.MacroPrefix]),
        new("keep", (headers, json) => headers with { Keep = read.Names(json, wildcards: true, mayBeAll: true) }, headers => PolicyDigest.Set(headers.Keep)),
        new("rename", (headers, json) => headers with { Renames = read.Renames(json, ofHeaders: true) }, headers => PolicyDigest.List(headers.Renames)),
        new("exclude", (headers, json) => headers with { Exclude = read.Texts(json) }, headers => headers.Exclude.Order(StringComparer.Ordinal)),
        new("internal", (headers, json) => headers with { Internal = read.Names(json, wildcards: true) }, headers => PolicyDigest.Set(headers.Internal)),
    ];
}
