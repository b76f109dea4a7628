namespace MiniosBuild.Toolchain.Trees;

/// <summary>How a tree that has makefiles is compiled: as they say, and with what today's compilers need besides to make of it what their elders made.</summary>
public static class TreeOptions
{
    /// <summary>What is added, and why; docs/trees.md has the same table.</summary>
    public static readonly IReadOnlyList<(string Option, string Reason)> ForTodaysCompilers =
    [
        ("-fno-pie", "distributions build position-independent code by default; a kernel is linked at a fixed address and relocates nothing"),
        ("-fno-pic", "the same"),
        ("-fno-stack-protector", "where it is on by default, the check reads the canary through a segment register that the kernel does not set up"),
        ("-fno-asynchronous-unwind-tables", "tables that nobody reads would be kept in the image"),
        ("-fno-strict-aliasing", "old sources cast between pointer types; compilers of their day made nothing of it"),
        ("-Wno-error=implicit-function-declaration", "an error since gcc 14 and clang 16, a warning when the trees were written"),
        ("-Wno-error=implicit-int", "the same"),
        ("-Wno-error=int-conversion", "the same"),
        ("-Wno-error=incompatible-pointer-types", "the same"),
    ];

    private static readonly string[] s_withArgument = ["-include", "-imacros", "-isystem", "-I", "-D", "-U", "-idirafter", "-iquote", "-x", "-Xassembler", "-Xlinker", "-o", "-T", "-L"];

    /// <summary>The options of every C source of the tree, without definitions, include folders, optimisation and debug information.</summary>
    /// <param name="recipe">What the tree's makefiles say.</param>
    /// <param name="architecture">Options of the architecture, which have the last word but for the project's.</param>
    /// <param name="common">Whether tentative definitions are common symbols.</param>
    /// <param name="strict">Whether no header of this machine may be included.</param>
    public static IReadOnlyList<string> Compiler(TreeRecipe recipe, IEnumerable<string> architecture, bool common, bool strict) =>
    [
        .. Kept(recipe.CompilerOptions), .. ForTodaysCompilers.Select(o => o.Option), common ? "-fcommon" : "-fno-common",
        .. strict ? ["-nostdinc"] : Array.Empty<string>(), .. architecture,
    ];

    /// <summary>Whether the tree dates from when compilers merged tentative definitions by default (gcc before 10) and may have some in headers.</summary>
    public static bool IsOfCommonAge(TreeRecipe recipe) =>
        !recipe.CompilerOptions.Contains("-fno-common") && (recipe.CompilerOptions.Contains("-fcommon") || !recipe.KeptGlobals.KeepsMarked);

    /// <summary>What of the options of the tree's final link changes the image: its format and emulation.</summary>
    public static IReadOnlyList<string> Linker(TreeRecipe recipe)
    {
        var kept = new List<string>();
        var options = recipe.LinkerOptions;
        for (int i = 0; i < options.Count; i++)
        {
            if (options[i] is "-m" or "-z" && i + 1 < options.Count)
            {
                kept.AddRange([options[i], options[++i]]);
            }
            else if (options[i].StartsWith("--oformat", StringComparison.Ordinal))
            {
                kept.Add(options[i]);
            }
        }

        return kept;
    }

    // Warnings are the tree's to choose, but not whether they end the build; what the project says of optimisation and debug information counts.
    private static IEnumerable<string> Kept(IReadOnlyList<string> options)
    {
        for (int i = 0; i < options.Count; i++)
        {
            string option = options[i];
            if (s_withArgument.Contains(option))
            {
                i++;
            }
            else if (option.StartsWith('-') && option is not ("-Werror" or "-c" or "-nostdinc" or "-pipe" or "-flto" or "-fcommon" or "-fno-common")
                && !option.StartsWith("-Werror=", StringComparison.Ordinal)
                && !(option.StartsWith("-O", StringComparison.Ordinal) || option == "-g" || option.StartsWith("-ggdb", StringComparison.Ordinal))
                && !(option.StartsWith("-D", StringComparison.Ordinal) || option.StartsWith("-I", StringComparison.Ordinal) || option.StartsWith("-U", StringComparison.Ordinal)))
            {
                yield return option;
            }
        }
    }
}
