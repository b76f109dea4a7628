using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests.Corpus;

/// <summary>A package of Debian with the headers, and mostly the archive, of a C library: what our tests have to know of it.</summary>
/// <param name="Name">The package.</param>
internal sealed record CorpusPackage(string Name)
{
    private const string Include = "/usr/include/";

    // Folders below /usr/include of which Debian's compilers, or the library's pkg-config file, search all.
    private static readonly string[] MachineFolders = ["x86_64-linux-gnu/"];

    private static readonly CorpusPackage[] Special =
    [
        new("liblua5.4-dev") { Folder = "lua5.4" },
        new("libxml2-dev") { Folder = "libxml2" },
        // Its users choose the width before they include the header, which is an error without.
        new("libpcre2-dev") { Options = ["-DPCRE2_CODE_UNIT_WIDTH=8"] },
    ];

    /// <summary>The folder that its users search, below <c>/usr/include</c>; empty for that one.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>What every compilation of its headers needs.</summary>
    public IReadOnlyList<string> Options { get; private init; } = [];

    public static CorpusPackage Of(string name) => Array.Find(Special, package => package.Name == name) ?? new CorpusPackage(name);

    /// <summary>Copies its headers, and no others, so that all that they include of other packages is foreign.</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>What users search of it.</returns>
    /// <exception cref="InvalidOperationException">The package is not installed.</exception>
    public string CopyHeaders(string folder)
    {
        foreach (string file in Files().Where(file => file.StartsWith(Include, StringComparison.Ordinal) && File.Exists(file)))
        {
            string place = file[Include.Length..];
            place = Array.Find(MachineFolders, machine => place.StartsWith(machine, StringComparison.Ordinal)) is { } own ? place[own.Length..] : place;
            string copy = Path.Combine(folder, place);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string root = Path.Combine(folder, Folder);
        return Directory.Exists(root) ? root : throw new InvalidOperationException($"The package {Name} has no {root}.");
    }

    /// <summary>The path of one of its files, for example of <c>libz.a</c>.</summary>
    public string FileOf(string name) => Files().FirstOrDefault(file => Path.GetFileName(file) == name) ?? throw new InvalidOperationException($"The package {Name} has no {name}.");

    private string[] Files()
    {
        try
        {
            return RealTool.Run("dpkg", "-L", Name).Split('\n');
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"The tests need the package {Name}; ./test.sh --long installs it. {e.Message}", e);
        }
    }
}
