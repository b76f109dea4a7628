using System.Text;

namespace MiniosBuild.Tool.Sources;

/// <summary>A source of the user's.</summary>
/// <param name="Path">The path by way of the command line: what messages call the file.</param>
/// <param name="Target">The full path of the file itself, links resolved.</param>
/// <param name="Bytes">Its text, in any encoding that extends ASCII.</param>
internal sealed record SourceFile(string Path, string Target, byte[] Bytes)
{
    private static readonly string[] s_extensions = [".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".inc"];

    /// <summary>Whether it is assembly that goes through the preprocessor.</summary>
    public bool IsAssembly => IsAssemblyName(Path);

    /// <summary>The text with a character for each byte, without a byte order mark.</summary>
    public string Text { get; } = Encoding.Latin1.GetString(Bytes.AsSpan().StartsWith("\uFEFF"u8) ? Bytes.AsSpan(3) : Bytes);

    /// <summary>Whether a file of that name is a source.</summary>
    public static bool IsSourceName(string path) =>
        IsAssemblyName(path) || s_extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal);

    // A linker script that the preprocessor makes (NAME.lds.S) is no assembly.
    private static bool IsAssemblyName(string path) =>
        path.EndsWith(".S", StringComparison.Ordinal) && !path.EndsWith(".lds.S", StringComparison.Ordinal);
}
