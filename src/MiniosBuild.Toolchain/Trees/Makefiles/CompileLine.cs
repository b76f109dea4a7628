namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>A folder of headers that a compile line names.</summary>
/// <param name="Path">Absolute path; it need not exist.</param>
/// <param name="IsSystem">Whether it is named by -isystem.</param>
public sealed record CompileFolder(string Path, bool IsSystem);

/// <summary>How a makefile compiles a kind of source, its inputs and outputs left out.</summary>
/// <param name="Defines"><c>NAME</c> or <c>NAME=VALUE</c>, in order.</param>
/// <param name="IncludeFolders">In the order of the line; a compiler looks into those that are no system folders first.</param>
/// <param name="NoStandardIncludes">Whether -nostdinc is among the options.</param>
/// <param name="CompilerIncludes">Whether the folder of the compiler's own headers is named, by asking the compiler for it.</param>
/// <param name="Options">The other options, in order.</param>
public sealed record CompileLine(
    IReadOnlyList<string> Defines, IReadOnlyList<CompileFolder> IncludeFolders, bool NoStandardIncludes, bool CompilerIncludes, IReadOnlyList<string> Options)
{
    internal static CompileLine None { get; } = new([], [], false, false, []);

    /// <summary>Reads the words of a command.</summary>
    /// <param name="words">The words, the compiler first.</param>
    /// <param name="folder">The folder that relative paths are of.</param>
    /// <param name="unknown">The mark of what a command would have put out.</param>
    internal static CompileLine Parse(IEnumerable<string> words, string folder, string unknown)
    {
        List<string> defines = [], options = [];
        List<CompileFolder> folders = [];
        bool noStandard = false, ownIncludes = false;
        string[] all = [.. words.SkipWhile(w => !w.StartsWith('-'))];
        for (int i = 0; i < all.Length; i++)
        {
            string word = all[i];
            if (!word.StartsWith('-') || word is "-c" or "-")
            {
                continue;
            }

            if (Argument("-D") is { } define)
            {
                defines.Add(define);
            }
            else if (Argument("-I") is { } plain)
            {
                Folder(plain, isSystem: false);
            }
            else if (Argument("-isystem") is { } system)
            {
                Folder(system, isSystem: true);
            }
            else if (word == "-nostdinc")
            {
                noStandard = true;
            }
            else if (word.StartsWith("-o", StringComparison.Ordinal))
            {
                i += word == "-o" ? 1 : 0;
            }
            else if (word is "-include" or "-imacros" or "-iquote" or "-idirafter" && i + 1 < all.Length)
            {
                options.AddRange([word, Path.GetFullPath(all[++i], folder)]);
            }
            else if (word is "-U" or "-x" or "-Xassembler" or "-Xpreprocessor" or "-Xlinker" or "--param" or "-MF" or "-MT" or "-MQ" && i + 1 < all.Length)
            {
                options.AddRange([word, all[++i]]);
            }
            else if (!word.Contains(unknown, StringComparison.Ordinal))
            {
                options.Add(word);
            }

            string? Argument(string option) => word == option
                ? i + 1 < all.Length ? all[++i] : null
                : word.StartsWith(option, StringComparison.Ordinal) ? word[option.Length..] : null;
        }

        return new(defines, folders, noStandard, ownIncludes, options);

        void Folder(string path, bool isSystem)
        {
            if (!path.Contains(unknown, StringComparison.Ordinal))
            {
                folders.Add(new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, folder)), isSystem));
            }
            else if (path.EndsWith("include", StringComparison.Ordinal))
            {
                ownIncludes = true;
            }
        }
    }
}
