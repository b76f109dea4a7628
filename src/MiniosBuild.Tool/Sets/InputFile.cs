namespace MiniosBuild.Tool.Sets;

/// <summary>An object or archive as the command line names it.</summary>
/// <param name="Library">The library that it is, or that the object belongs to.</param>
/// <param name="Path">The path as the user wrote it: what messages call the file.</param>
internal readonly record struct InputFile(string Library, string Path)
{
    /// <summary>
    /// Reads <c>FILE</c> or <c>LIBRARY=FILE</c>. Without a library it is taken from the file's name: <c>libminios-core.a</c> is core,
    /// <c>libc.a</c> is libc, <c>libm.a</c> and <c>m.o</c> are m.
    /// </summary>
    public static InputFile Parse(string argument)
    {
        int equals = argument.IndexOf('=');
        return equals > 0 && argument.AsSpan(0, equals).IndexOfAnyExcept(s_libraryCharacters) < 0 && !File.Exists(argument)
            ? new InputFile(argument[..equals], argument[(equals + 1)..])
            : new InputFile(LibraryOf(argument), argument);
    }

    private static readonly System.Buffers.SearchValues<char> s_libraryCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+.");

    private static string LibraryOf(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        return name == NamespaceLibc ? name
            : name.StartsWith("libminios-", StringComparison.Ordinal) ? name["libminios-".Length..]
            : name.StartsWith("lib", StringComparison.Ordinal) && name.Length > 3 ? name[3..]
            : name;
    }

    private const string NamespaceLibc = Namespaces.NamespacePolicy.LibcLibrary;
}
