namespace MiniosBuild.Toolchain.Running;

/// <summary>Follows a file that another process writes to; it need not be there yet.</summary>
/// <param name="path">The file.</param>
/// <param name="take">Gets the bytes as they come.</param>
internal sealed class LogTail(string path, Action<ReadOnlySpan<byte>> take) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private FileStream? _stream;

    /// <summary>Takes what has been written since the last time.</summary>
    public void Take()
    {
        if (_stream is null)
        {
            if (!File.Exists(path))
            {
                return;
            }

            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }

        for (int count; (count = _stream.Read(_buffer)) > 0;)
        {
            take(_buffer.AsSpan(0, count));
        }
    }

    public void Dispose() => _stream?.Dispose();
}
