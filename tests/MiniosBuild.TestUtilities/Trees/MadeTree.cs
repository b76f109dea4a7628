using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TestUtilities.Trees;

/// <summary>A copy of a tree that its own makefile has built.</summary>
public sealed class MadeTree : IDisposable
{
    private readonly string _folder = ProjectFolders.Take();

    internal MadeTree(GeneratedTree tree, string? switches)
    {
        Checkout = Path.Combine(_folder, "checkout");
        Root = Path.GetFullPath(Path.Combine(Checkout, Path.GetRelativePath(tree.Checkout, tree.Root)));
        Image = Path.Combine(Checkout, tree.Image);
        GeneratedTree.Copy(tree.Checkout, Checkout);

        // A fork of 2014 relies on what compilers of its time did unasked; whoever builds it today says so, and not its makefile.
        string[] arguments = [.. tree.Shape == TreeShape.Fork2014 ? ["CC=gcc -fcommon"] : Array.Empty<string>(), .. switches is null ? [] : new[] { "MINIOS_CONFIG=" + Path.Combine(Root, switches) }];
        var made = DotnetCommand.RunProgram(
            "make", tree.Shape == TreeShape.Fork2014 ? Checkout : Root, new Dictionary<string, string>(), cacheCompiler: true, ["-j2", .. arguments]);
        if (made.ExitCode != 0)
        {
            ProjectFolders.Return(_folder);
            throw new InvalidOperationException($"make ended with {made.ExitCode}:\n{made.Output}");
        }
    }

    /// <summary>The folder of all of it.</summary>
    public string Checkout { get; }

    /// <summary>The folder of the tree.</summary>
    public string Root { get; }

    public string Image { get; }

    /// <summary>The sources that were compiled, as paths in the tree, in their order.</summary>
    public IReadOnlyList<string> Sources =>
    [
        .. Directory.GetFiles(Root, "*.o", SearchOption.AllDirectories)
            .Select(o => Path.ChangeExtension(Path.GetRelativePath(Root, o), null))
            .Select(o => o.StartsWith("obj/", StringComparison.Ordinal) ? o["obj/".Length..] : o)
            .SelectMany(o => new[] { o + ".c", o + ".S" }).Where(s => File.Exists(Path.Combine(Root, s)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What the kernel's one object gives to whatever it is linked with, where the makefile makes such an object.</summary>
    public IReadOnlyList<string> GlobalNames =>
        NamesOf(Path.Combine(Root, File.Exists(Path.Combine(Root, "mini-os-kern.o")) ? "mini-os-kern.o" : "obj/minios.o"));

    /// <summary>The global names that an object or an archive defines.</summary>
    internal static IReadOnlyList<string> NamesOf(string file) =>
        [.. RealTool.Run("nm", "-g", "--defined-only", file).Split('\n').Select(l => l.Split(' ')).Where(f => f.Length == 3).Select(f => f[2]).Order(StringComparer.Ordinal)];

    public void Dispose() => ProjectFolders.Return(_folder);
}
