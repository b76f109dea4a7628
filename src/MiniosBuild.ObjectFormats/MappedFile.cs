using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace MiniosBuild.ObjectFormats;

/// <summary>A file mapped for reading. Its memory is valid until <see cref="IDisposable.Dispose"/>.</summary>
public sealed unsafe class MappedFile : MemoryManager<byte>
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly int _length;
    private byte* _start;

    private MappedFile(FileStream stream)
    {
        _length = checked((int)stream.Length);
        if (_length == 0)
        {
            return; // An empty file cannot be mapped; its memory is empty too.
        }

        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Maps the whole file; I/O errors come as they are, a file of 2 GiB and more as <see cref="OverflowException"/>.</summary>
    public static MappedFile Open(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return new MappedFile(stream);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => _length == 0 ? [] : new Span<byte>(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_start != null)
        {
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
            _start = null;
        }

        _view?.Dispose();
        _map?.Dispose();
    }
}
