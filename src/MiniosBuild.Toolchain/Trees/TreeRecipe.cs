using System.Text.Json.Serialization;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>A switch of a tree's configuration.</summary>
/// <param name="Name">Without CONFIG_.</param>
/// <param name="Default">Its value when nobody sets it; empty when the tree gives it none.</param>
/// <param name="Value">Its value with the settings that were given.</param>
/// <param name="File">Where the tree names it first.</param>
/// <param name="Line">1-based.</param>
public sealed record RecipeSwitch(string Name, string Default, string Value, string File, int Line);

/// <summary>A source of a tree.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Switch">The switch, without CONFIG_, by which it is built or not; null if none decides.</param>
/// <param name="IsInForce">Whether it is built with the settings that were given.</param>
/// <param name="IsArchitecture">Whether a makefile of its own folder compiles it, with that makefile's flags.</param>
public sealed record RecipeSource(string Path, string? Switch, bool IsInForce, bool IsArchitecture);

/// <summary>Which global names a tree's link leaves in its image.</summary>
/// <param name="Patterns">What its objcopy keeps (-G), for example <c>xenos_*</c> and <c>_start</c>.</param>
/// <param name="KeepsMarked">Whether it keeps the names in the sections <c>.export_symbol</c> as well.</param>
public sealed record KeptGlobals(IReadOnlyList<string> Patterns, bool KeepsMarked);

/// <summary>
/// What a tree's own makefiles say about how it is built, read without running anything. Paths are absolute; nothing of it need exist but the sources.
/// </summary>
public sealed class TreeRecipe
{
    [JsonConstructor]
    internal TreeRecipe()
    {
    }

    /// <summary>The switches that the tree knows, by name.</summary>
    public required IReadOnlyList<RecipeSwitch> Switches { get; init; }

    /// <summary>The tree's sources, those that the settings leave out included, by path.</summary>
    public required IReadOnlyList<RecipeSource> Sources { get; init; }

    /// <summary>How the tree's C is compiled.</summary>
    public required CompileLine C { get; init; }

    /// <summary>How the C of the architecture's folder is compiled; older trees' switches do not reach it.</summary>
    public required CompileLine ArchitectureC { get; init; }

    /// <summary>How assembly is.</summary>
    public required CompileLine Assembly { get; init; }

    /// <summary>Options of the link, without the script and without libraries.</summary>
    public required IReadOnlyList<string> LinkerOptions { get; init; }

    /// <summary>The source of the entry object; null if the makefiles name none.</summary>
    public required string? EntrySource { get; init; }

    /// <summary>The linker script, or the .lds.S that it is made from; null if the makefiles name none that exists.</summary>
    public required string? LinkerScript { get; init; }

    public required KeptGlobals KeptGlobals { get; init; }

    /// <summary>The makefiles that were read.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What was not done as make would, and what the makefiles say themselves.</summary>
    public required IReadOnlyList<MakefileNote> Notes { get; init; }

    public IReadOnlyList<string> Defines => C.Defines;

    public IReadOnlyList<string> AssemblyDefines => Assembly.Defines;

    public IReadOnlyList<string> IncludeFolders => [.. C.IncludeFolders.Select(f => f.Path)];

    public bool NoStandardIncludes => C.NoStandardIncludes;

    public IReadOnlyList<string> CompilerOptions => C.Options;

    public IReadOnlyList<string> AssemblerOptions => Assembly.Options;

    /// <summary>Reads the makefiles of a tree as make would, started in it, for an architecture.</summary>
    /// <param name="root">Absolute path of the tree.</param>
    /// <param name="family">The architecture's folder name, for example x86.</param>
    /// <param name="arch">The architecture's name, for example x86_64.</param>
    /// <param name="settings">Variables as given on make's command line, for example CONFIG_BALLOON and y; an architecture or root in them wins.</param>
    /// <param name="record">A file that keeps the recipe from one time to the next, for as long as nothing changed that the makefiles asked for; null for none.</param>
    /// <returns>Null when the tree has no makefile, or one that leads to no sources.</returns>
    /// <exception cref="DiagnosticException">MINIOS1030, 1031 or 1032, with the file and line.</exception>
    public static TreeRecipe? Read(string root, string family, string arch, IReadOnlyList<(string Name, string Value)> settings, string? record = null)
    {
        return record is null
            ? Evaluated(new MakefileFiles())
            : KeptRecipe.Get(record, Fingerprint.Of([root, family, arch, .. settings.SelectMany(s => new[] { s.Name, s.Value })]), Evaluated);

        TreeRecipe? Evaluated(MakefileFiles files) => new TreeRecipeReader(root, family, arch, files).Read(settings);
    }
}
