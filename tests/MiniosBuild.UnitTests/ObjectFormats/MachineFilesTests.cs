using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>
/// The readers against binutils, on what the machine has. The floors are what libgcc-12-dev, libc6-dev, libstdc++-12-dev and musl-dev
/// alone bring (6,010 objects), less a margin for other versions of them.
/// </summary>
[Trait("Length", "long")]
public sealed class MachineFilesTests
{
    private const int LeastObjects = 5000;

    [Fact]
    public void Every_object_and_archive_of_the_machine_is_read_as_readelf_reads_it()
    {
        ReadelfComparison comparison = new();
        foreach (string path in MachineFiles.All())
        {
            comparison.Compare(path);
        }

        Assert.InRange(comparison.Objects, LeastObjects, int.MaxValue);
        Assert.InRange(comparison.Lines, 500_000, int.MaxValue);
    }

    [Fact]
    public void Every_archive_of_the_machine_is_read_as_nm_and_ar_read_it()
    {
        int members = 0;
        int lines = 0;
        foreach (string path in MachineFiles.All())
        {
            byte[] data = File.ReadAllBytes(path);
            if (!ArArchive.IsArchive(data))
            {
                continue;
            }

            ArArchive archive = ArArchive.Parse(data);
            Assert.Equal(RealTool.Run("ar", "t", path).Split('\n', StringSplitOptions.RemoveEmptyEntries), archive.Members.Select(member => member.Name));
            members += archive.Members.Count;

            using IEnumerator<string> expected = NmText.Lines(archive).GetEnumerator();
            RealTool.RunLines("nm", ["-ps", path], line =>
            {
                if (line.Length > 0)
                {
                    lines++;
                    Assert.True(expected.MoveNext(), $"{path}: nm shows more: {line}");
                    Check(path, expected.Current, line);
                }
            });
            Assert.False(expected.MoveNext(), $"{path}: nm does not show: {expected.Current}");
        }

        Assert.InRange(members, LeastObjects, int.MaxValue);
        Assert.InRange(lines, 50_000, int.MaxValue);
    }

    [Fact]
    public void Programs_and_shared_libraries_are_read_as_readelf_reads_them()
    {
        ReadelfComparison comparison = new();
        foreach (string tool in (string[])["readelf", "ar", "ld"])
        {
            comparison.Compare(Path.Combine("/usr/bin", tool));
        }

        foreach (string library in (string[])["libc.so.6", "libm.so.6", "libstdc++.so.6"])
        {
            comparison.Compare(RealTool.Run("gcc", $"-print-file-name={library}").Trim());
        }

        Assert.Equal(6, comparison.Objects);
        Assert.InRange(comparison.Lines, 10_000, int.MaxValue);
    }

    private static void Check(string path, string expected, string line)
    {
        string found = NmText.Reduce(line);
        // N stands for a section that is for debugging, whether the symbol is global or local.
        if (expected != found && !(line.Contains(" N ", StringComparison.Ordinal) && expected.Replace(" local ", " global ", StringComparison.Ordinal) == found))
        {
            Assert.Fail($"{path}\nread: {expected}\nnm:   {found}\nline: {line}");
        }
    }
}
