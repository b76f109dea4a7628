using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("a");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ADeviceIsNotReplaced()
    {
        Assert.Throws<IOException>(() => AtomicFile.Write("/dev/minios-is-not-here", "text"));
        Assert.Throws<IOException>(() => AtomicFile.Copy(_folder.Write("new", "text"), "/dev/minios-is-not-here"));
        Assert.Throws<IOException>(() => new AtomicFile("/dev/minios-is-not-here"));
    }

    [Fact]
    public void EqualContentKeepsTheTimeStamp()
    {
        _folder.Write("a", "text");
        var before = new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Target, before);

        Assert.False(AtomicFile.Write(Target, "text"));
        Assert.False(AtomicFile.Copy(_folder.Write("b", "text"), Target));
        Assert.False(Publish(Target, "text"));

        Assert.Equal(before, File.GetLastWriteTimeUtc(Target));
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public void OtherContentReplacesTheFileAndLeavesNothingBesideIt()
    {
        string path = _folder.File("new/a");

        Assert.True(AtomicFile.Write(path, "one"));
        Assert.True(AtomicFile.Write(path, "two"));
        Assert.True(Publish(path, "three"));

        Assert.Equal("three", File.ReadAllText(path));
        Assert.Equal(["a"], Names("new"));
    }

    [Fact]
    public void WhatIsNotPublishedLeavesTheOldFileAndNothingBesideIt()
    {
        _folder.Write("a", "old");
        using (var file = new AtomicFile(Target))
        {
            File.WriteAllText(file.Draft, "half");
        }

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void ADraftOfAToolThatMakesAFileOfItsOwnIsHeldAllTheSame()
    {
        using var first = new AtomicFile(Target);
        File.WriteAllText(first.Draft, "one");
        File.Move(_folder.Write("made", "two"), first.Draft, overwrite: true);

        Assert.True(AtomicFile.Write(Target, "between"));

        Assert.True(first.Publish());
        Assert.Equal("two", File.ReadAllText(Target));
    }

    [Fact]
    public void TwoWritersAtOnceBothSucceedAndLeaveOneWholeFile()
    {
        string[] contents = [.. Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 100_000 + i))];
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            if (i % 2 == 0)
            {
                AtomicFile.Write(Target, contents[i % 4]);
            }
            else
            {
                Publish(Target, contents[i % 4]);
            }
        });

        Assert.Contains(File.ReadAllText(Target), contents);
        Assert.Equal(["a"], Names());
    }

    [Fact]
    public void WhatKilledWritersLeftGoesWithTheNextWriteInTheFolder()
    {
        _folder.Write("c", "same");
        foreach (Action write in new Action[] { () => AtomicFile.Write(Target, "new"), () => AtomicFile.Write(_folder.File("c"), "same"), () => Publish(Target, "newer") })
        {
            Abandon("a");
            Abandon("b.c");

            write();

            Assert.Equal(["a", "c"], Names());
        }
    }

    /// <summary>A lock is empty: what has content, or no lock beside it, is somebody's file, whatever it is called.</summary>
    [Fact]
    public void FilesThatAreOnlyCalledLikeADraftStay()
    {
        string[] others = [".a.0123abcd.tmp", ".a.tmp", ".a..tmp", ".a.0123ABCD.tmp", "..0123abcd.tmp", "a.0123abcd", "a.tmp"];
        foreach (string other in others)
        {
            _folder.Write(other, "text");
        }

        AtomicFile.Write(Target, "new");

        Assert.Equal([.. others.Append("a").Order(StringComparer.Ordinal)], Names());
    }

    [Fact]
    public void WhatIsAtWorkIsNotClearedAway()
    {
        using var file = new AtomicFile(Target);
        File.WriteAllText(file.Draft, "mine");

        AtomicFile.ClearAbandoned(_folder.Path);

        Assert.True(AtomicFile.IsOfWriter(file.Draft));
        Assert.All(Directory.GetFiles(_folder.Path), path => Assert.True(AtomicFile.IsOfWriter(path)));
        Assert.True(file.Publish());
        Assert.Equal("mine", File.ReadAllText(Target));
    }

    private static bool Publish(string path, string text)
    {
        using var file = new AtomicFile(path);
        File.WriteAllText(file.Draft, text);
        return file.Publish();
    }

    private void Abandon(string name)
    {
        _folder.Write($".{name}.0123abcd.tmp", "");
        _folder.Write($"{name}.0123abcd", "half of something");
    }

    private List<string?> Names(string folder = ".") => [.. Directory.GetFiles(_folder.File(folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
}
