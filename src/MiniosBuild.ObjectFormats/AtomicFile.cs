using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MiniosBuild;

/// <summary>
/// A file that appears whole or not at all, and keeps its time stamp when nothing changed: a draft is written beside its place and renamed into it.
/// Each writer has a draft of its own, so that of several at once one leaves its file whole. What writers leave that are killed, the next one in the folder clears away.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private const int BlockSize = 1 << 16;
    private const int Attempts = 4;
    private const int MarkBytes = 4;
    private const string LockEnd = ".tmp";

    // An empty file that is held open while there may be a draft: the system lets go of it when the process ends, however that comes about. It is not
    // the draft itself, since compilers and linkers may put a file of their own in its place, which nobody holds.
    private readonly SafeFileHandle _held;
    private readonly string _lock;
    private readonly string _path;

    /// <param name="path">Of the file; its folder is made if it is missing.</param>
    /// <exception cref="IOException">There is a device of that name, or the folder cannot be written to.</exception>
    public AtomicFile(string path)
    {
        RequireNoDevice(path);
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        ClearAbandoned(Path.GetDirectoryName(_path)!);
        for (int attempt = 1; ; attempt++)
        {
            string mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes));
            _lock = LockOf(_path, mark);
            Draft = DraftOf(_path, mark);
            if (TryHold(_lock, isLast: attempt == Attempts) is { } held)
            {
                _held = held;
                return;
            }
        }
    }

    /// <summary>
    /// Where the bytes go before <see cref="Publish"/>, by whatever means; nothing is there at first. It differs from the file's path in one more extension:
    /// compilers that write other files beside an object name them as they would without it.
    /// </summary>
    public string Draft { get; }

    /// <summary>Writes bytes as a whole; leaves a file with the same bytes untouched.</summary>
    /// <returns>True when the file changed.</returns>
    /// <exception cref="IOException">There is a device of that name, or the folder cannot be written to.</exception>
    public static bool Write(string path, ReadOnlySpan<byte> content)
    {
        RequireNoDevice(path);
        if (File.Exists(path) && new FileInfo(path).Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path)))
        {
            ClearAbandoned(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return false;
        }

        using var file = new AtomicFile(path);
        File.WriteAllBytes(file.Draft, content);
        File.Move(file.Draft, file._path, overwrite: true);
        return true;
    }

    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static bool Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Copies a file to its place as a whole; leaves a file with the same bytes untouched, and what lies beside it.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static bool Copy(string source, string path)
    {
        RequireNoDevice(path);
        if (HasSameContent(source, path))
        {
            return false;
        }

        using var file = new AtomicFile(path);
        File.Copy(source, file.Draft);
        File.Move(file.Draft, file._path, overwrite: true);
        return true;
    }

    /// <summary>Deletes what killed writers of any files left in a folder; what others are writing stays.</summary>
    /// <param name="folder">A folder that is there.</param>
    public static void ClearAbandoned(string folder)
    {
        foreach (string found in Directory.EnumerateFiles(folder, ".*" + LockEnd))
        {
            if (DraftOfLock(found) is { } draft)
            {
                ClearAbandoned(found, draft);
            }
        }
    }

    /// <summary>Whether a file is not an output but what somebody writes one with.</summary>
    public static bool IsOfWriter(string path) => DraftOfLock(path) is not null
        || (Path.GetExtension(path) is { Length: > 0 } mark && File.Exists(LockOf(path[..^mark.Length], mark[1..])));

    /// <summary>Moves the finished draft to its place; drops it when the place holds the same bytes already.</summary>
    /// <returns>True when the file changed.</returns>
    public bool Publish()
    {
        if (HasSameContent(Draft, _path))
        {
            File.Delete(Draft);
            return false;
        }

        File.Move(Draft, _path, overwrite: true);
        return true;
    }

    /// <summary>Deletes a draft that was not published.</summary>
    public void Dispose()
    {
        File.Delete(Draft);
        File.Delete(_lock);
        _held.Dispose();
    }

    private static string LockOf(string path, string mark) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{mark}{LockEnd}");

    private static string DraftOf(string path, string mark) => $"{path}.{mark}";

    private static string? DraftOfLock(string path)
    {
        string name = Path.GetFileName(path);
        int end = name.Length - LockEnd.Length - (2 * MarkBytes);
        return end > 2 && name[0] == '.' && name[end - 1] == '.' && name.EndsWith(LockEnd, StringComparison.Ordinal)
            && name[end..^LockEnd.Length] is var mark && mark.All(char.IsAsciiHexDigitLower) ? DraftOf(Path.Combine(Path.GetDirectoryName(path)!, name[1..(end - 1)]), mark) : null;
    }

    // Who clears away may come in between the making of the lock's file and the holding of it, and then takes it for abandoned.
    private static SafeFileHandle? TryHold(string path, bool isLast)
    {
        try
        {
            SafeFileHandle held = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            if (File.Exists(path))
            {
                return held;
            }

            held.Dispose();
            return isLast ? throw new IOException($"{path} is deleted as often as it is made.") : null;
        }
        catch (IOException) when (!isLast)
        {
            return null;
        }
    }

    private static void ClearAbandoned(string found, string draft)
    {
        try
        {
            using SafeFileHandle held = File.OpenHandle(found, FileMode.Open, FileAccess.Write, FileShare.None);
            if (RandomAccess.GetLength(held) == 0)
            {
                File.Delete(draft);
                File.Delete(found);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its writer is at work, another clears it away, or it is not ours to delete.
        }
    }

    // The rename would put a file in the place of the device itself, /dev/null for example, for all of the machine.
    private static void RequireNoDevice(string path)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
        {
            throw new IOException($"{path} is a device; name a file for the output.");
        }
    }

    private static bool HasSameContent(string left, string right)
    {
        var rightInfo = new FileInfo(right);
        if (!rightInfo.Exists || rightInfo.Length != new FileInfo(left).Length)
        {
            return false;
        }

        using FileStream leftStream = File.OpenRead(left), rightStream = File.OpenRead(right);
        byte[] leftBlock = new byte[BlockSize], rightBlock = new byte[BlockSize];
        int read;
        do
        {
            read = leftStream.ReadAtLeast(leftBlock, BlockSize, throwOnEndOfStream: false);
            if (rightStream.ReadAtLeast(rightBlock, BlockSize, throwOnEndOfStream: false) != read || !leftBlock.AsSpan(0, read).SequenceEqual(rightBlock.AsSpan(0, read)))
            {
                return false;
            }
        }
        while (read == BlockSize);
        return true;
    }
}
