namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class MachineFilesTests
{
    [Fact]
    public void Every_object_and_archive_of_the_machine_is_read_as_readelf_reads_it()
    {
        ReadelfComparison comparison = new();
        foreach (string path in MachineFiles.Archives().Concat(MachineFiles.Objects()))
        {
            comparison.Compare(path);
        }

        Assert.Fail($"{comparison.Objects} {comparison.Lines}");
    }
}
