namespace MiniosBuild.Renaming.Planning;

/// <summary>Which names a library's own rules are for.</summary>
internal sealed class DriverLibraries(IReadOnlyList<DriverNamespace> drivers)
{
    private readonly HashSet<string> _drivers = [.. drivers.Select(driver => driver.Library)];

    /// <summary>
    /// Whether a library's own rules are for a name: it defines the name, or the definition is weak and stands in for a driver's
    /// when that is not built (both must get one name), or no library defines it and a header only declares it.
    /// </summary>
    public bool Serve(string? library, in NameSubject subject) =>
        library is null || subject.Library is null || library == subject.Library || (subject.IsWeak && _drivers.Contains(library));
}
