using System.Text.RegularExpressions;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Policy;

/// <summary>
/// The rules that a plan is computed from and a result is checked against. Data only: the planner and the validator each
/// have their own way of matching, so that a mistake in one does not hide in the other.
/// </summary>
public sealed record NamespacePolicy
{
    /// <summary>The library that holds the C library's names.</summary>
    public const string LibcLibrary = "libc";

    internal NamespacePolicy()
    {
    }

    /// <summary>The file it was read from, as the caller named it.</summary>
    public required string Path { get; init; }

    /// <summary>What reports call it.</summary>
    public required string Name { get; init; }

    /// <summary>Begins every name of the public interface.</summary>
    public required string PublicPrefix { get; init; }

    /// <summary>Begins every name that only the set itself uses.</summary>
    public required string InternalPrefix { get; init; }

    /// <summary>Put before the driver namespaces; empty to leave them as they are.</summary>
    public required string DriverPrefix { get; init; }

    /// <summary>Whether functions outside the namespace are renamed.</summary>
    public required SymbolTreatment Functions { get; init; }

    /// <summary>Whether variables outside the namespace are renamed.</summary>
    public required SymbolTreatment Data { get; init; }

    /// <summary>What makes a name public.</summary>
    public required PublicSources Public { get; init; }

    /// <summary>How serious an entry is that matches nothing in the set.</summary>
    public required DiagnosticSeverity Unmatched { get; init; }

    /// <summary>How serious findings are, where that differs from the default.</summary>
    public required FindingLevels Levels { get; init; }

    /// <summary>Where the policy's own choices come from, for its readers; null when it does not say.</summary>
    public string? Description { get; init; }

    /// <summary>Names that stay as they are; <c>*</c> and <c>?</c> are wildcards.</summary>
    public required IReadOnlyList<PolicyName> Keep { get; init; }

    /// <summary>Weak functions that a guest may override, those of the drivers included.</summary>
    public required IReadOnlyList<PolicyName> Hooks { get; init; }

    /// <summary>Explicit renames in the order in which they are tried, those of the drivers included.</summary>
    public required IReadOnlyList<RenameRule> Renames { get; init; }

    /// <summary>What the policy says of the names in public headers.</summary>
    public required HeaderPolicy Headers { get; init; }

    /// <summary>Driver namespaces, sorted by library.</summary>
    public required IReadOnlyList<DriverNamespace> Drivers { get; init; }

    /// <summary>Names that compilers make; <c>*</c> and <c>?</c> are wildcards.</summary>
    public required IReadOnlyList<string> CompilerNames { get; init; }

    /// <summary>Names that linkers and their scripts make; <c>*</c> and <c>?</c> are wildcards.</summary>
    public required IReadOnlyList<string> LinkerNames { get; init; }

    /// <summary>External names of ISO C and POSIX, and those that the policy adds.</summary>
    public required IReadOnlySet<string> CNames { get; init; }

    /// <summary>The compiler-made names and patterns that this policy adds to the known ones.</summary>
    public required IReadOnlyList<PolicyName> AddedCompilerNames { get; init; }

    /// <summary>The linker-made names and patterns that this policy adds to the known ones.</summary>
    public required IReadOnlyList<PolicyName> AddedLinkerNames { get; init; }

    /// <summary>The names that this policy adds to those of ISO C and POSIX.</summary>
    public required IReadOnlyList<PolicyName> AddedCNames { get; init; }

    /// <summary>
    /// 16 hexadecimal digits that stand for what the policy does to names: the same for two files that differ in layout, comments,
    /// the policy's name and severities only.
    /// </summary>
    public string Digest => field ??= PolicyDigest.Of(this);

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
public sealed record RenameRule(string From, Regex? Expression, string To, string? Library, int Line, int Column);

/// <summary>What a policy does to names that no other rule settles.</summary>
public enum SymbolTreatment
{
    /// <summary>Names that must stay global move into the namespace; the rest become local.</summary>
    Rename,

    /// <summary>Names that must stay global stay as they are; the rest become local.</summary>
    Hide,
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
