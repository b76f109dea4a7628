using MiniosBuild.ObjectFormats;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class MappedFileTests
{
    [Fact]
    public void The_memory_is_the_files_bytes()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("größe 1.txt", new string('x', 10_000) + "é");
        using MappedFile file = MappedFile.Open(path);
        Assert.Equal(File.ReadAllBytes(path), file.Memory.ToArray());
    }

    [Fact]
    public void An_empty_file_is_empty_memory()
    {
        using TemporaryFolder folder = new();
        using MappedFile file = MappedFile.Open(folder.Write("empty", ""));
        Assert.True(file.Memory.IsEmpty);
    }
}
