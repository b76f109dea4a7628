using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.RoundTrip;

/// <summary>Every relocatable object and archive member under some folders through the rewriter and back.</summary>
public sealed class FolderRoundTrip
{
    private readonly List<string> _failures = [];
    private readonly SortedDictionary<string, (int Count, string First)> _refusals = new(StringComparer.Ordinal);

    public int Files { get; private set; }

    public int Objects { get; private set; }

    public long Symbols { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>What was wrong, each with its file and member.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>How often the reader or the rewriter refused an object, and the first of them.</summary>
    public IReadOnlyDictionary<string, (int Count, string First)> Refusals => _refusals;

    /// <summary>Takes all files of a folder and those below it that it may read; links are not followed.</summary>
    public void AddFolder(string folder)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string path in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal))
        {
            if (LooksRight(path))
            {
                AddFile(path);
            }
        }
    }

    /// <summary>Takes an object or an archive.</summary>
    public void AddFile(string path)
    {
        using MappedFile file = MappedFile.Open(path);
        Files++;
        if (!ArArchive.IsArchive(file.Memory.Span))
        {
            Add(path, file.Memory);
            return;
        }

        try
        {
            foreach (ArMember member in ArArchive.Parse(file.Memory).Members)
            {
                Add($"{path}({member.Name})", member.Data);
            }
        }
        catch (ObjectFormatException e)
        {
            Refuse(path, e);
        }
    }

    /// <summary>By the first bytes: shared libraries and programs are by far the most files, and none of the rewriter's.</summary>
    private static bool LooksRight(string path)
    {
        Span<byte> start = stackalloc byte[18];
        try
        {
            using FileStream file = File.OpenRead(path);
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            start = start[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return ArArchive.IsArchive(start) || (ElfFile.IsElf(start) && start.Length == 18 && (start[16] | start[17]) == 1); // ET_REL
    }

    private void Add(string name, ReadOnlyMemory<byte> data)
    {
        if (!ElfFile.IsElf(data.Span))
        {
            return;
        }

        try
        {
            Symbols += ObjectRoundTrip.Require(data);
            Objects++;
            Bytes += data.Length;
        }
        catch (ObjectFormatException e)
        {
            Refuse(name, e);
        }
        catch (BrokenPromiseException e)
        {
            _failures.Add($"{name}: {e.Message}");
        }
    }

    private void Refuse(string name, ObjectFormatException e)
    {
        (int count, string first) = _refusals.GetValueOrDefault(e.Code, (0, $"{name}: {e.Message}"));
        _refusals[e.Code] = (count + 1, first);
    }
}
