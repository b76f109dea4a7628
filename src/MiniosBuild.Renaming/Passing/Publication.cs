using Microsoft.Win32.SafeHandles;
using MiniosBuild.ObjectFormats;

namespace MiniosBuild.Renaming.Passing;

/// <summary>A file that appears whole or not at all: written beside its place, then renamed into it.</summary>
internal sealed class Publication : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _isPublished;

    public Publication(string path)
    {
        _path = path;
        _temporary = path + ".tmp";
        Handle = File.OpenHandle(_temporary, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
    }

    public SafeFileHandle Handle { get; }

    /// <summary>What was written so far.</summary>
    public MappedFile Read() => MappedFile.Open(_temporary);

    /// <summary>Puts the file into its place; a file with the same bytes stays there, with its time stamp.</summary>
    /// <returns>Whether the file at the place changed.</returns>
    public bool Publish()
    {
        Handle.Dispose();
        if (File.Exists(_path) && new FileInfo(_path).Length == new FileInfo(_temporary).Length && HasSameContent())
        {
            return false;
        }

        File.Move(_temporary, _path, overwrite: true);
        _isPublished = true;
        return true;
    }

    public void Dispose()
    {
        Handle.Dispose();
        if (!_isPublished)
        {
            File.Delete(_temporary);
        }
    }

    private bool HasSameContent()
    {
        using MappedFile before = MappedFile.Open(_path);
        using MappedFile after = Read();
        return before.GetSpan().SequenceEqual(after.GetSpan());
    }
}
