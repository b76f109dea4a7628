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
                "MINIOS1405", $"cannot read the policy file: {e.Message} Give the path of a policy file, or the name of a built-in policy.", path), e);
        }

        return Parse(bytes, path);
    }

    /// <summary>The policy of a set that a script links: what the script defines, the linker makes. Its digest stays, since only names that no object defines are meant.</summary>
    public NamespacePolicy LinkedBy(IEnumerable<string> names) => this with { LinkerNames = [.. LinkerNames.Union(names)] };
}
