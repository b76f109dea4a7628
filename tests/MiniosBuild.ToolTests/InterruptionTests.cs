using System.Diagnostics;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

public sealed class InterruptionTests
{
    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public void A_signal_ends_the_program_that_works_and_leaves_nothing_half_written(string signal)
    {
        using SmallLibrary library = new SmallLibrary().WithParts();
        library.WritePolicy();
        string started = Path.Combine(library.Folder, "started");
        string slow = ProgramFile.Write(Path.Combine(library.Folder, "slow"), $"#!/bin/sh\necho $$ > {started}.new\nmv {started}.new {started}\nexec sleep 900\n");

        using Process process = Minios.Start(library.Folder, "apply", "--policy", "policy.json", "libparts.a", "-o", "out.a", "--rewriter", "objcopy", "--objcopy", slow);
        Assert.True(SpinWait.SpinUntil(() => Wait(started), TimeSpan.FromMinutes(5)), "the program was not started");
        RealTool.Run("kill", signal, $"{process.Id}");
        Minios.Finish(process).MustEndWith(130);

        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(started).Trim()}"));
        Assert.Empty(Directory.GetFiles(library.Folder, "out.a*"));
    }

    private static bool Wait(string file)
    {
        Thread.Sleep(20);
        return File.Exists(file);
    }
}
