namespace MiniosBuild.TaskTests;

/// <summary>What a build that was killed between an output and its record may leave: the next run ends as a clean one would.</summary>
public sealed class KillTests : IClassFixture<BuiltSet>
{
    private readonly BuiltSet _built;

    public KillTests(BuiltSet built)
    {
        _built = built;
        Set.Tools.TakeStarted();
    }

    [Theory]
    [InlineData("objects/core/kernel.o", "gcc")]
    [InlineData("tree.declarations", "gcc")]
    [InlineData("plan.json", "")]
    [InlineData("share/renames.txt", "")]
    [InlineData("share/api.txt", "")]
    [InlineData("passed/core/kernel.o", "")]
    [InlineData("lib/libminios-core.a", "ld")]
    [InlineData("include/mini-os/kernel.h", "gcc")]
    [InlineData("minios.lds", "gcc ld")]
    [InlineData("../bin/hello", "ld")]
    [InlineData("../bin/hello.map", "ld")]
    [InlineData("../bin/hello.gz", "ld")]
    public void An_output_that_is_cut_off_or_missing_is_made_again_with_what_reads_it_directly(string output, string tools)
    {
        string path = Set.Project.PathOf("obj/" + output);
        byte[] whole = File.ReadAllBytes(path);
        foreach (Action damage in new Action[] { () => File.WriteAllBytes(path, whole[..(whole.Length / 2)]), () => File.Delete(path) })
        {
            damage();

            Assert.Equal(_built.Clean, _built.Run());
            Assert.Equal(tools, string.Join(' ', Set.Tools.TakeStarted().Select(c => c[..c.IndexOf(' ')]).Distinct()));
        }
    }

    [Fact]
    public void Records_that_are_missing_or_cut_off_make_every_step_run_again_with_the_same_result()
    {
        foreach (Action<string> damage in new Action<string>[] { File.Delete, f => File.WriteAllBytes(f, File.ReadAllBytes(f)[..^3]), f => File.WriteAllText(f, "") })
        {
            foreach (string record in Directory.EnumerateFiles(Set.Project.Folder, "*.step", SearchOption.AllDirectories))
            {
                damage(record);
            }

            Assert.Equal(_built.Clean, _built.Run());
            Assert.True(Set.Tools.TakeStarted().Count >= 8);
            Assert.Equal(_built.Clean, _built.Run());
            Assert.Empty(Set.Tools.TakeStarted());
        }
    }

    [Fact]
    public void Temporary_files_of_a_killed_run_do_no_harm_and_go_away()
    {
        foreach (string file in Finished().ToList())
        {
            Abandon(file, "half of something");
            File.Delete(file);
        }

        foreach (string record in Directory.EnumerateFiles(Set.Project.Folder, "*.step", SearchOption.AllDirectories).ToList())
        {
            Abandon(record, "half of a record");
            File.Delete(record);
        }

        Assert.Equal(_built.Clean, _built.Run());
        Assert.DoesNotContain(Set.Snapshot("."), f => f.Contains(".tmp ", StringComparison.Ordinal) || f.Contains(".0123abcd ", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_that_find_all_outputs_as_they_would_make_them_clear_away_temporary_files_too()
    {
        foreach (string file in Finished().ToList())
        {
            Abandon(file, "half of something");
        }

        foreach (string record in Directory.EnumerateFiles(Set.Project.Folder, "*.step", SearchOption.AllDirectories).ToList())
        {
            File.Delete(record);
        }

        Assert.Equal(_built.Clean, _built.Run());
        Assert.DoesNotContain(Set.Snapshot("."), f => f.Contains(".tmp ", StringComparison.Ordinal) || f.Contains(".0123abcd ", StringComparison.Ordinal));
    }

    // What a writer that was killed leaves: an empty file that nobody holds any longer, and what it wrote so far.
    private static void Abandon(string file, string draft)
    {
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.0123abcd.tmp"), "");
        File.WriteAllText(file + ".0123abcd", draft);
    }

    private SmallSet Set => _built.Set;

    private IEnumerable<string> Finished() => Directory.EnumerateFiles(Set.Project.PathOf("obj"), "*", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(Set.Project.PathOf("bin"))).Where(f => !f.EndsWith(".step", StringComparison.Ordinal) && !f.EndsWith(".headers.c", StringComparison.Ordinal));
}
