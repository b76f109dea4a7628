using System.Buffers;

namespace MiniosBuild.Tool.Sets;

/// <summary>An object or archive as the command line names it.</summary>
/// <param name="Library">The library that it is, or that the object belongs to.</param>
/// <param name="Path">The path as the user wrote it: what messages call the file.</param>
internal readonly record struct InputFile(string Library, string Path)
{
    private static readonly SearchValues<char> s_libraryCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.");

    /// <summary>
    /// Reads <c>FILE</c> or <c>LIBRARY=FILE</c>. Without a library it is taken from the file's name: <c>libminios-core.a</c> is core,
    /// <c>libc.a</c> is libc, <c>libm.a</c> and <c>m.o</c> are m, <c>minios-entry.o</c> is entry.
    /// </summary>
    public static InputFile Parse(string argument)
    {
        int equals = argument.IndexOf('=');
        return equals > 0 && argument.AsSpan(0, equals).IndexOfAnyExcept(s_libraryCharacters) < 0 && !File.Exists(argument)
            ? new InputFile(argument[..equals], argument[(equals + 1)..])
            : new InputFile(LibraryOf(argument), argument);
    }

    private static string LibraryOf(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        if (name == NamespacePolicy.LibcLibrary)
        {
            return name;
        }

        string bare = After("lib", name);
        return After("minios-", bare);
    }

    private static string After(string prefix, string name) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
}
