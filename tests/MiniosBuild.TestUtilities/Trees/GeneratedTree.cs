using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TestUtilities.Trees;

/// <summary>What Mini-OS trees have looked like over the years.</summary>
public enum TreeShape
{
    /// <summary>
    /// A fork of 2014: a real <c>include/mini-os</c> whose folder of the architecture is linked as <c>machine</c>, a linker script for each
    /// machine, switches in the makefile, no C library and no allocator (whoever links has them; the C headers lie in <c>../include</c>),
    /// variables that only headers define. Its makefile leaves an object.
    /// </summary>
    Fork2014,

    /// <summary>2015: sources in a subfolder, headers in another one; switches in the makefile, tools and flags in <c>config</c>.</summary>
    Subfolder2015,

    /// <summary>2016: switches in <c>Config.mk</c>, one preprocessed linker script, entries with and without paravirtualisation.</summary>
    Release2016,

    /// <summary>2025: lists of switches, marks at exported names that decide what the link leaves global, all sources in the root.</summary>
    Upstream2025,
}

/// <summary>
/// A checkout of a Mini-OS tree of some shape, made from the reference tree's files and from makefiles and files of our own
/// (folders beside this file), such as <c>make</c> builds.
/// </summary>
public sealed class GeneratedTree : IDisposable
{
    private readonly string _folder = ProjectFolders.Take();

    /// <param name="shape">Which.</param>
    /// <param name="name">The checkout's own name; may have blanks, which <c>make</c> does not take.</param>
    public GeneratedTree(TreeShape shape, string name = "checkout")
    {
        Shape = shape;
        Checkout = Path.Combine(_folder, name);
        Root = shape switch
        {
            TreeShape.Fork2014 => Path.Combine(Checkout, "xen"),
            TreeShape.Subfolder2015 => Path.Combine(Checkout, "extras", "mini-os"),
            _ => Checkout,
        };
        Copy(Path.Combine(Repository.Root, "src", "mini-os"), Root);
        TreeRecipes.Apply(this);
    }

    public TreeShape Shape { get; }

    /// <summary>The folder of all of it.</summary>
    public string Checkout { get; }

    /// <summary>The tree's own folder, for <c>MiniosSourceRoot</c>.</summary>
    public string Root { get; }

    /// <summary>Where the image is that <c>make</c> leaves, below <see cref="Checkout"/>.</summary>
    public string Image => Shape == TreeShape.Fork2014 ? "program" : Path.Combine(Path.GetRelativePath(Checkout, Root), "mini-os");

    /// <summary>The path of a file of the tree.</summary>
    public string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    public void Append(string relative, string text) => File.AppendAllText(PathOf(relative), text);

    /// <summary>Removes a file or a folder, which must be there.</summary>
    public void Remove(string relative)
    {
        if (Directory.Exists(PathOf(relative)))
        {
            Directory.Delete(PathOf(relative), recursive: true);
        }
        else
        {
            File.Delete(File.Exists(PathOf(relative)) ? PathOf(relative) : throw new FileNotFoundException($"{relative} is not in the tree"));
        }
    }

    /// <summary>Moves a file or a folder.</summary>
    public void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to))!);
        Directory.Move(PathOf(from), PathOf(to));
    }

    /// <summary>Replaces text in a file; it must be there, so that a change of the reference tree is seen.</summary>
    public void Edit(string relative, string old, string replacement)
    {
        string text = Read(relative);
        Write(relative, text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, replacement, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{relative} has no text '{old}'"));
    }

    /// <summary>Replaces text from one passage up to another one; returns what was there.</summary>
    public string Cut(string relative, string first, string last, string replacement = "")
    {
        string text = Read(relative);
        int start = text.IndexOf(first, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(last, start, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new InvalidOperationException($"{relative} has no text from '{first}' to '{last}'");
        }

        Write(relative, text[..start] + replacement + text[end..]);
        return text[start..end];
    }

    /// <summary>Replaces text in all sources and headers; one of them must have it.</summary>
    public void EditAll(string old, string replacement)
    {
        var files = Directory.GetFiles(Checkout, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".c" or ".h" or ".S" && File.ReadAllText(f).Contains(old, StringComparison.Ordinal)).ToList();
        if (files.Count == 0)
        {
            throw new InvalidOperationException($"no file has the text '{old}'");
        }

        files.ForEach(f => Edit(f, old, replacement));
    }

    /// <summary>Lays the files of a folder beside this file over a folder of the checkout.</summary>
    public void Overlay(string folder, string over) =>
        Copy(Path.Combine(Repository.Root, "tests", "MiniosBuild.TestUtilities", "Trees", folder), Path.GetFullPath(Path.Combine(Root, over)));

    /// <summary>Builds a copy with <c>make</c>, with the defaults or the switches of a file of the tree.</summary>
    public MadeTree Make(string? switches = null) => new(this, switches);

    public void Dispose() => ProjectFolders.Return(_folder);

    internal static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        RealTool.Run("cp", "-a", "--no-preserve=ownership", from + "/.", to);
    }
}
