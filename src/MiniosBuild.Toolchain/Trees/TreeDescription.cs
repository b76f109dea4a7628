using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>What a tree is recognised as, in words.</summary>
public static class TreeDescription
{
    /// <summary>One line each: shape, switches, sources, entry, script, headers, libc.</summary>
    /// <param name="root">Absolute path of the tree.</param>
    /// <param name="architecture">The machine that it is built for.</param>
    /// <param name="recipe">What its makefiles say; null if it has none.</param>
    public static IEnumerable<string> Lines(string root, Architecture architecture, TreeRecipe? recipe)
    {
        string include = Directory.Exists(Path.Combine(root, "include")) ? Path.Combine(root, "include") : Path.Combine(Path.GetDirectoryName(root)!, "include");
        bool nested = Directory.Exists(Path.Combine(include, "mini-os")) && !Directory.Exists(Path.Combine(include, "mini-os", "mini-os"));
        yield return $"tree: {root}";
        yield return $"shape: {Shape(recipe, nested)}";
        if (recipe is not null)
        {
            var known = recipe.Switches.Where(s => s.Value.Length > 0).ToList();
            yield return $"switches on: {List(known.Where(s => s.Value != "n").Select(s => s.Value == "y" ? s.Name : $"{s.Name}={s.Value}"))}";
            yield return $"switches off: {List(known.Where(s => s.Value == "n").Select(s => s.Name))}";
            yield return $"sources: {recipe.Sources.Count(s => s.IsInForce)} of {recipe.Sources.Count}";
        }

        string usual = Path.Combine(root, "arch", architecture.Family, architecture.Name + ".S");
        yield return $"entry: {Below(root, recipe?.EntrySource ?? (File.Exists(usual) ? usual : null))}";
        yield return $"linker script: {(recipe?.LinkerScript is { } script ? Below(root, script) : "the one in arch/" + architecture.Family)}";
        yield return $"headers: {(nested ? Path.Combine(include, "mini-os") : include)}";
        yield return $"libc: {(HasLibc(root) ? "its own, in lib" : "none")}";
        if (recipe is not null)
        {
            yield return $"public names: {(recipe.KeptGlobals.KeepsMarked ? "marked with EXPORT_SYMBOL" : "not marked")}";
        }
    }

    private static string Shape(TreeRecipe? recipe, bool nested) => recipe is null
        ? "sources and headers in the usual places, no makefiles"
        : (recipe.KeptGlobals.KeepsMarked ? "makefiles that keep marked names only, as upstream's since 2023"
            : nested ? "makefiles, and headers in a folder include/mini-os, as forks of 2014" : "makefiles, as upstream's of 2014 to 2022")
            + $" ({List(recipe.Files.Select(Path.GetFileName)!)})";

    private static bool HasLibc(string root) => Directory.Exists(Path.Combine(root, "lib"))
        && Directory.EnumerateFiles(Path.Combine(root, "lib"), "*.c").Any(f => Path.GetFileName(f) is not ("xmalloc.c" or "xs.c"));

    private static string Below(string root, string? path) => path is null ? "none found" : Path.GetRelativePath(root, path);

    private static string List(IEnumerable<string> words) => string.Join(' ', words.DefaultIfEmpty("none"));
}
