using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What is measured on a made archive counts only if real tools take it for an archive.</summary>
public sealed class MadeArchiveTests
{
    [Fact]
    public void The_linker_and_nm_read_a_made_archive()
    {
        using var folder = new TemporaryFolder();
        var made = new MadeArchive(30, 40);
        string path = folder.File("made.a");
        File.WriteAllBytes(path, made.Write());
        string[] defined = RealTool.Run("nm", "-g", "--defined-only", path).Split('\n').Where(line => line.Contains(" T ") || line.Contains(" D ")).ToArray();
        Assert.Equal(30 * 40, defined.Length);
        Assert.Equal(120, defined.Count(line => line.Contains(" D ")));
        Assert.Equal(30 * 20, RealTool.Run("nm", "-u", path).Split('\n').Count(line => line.Contains(" U ")));
        string linked = folder.File("linked");
        RealTool.Run("ld", "-e", MadeArchive.SymbolName(0, 0), "-u", MadeArchive.SymbolName(0, 0), "-o", linked, path);
        Assert.Contains(MadeArchive.SymbolName(29, 3), RealTool.Run("nm", linked));
    }

    [Fact]
    public void The_index_is_what_ranlib_makes()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("made.a");
        byte[] made = new MadeArchive(5, 7).Write();
        File.WriteAllBytes(path, made);
        RealTool.Run("ranlib", "-D", path);
        Assert.Equal(made, File.ReadAllBytes(path));
    }
}
