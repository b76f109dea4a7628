using System.Text.RegularExpressions;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Policy;

/// <summary>
/// The rules that a plan is computed from and a result is checked against. Data only: the planner and the validator each
/// have their own way of matching, so that a mistake in one does not hide in the other.
/// </summary>
public sealed record NamespacePolicy
{
    private static readonly HashSet<string> s_cNames = new(ReservedNames.C, StringComparer.Ordinal);

    /// <summary>The library that holds the C library's names.</summary>
    public const string LibcLibrary = "libc";

    internal NamespacePolicy()
    {
    }

    /// <summary>The file it was read from, as the caller named it.</summary>
    public string Path { get; init; } = "";

    /// <summary>What reports call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the policy's own choices come from, for its readers; null when it does not say.</summary>
    public string? Description { get; init; }

    /// <summary>How serious an entry is that matches nothing in the set.</summary>
    public DiagnosticSeverity Unmatched { get; init; } = DiagnosticSeverity.Warning;

    /// <summary>How serious findings are, where that differs from the default.</summary>
    public FindingLevels Levels { get; init; } = FindingLevels.Default;

    /// <summary>Begins every name of the public interface.</summary>
    public string PublicPrefix { get; init; } = "";

    /// <summary>Begins every name that only the set itself uses.</summary>
    public string InternalPrefix { get; init; } = "";

    /// <summary>Put before the driver namespaces; empty to leave them as they are.</summary>
    public string DriverPrefix { get; init; } = "";

    /// <summary>Whether functions outside the namespace are renamed.</summary>
    public SymbolTreatment Functions { get; init; }

    /// <summary>Whether variables outside the namespace are renamed.</summary>
    public SymbolTreatment Data { get; init; }

    /// <summary>What variables are that public headers declare.</summary>
    public DeclaredData DeclaredData { get; init; }

    /// <summary>What makes a name public.</summary>
    public PublicSources Public { get; init; } = PublicSources.Default;

    /// <summary>Names that stay as they are; <c>*</c> and <c>?</c> are wildcards.</summary>
    public IReadOnlyList<PolicyName> Keep { get; init; } = [];

    /// <summary>Weak functions that a guest may override, those of the drivers included.</summary>
    public IReadOnlyList<PolicyName> Hooks { get; init; } = [];

    /// <summary>Explicit renames in the order in which they are tried, those of the drivers included.</summary>
    public IReadOnlyList<RenameRule> Renames { get; init; } = [];

    /// <summary>Driver namespaces, sorted by library.</summary>
    public IReadOnlyList<DriverNamespace> Drivers { get; init; } = [];

    /// <summary>What the policy says of the names in public headers.</summary>
    public HeaderPolicy Headers { get; init; } = new();

    /// <summary>The compiler-made names and patterns that this policy adds to the known ones.</summary>
    public IReadOnlyList<PolicyName> AddedCompilerNames { get; init; } = [];

    /// <summary>The linker-made names and patterns that this policy adds to the known ones.</summary>
    public IReadOnlyList<PolicyName> AddedLinkerNames { get; init; } = [];

    /// <summary>The names that this policy adds to those of ISO C and POSIX.</summary>
    public IReadOnlyList<PolicyName> AddedCNames { get; init; } = [];

    /// <summary>Names that compilers make; <c>*</c> and <c>?</c> are wildcards.</summary>
    public IReadOnlyList<string> CompilerNames { get; init; } = ReservedNames.Compiler;

    /// <summary>Names that linkers and their scripts make; <c>*</c> and <c>?</c> are wildcards.</summary>
    public IReadOnlyList<string> LinkerNames { get; init; } = ReservedNames.Linker;

    /// <summary>External names of ISO C and POSIX, and those that the policy adds.</summary>
    public IReadOnlySet<string> CNames { get; init; } = s_cNames;

    /// <summary>
    /// 16 hexadecimal digits that stand for what the policy does to names: the same for two files that differ in layout, comments,
    /// the policy's name and severities only.
    /// </summary>
    public string Digest => field ??= PolicyDigest.Of(this);

    /// <summary>
    /// The properties of a policy's file, how each is read, and what of it counts in the digest: the only list of them, which the schema and the pages are held against.
    /// </summary>
    internal static IReadOnlyList<PolicyProperty<NamespacePolicy>> Properties(PolicyReader read) =>
    [
        new("$schema", (policy, json) => read.Text(json) is null ? policy : policy, null),
        new("name", (policy, json) => policy with { Name = read.Text(json) }, null),
        new("description", (policy, json) => policy with { Description = read.Text(json) }, null),
        new("publicPrefix", (policy, json) => policy.Beginning(read.Identifier(json)), policy => [policy.PublicPrefix]),
        new("internalPrefix", (policy, json) => policy with { InternalPrefix = read.OtherIdentifier(json, policy.PublicPrefix) }, policy => [policy.InternalPrefix]),
        new("driverPrefix", (policy, json) => policy with { DriverPrefix = read.Text(json).Length > 0 ? read.Identifier(json) : "" }, policy => [policy.DriverPrefix]),
        new("functions", (policy, json) => policy with { Functions = read.Choice<SymbolTreatment>(json) }, policy => [policy.Functions.ToString()]),
        new("data", (policy, json) => policy with { Data = read.Choice<SymbolTreatment>(json) }, policy => [policy.Data.ToString()]),
        new("declaredData", (policy, json) => policy with { DeclaredData = read.Choice<DeclaredData>(json) }, policy => [policy.DeclaredData.ToString()]),
        new("public", (policy, json) => policy with { Public = read.Public(json) }, policy => policy.Public.Named),
        new("publicList", (policy, json) => policy with { Public = read.PublicList(policy.Public, json) }, policy => (policy.Public.List?.Names ?? []).Select(name => name.Name).Order(StringComparer.Ordinal)),
        new("unmatched", (policy, json) => policy with { Unmatched = read.Choice<DiagnosticSeverity>(json) }, null),
        new("levels", (policy, json) => policy with { Levels = read.Levels(json) }, null),
        new("keep", (policy, json) => policy with { Keep = read.Names(json, wildcards: true) }, policy => PolicyDigest.Set(policy.Keep)),
        new("hooks", (policy, json) => policy with { Hooks = read.Names(json) }, policy => PolicyDigest.Set(policy.Hooks)),
        new("rename", (policy, json) => policy with { Renames = read.Renames(json) }, policy => PolicyDigest.List(policy.Renames)),
        new("drivers", (policy, json) => read.Drivers(policy, json), policy => policy.Drivers.Select(driver => $"{driver.Library} {driver.Prefix}")),
        new("headers", (policy, json) => policy with { Headers = read.Headers(policy.Headers, json) }, policy => policy.Headers.Counts),
        // What every policy starts from is the engine's, not the policy's.
        new("compilerNames", (policy, json) => policy.WithCompilerNames(read.Names(json, wildcards: true)), policy => PolicyDigest.Set(policy.AddedCompilerNames).Except(ReservedNames.Compiler)),
        new("linkerNames", (policy, json) => policy.WithLinkerNames(read.Names(json, wildcards: true)), policy => PolicyDigest.Set(policy.AddedLinkerNames).Except(ReservedNames.Linker)),
        new("cNames", (policy, json) => policy.WithCNames(read.Names(json)), policy => PolicyDigest.Set(policy.AddedCNames).Except(ReservedNames.C)),
    ];

    /// <summary>Reads a policy, and the list of public names that it may name, relative to its own file.</summary>
    /// <param name="utf8Json">The file's bytes.</param>
    /// <param name="path">What diagnostics call the file.</param>
    /// <exception cref="DiagnosticException">MINIOS1401 to 1404 and 1442, with line and column; 1451: the list of public names.</exception>
    public static NamespacePolicy Parse(ReadOnlyMemory<byte> utf8Json, string path) => new PolicyReader(path).Read(utf8Json);

    /// <summary>Reads a policy file.</summary>
    /// <exception cref="DiagnosticException">MINIOS1405 when the file cannot be read, or as <see cref="Parse"/>.</exception>
    public static NamespacePolicy Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                PolicyCodes.Unreadable, $"cannot read the policy file: {e.Message} Give the path of a policy file, or the name of a built-in policy.", path), e);
        }

        return Parse(bytes, path);
    }

    /// <summary>The policy of a set that a script links: what the script defines, the linker makes. Its digest stays, since only names that no object defines are meant.</summary>
    public NamespacePolicy LinkedBy(IEnumerable<string> names) => this with { LinkerNames = [.. LinkerNames.Union(names)] };

    private NamespacePolicy WithCompilerNames(List<PolicyName> names) => this with { AddedCompilerNames = names, CompilerNames = [.. CompilerNames, .. Texts(names)] };

    private NamespacePolicy WithLinkerNames(List<PolicyName> names) => this with { AddedLinkerNames = names, LinkerNames = [.. LinkerNames, .. Texts(names)] };

    private NamespacePolicy WithCNames(List<PolicyName> names) => this with { AddedCNames = names, CNames = new HashSet<string>(CNames.Concat(Texts(names)), StringComparer.Ordinal) };

    private static IEnumerable<string> Texts(IEnumerable<PolicyName> names) => names.Select(name => name.Text);

    // Left out, the other prefixes come from this one: with an underscore before it, as C libraries have it, and in upper case.
    private NamespacePolicy Beginning(string prefix) =>
        this with { PublicPrefix = prefix, InternalPrefix = "_" + prefix, Headers = new HeaderPolicy { MacroPrefix = prefix.ToUpperInvariant() } };
}

/// <summary>The namespace of one driver library.</summary>
/// <param name="Library">The library, such as <c>blkfront</c>.</param>
/// <param name="Prefix">What its names begin with, such as <c>blkfront_</c>.</param>
/// <param name="Line">1-based line in the policy file; 0 when unknown.</param>
/// <param name="Column">1-based column, in characters; 0 when unknown.</param>
public sealed record DriverNamespace(string Library, string Prefix, int Line = 0, int Column = 0);

/// <summary>A name that a policy lists, and where.</summary>
/// <param name="Text">The symbol name.</param>
/// <param name="Library">The driver library whose entry lists it; null for an entry of the whole set.</param>
/// <param name="Line">1-based line in the policy file.</param>
/// <param name="Column">1-based column, in characters.</param>
public sealed record PolicyName(string Text, string? Library, int Line, int Column);

/// <summary>An explicit rename: one exact name, or every name that a pattern matches as a whole.</summary>
/// <param name="From">The exact name, or the regular expression as the policy writes it.</param>
/// <param name="Expression">The anchored, non-backtracking expression; null for an exact name.</param>
/// <param name="To">The new name; with an expression, its replacement (<c>$1</c>, <c>${name}</c>).</param>
/// <param name="Library">The library whose definitions it is for; null for all.</param>
/// <param name="Line">1-based line in the policy file.</param>
/// <param name="Column">1-based column, in characters.</param>
public sealed record RenameRule(string From, Regex? Expression, string To, string? Library, int Line, int Column)
{
    /// <summary>Whether it is for every name that an expression matches.</summary>
    public bool IsPattern => Expression is not null;
}

/// <summary>What a policy does to names that no other rule settles.</summary>
public enum SymbolTreatment
{
    /// <summary>Names that must stay global move into the namespace; the rest become local.</summary>
    Rename,

    /// <summary>Names that must stay global stay as they are; the rest become local.</summary>
    Hide,
}

/// <summary>What variables are that public headers declare, under a policy that renames them.</summary>
public enum DeclaredData
{
    /// <summary>Public, as functions are.</summary>
    Public,

    /// <summary>The set's own, as all others are: what no other object uses becomes local. Mini-OS wants it so.</summary>
    Internal,
}

/// <summary>Whose C library the guest is linked with.</summary>
public enum LibcMode
{
    /// <summary>The tree's stub libc, under its C names.</summary>
    Stub,

    /// <summary>The tree's stub libc with every name inside the internal namespace, beside a libc of the guest's own.</summary>
    Private,

    /// <summary>No libc in the set: the names that the tree needs of one stay undefined.</summary>
    None,
}
