namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Something other than <see cref="ElfSymbolRewriter"/> that renames symbols of an object and makes them local. Thread-safe.</summary>
public interface IElfSymbolRewriter
{
    /// <summary>Changes an object. That the result is right is for the caller to prove.</summary>
    /// <param name="file">The object.</param>
    /// <param name="data">The bytes that it was parsed from.</param>
    /// <param name="changes">What happens to which symbols, sorted by their index; at least one.</param>
    /// <param name="path">What diagnostics call the object.</param>
    /// <exception cref="DiagnosticException">It failed, or is known to get these changes wrong.</exception>
    ReadOnlyMemory<byte> Rewrite(ElfFile file, ReadOnlyMemory<byte> data, ReadOnlyMemory<ElfSymbolChange> changes, string path);
}
