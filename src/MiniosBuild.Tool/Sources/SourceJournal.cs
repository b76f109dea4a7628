using System.Text.Json;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// What a run is about to write, in a folder of its own beside the sources: from the moment that it is complete, the sources become new whatever happens to
/// the run, since the next one goes on with it. Sources are written where they are, so that owner, rights, attributes and hard links stay.
/// </summary>
internal sealed class SourceJournal : IDisposable
{
    private const string FolderName = ".minios-migrate";

    private readonly string _folder;
    private readonly FileStream _lock;

    private SourceJournal(string folder, FileStream held)
    {
        _folder = folder;
        _lock = held;
    }

    /// <summary>Writes sources, all or none.</summary>
    /// <param name="path">The first path of the command line: in its folder, or in that of the file, is the journal.</param>
    /// <param name="files">New texts.</param>
    /// <param name="cancellation">Ends the work as long as no source has changed.</param>
    /// <exception cref="DiagnosticException">MINIOS1818 another run is at work.</exception>
    public static void Write(string path, IReadOnlyList<(string Target, byte[] Old, byte[] New)> files, CancellationToken cancellation)
    {
        if (files.Count == 0)
        {
            return;
        }

        using SourceJournal journal = Open(PlaceOf(path));
        JournalEntry[] entries = [.. files.Select((file, i) => new JournalEntry(file.Target, $"{i}.old", $"{i}.new"))];
        for (int i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            File.WriteAllBytes(journal.At(entries[i].Old), files[i].Old);
            File.WriteAllBytes(journal.At(entries[i].New), files[i].New);
        }

        AtomicFile.Write(journal.List, JsonSerializer.SerializeToUtf8Bytes(entries));
        int written = 0;
        try
        {
            for (; written < files.Count; written++)
            {
                Overwrite(files[written].Target, files[written].New);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            for (int i = written; i >= 0; i--)
            {
                Overwrite(files[i].Target, files[i].Old);
            }

            File.Delete(journal.List);
            throw;
        }

        File.Delete(journal.List);
    }

    /// <summary>Goes on with runs that were killed.</summary>
    /// <param name="paths">The paths of the command line.</param>
    /// <param name="write">Whether sources may be written.</param>
    /// <returns>MINIOS1819 for each run that was brought to its end.</returns>
    /// <exception cref="DiagnosticException">MINIOS1818 another run is at work, or a killed one has left what only a person or --write may end.</exception>
    public static IReadOnlyList<Diagnostic> Recover(IReadOnlyList<string> paths, bool write)
    {
        var real = new RealPath();
        string[] roots = [.. paths.Select(path => Directory.Exists(path) ? real.Of(Path.GetFullPath(path)).TrimEnd('/') + "/" : real.Of((File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path)))];
        var remarks = new List<Diagnostic>();
        foreach (string folder in paths.Select(PlaceOf).Distinct(StringComparer.Ordinal).Where(Directory.Exists))
        {
            using SourceJournal journal = Open(folder);
            if (File.Exists(journal.List))
            {
                remarks.Add(journal.Finish(write, target => roots.Any(root => root.EndsWith('/') ? real.Of(target).StartsWith(root, StringComparison.Ordinal) : real.Of(target) == root)));
            }
        }

        return remarks;
    }

    /// <summary>Removes the folder, unless it says what is still to be written.</summary>
    public void Dispose()
    {
        if (!File.Exists(List))
        {
            Directory.Delete(_folder, recursive: true);
        }

        _lock.Dispose();
    }

    private string List => At("list.json");

    private string At(string name) => Path.Combine(_folder, name);

    private static string PlaceOf(string path) => Path.Combine(Directory.Exists(path) ? Path.GetFullPath(path) : Path.GetDirectoryName(Path.GetFullPath(path))!, FolderName);

    private static SourceJournal Open(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new SourceJournal(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new DiagnosticException(Unfinished("another run of minios migrate is writing sources here; wait for its end", folder), e);
        }
    }

    private Diagnostic Finish(bool write, Func<string, bool> isBelowPaths)
    {
        // A folder of somebody else's sources may hold anything: nothing outside the paths is written, and no text taken from elsewhere than here.
        JournalEntry[] entries = Entries();
        if (entries.FirstOrDefault(entry => !IsOurs(entry) || !isBelowPaths(entry.Target)) is { } other)
        {
            throw new DiagnosticException(Unfinished($"this names a source ({other.Target}) that is not below the paths, or a text that is not here. Name the paths that the killed run had; if the sources are as you want them, remove {_folder}", List));
        }

        (JournalEntry Entry, byte[] New)[] left =
            [.. entries.Select(entry => (Entry: entry, New: File.ReadAllBytes(At(entry.New)))).Where(at => !File.Exists(at.Entry.Target) || !at.New.AsSpan().SequenceEqual(File.ReadAllBytes(at.Entry.Target)))];
        if (!write)
        {
            throw new DiagnosticException(Unfinished($"minios migrate --write was killed here, and {left.Length} of {entries.Length} sources are not written; --write goes on with it", _folder));
        }

        foreach ((JournalEntry entry, byte[] text) in left)
        {
            // Overwriting begins by cutting the file, so that what is half done is the beginning of the new text.
            byte[] found = File.Exists(entry.Target) ? File.ReadAllBytes(entry.Target) : [];
            if (!found.AsSpan().SequenceEqual(File.ReadAllBytes(At(entry.Old))) && !text.AsSpan().StartsWith(found))
            {
                throw new DiagnosticException(Unfinished(
                    $"minios migrate --write was killed before it wrote this source, which has changed since; its old text is {At(entry.Old)}, the new one {At(entry.New)}. Make of it what you want, then remove {_folder}",
                    entry.Target));
            }
        }

        foreach ((JournalEntry entry, byte[] text) in left)
        {
            Overwrite(entry.Target, text);
        }

        File.Delete(List);
        return Diagnostic.Warning(ToolCodes.RunFinished, $"minios migrate --write was killed here before it had written {left.Length} of {entries.Length} sources; they are written now", _folder);
    }

    private bool IsOurs(JournalEntry entry) => entry is { Target: not null, Old: not null, New: not null } && Path.IsPathRooted(entry.Target)
        && new[] { entry.Old, entry.New }.All(name => Path.GetFileName(name) == name && File.Exists(At(name)));

    private JournalEntry[] Entries()
    {
        try
        {
            return JsonSerializer.Deserialize<JournalEntry[]>(File.ReadAllBytes(List)) ?? [];
        }
        catch (JsonException e)
        {
            throw new DiagnosticException(Unfinished($"minios migrate did not write this: {e.Message} Compare its texts with your sources, then remove {_folder}", List), e);
        }
    }

    private static void Overwrite(string path, byte[] text)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        stream.Write(text);
    }

    private static Diagnostic Unfinished(string message, string path) => Diagnostic.Error(ToolCodes.RunUnfinished, message, path);

    /// <param name="Target">The source.</param>
    /// <param name="Old">The file of the folder that has its old text.</param>
    /// <param name="New">The file of the folder that has its new one.</param>
    private sealed record JournalEntry(string Target, string Old, string New);
}
