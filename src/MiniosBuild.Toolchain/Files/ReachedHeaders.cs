namespace MiniosBuild.Toolchain.Files;

/// <summary>What a scan of public headers learned besides their names.</summary>
/// <param name="Included">Headers that public ones lead to, and that are public for that reason.</param>
/// <param name="Missing">Names of headers that were included and not found.</param>
public sealed record ReachedHeaders(IReadOnlyList<ReachedHeader> Included, IReadOnlyList<string> Missing)
{
    /// <summary>Reads it; nothing when the file is missing or damaged.</summary>
    public static ReachedHeaders Load(string path) => RecordJson.Load(path, RecordJson.Default.ReachedHeaders) ?? new([], []);

    public void Save(string path) => RecordJson.Save(path, this, RecordJson.Default.ReachedHeaders);
}

/// <summary>A header that another leads to.</summary>
/// <param name="Place">Where it is staged, such as <c>mini-os/sched.h</c>.</param>
/// <param name="File">Absolute path.</param>
public sealed record ReachedHeader(string Place, string File);
