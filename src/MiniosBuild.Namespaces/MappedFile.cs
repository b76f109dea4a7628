using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace MiniosBuild.Namespaces;

/// <summary>A file mapped for reading. Its memory is valid until <see cref="IDisposable.Dispose"/>.</summary>
public sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;
    private readonly int length;
    private byte* start;

    private MappedFile(FileStream stream)
    {
        length = checked((int)stream.Length);
        if (length == 0)
        {
            return; // An empty file cannot be mapped; its memory is empty too.
        }

        map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>Maps the whole file; I/O errors come as they are, a file of 2 GiB and more as <see cref="OverflowException"/>.</summary>
    public static MappedFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return new MappedFile(stream);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => length == 0 ? [] : new Span<byte>(start, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (start != null)
        {
            view!.SafeMemoryMappedViewHandle.ReleasePointer();
            start = null;
        }

        view?.Dispose();
        map?.Dispose();
    }
}
