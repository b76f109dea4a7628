namespace MiniosBuild.Toolchain.Caching;

/// <summary>
/// A file that one build at a time holds open, on this machine. The system lets go of it when the process ends, however
/// that comes about.
/// </summary>
internal sealed class CacheLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _stream;

    private CacheLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, waiting for as long as another has it.</summary>
    /// <param name="path">The lock's file, made if it is not there. It stays: removing it would give two builds two locks.</param>
    /// <param name="waiting">Called once if another has the lock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static CacheLock Take(string path, Action waiting, CancellationToken cancellation)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                return new CacheLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                if (!told)
                {
                    waiting();
                }
            }

            cancellation.WaitHandle.WaitOne(s_pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _stream.Dispose();
}
