using MiniosBuild.Linking.Scripts;

namespace MiniosBuild.Linking.Options;

/// <summary>What of an option list for GNU ld decides which objects it takes and which names it knows; all other options change nothing here.</summary>
public sealed class LinkerOptions
{
    internal LinkerOptions()
    {
    }

    /// <summary>No options.</summary>
    public static LinkerOptions None { get; } = new();

    /// <summary>Names that are needed in any case, in order: <c>-u</c>, <c>--undefined</c>, <c>--require-defined</c>.</summary>
    public IReadOnlyList<string> Undefined { get; internal init; } = [];

    /// <summary>Those of <see cref="Undefined"/> without which the link fails: <c>--require-defined</c>.</summary>
    public IReadOnlyList<string> Required { get; internal init; } = [];

    /// <summary>Names that an option defines, in order, with the names that their expressions refer to: <c>--defsym</c>.</summary>
    public IReadOnlyList<LinkerAssignment> Assignments { get; internal init; } = [];

    /// <summary>The entry point: <c>-e</c>, <c>--entry</c>; null when no option says it.</summary>
    public string? Entry { get; internal init; }

    /// <summary>Names whose references go to <c>__wrap_NAME</c>: <c>--wrap</c>.</summary>
    public IReadOnlyList<string> Wrapped { get; internal init; } = [];

    /// <summary>Folders for libraries, in order: <c>-L</c>.</summary>
    public IReadOnlyList<string> SearchFolders { get; internal init; } = [];

    /// <summary>The files, libraries and scripts among the options, in order.</summary>
    public IReadOnlyList<LinkerOptionInput> Inputs { get; internal init; } = [];

    /// <summary>The other files that options name, in order.</summary>
    public IReadOnlyList<LinkerOptionFile> Files { get; internal init; } = [];

    /// <summary>Whether the folders that linker scripts name are not searched: <c>-nostdlib</c>.</summary>
    public bool IgnoresScriptFolders { get; internal init; }

    /// <summary>Whether the first of several definitions wins: <c>-z muldefs</c>, <c>--allow-multiple-definition</c>.</summary>
    public bool AllowsMultipleDefinition { get; internal init; }

    /// <summary>Whether code that nothing refers to is dropped, and what it needs with it: <c>--gc-sections</c>.</summary>
    public bool CollectsSections { get; internal init; }

    /// <summary>Whether missing names are no errors: <c>--unresolved-symbols=ignore-all</c>, <c>--noinhibit-exec</c>, <c>--warn-unresolved-symbols</c>, <c>-r</c>.</summary>
    public bool AllowsMissingNames { get; internal init; }

    /// <summary>Reads an option list, one word an argument as ld gets them.</summary>
    public static LinkerOptions Parse(IReadOnlyList<string> words) => new LinkerOptionReader(words).Read();
}

/// <summary>A file that an option names and that is no input of the link, but decides how it is made: <c>--version-script</c>, <c>--retain-symbols-file</c>.</summary>
/// <param name="Text">The path as the option has it.</param>
/// <param name="IsSearched">Whether it is looked for in the folders of <c>-L</c> too (ld manual, <c>-T</c>; the files that ld reads as it reads scripts).</param>
public sealed record LinkerOptionFile(string Text, bool IsSearched);
