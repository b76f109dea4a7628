using System.Globalization;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>The samples do what the README says of them.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public void HelloGreets()
    {
        using var project = SampleCopy.Of("hello");

        var run = project.Run();

        Assert.Contains("Hello from Mini-OS", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void SelftestPassesEveryLine(string configuration)
    {
        using var project = SampleCopy.Of("selftest");

        var run = project.Run("-c", configuration);

        string[] lines = Output.Lines(run.Output);
        Assert.DoesNotContain(lines, l => l.StartsWith("not ok", StringComparison.Ordinal));
        int plan = int.Parse(Assert.Single(lines, l => l.StartsWith("1..", StringComparison.Ordinal))[3..], CultureInfo.InvariantCulture);
        Assert.Equal(plan, lines.Count(l => PassedLine().IsMatch(l)));
        Assert.True(plan >= 80, $"only {plan} checks ran");
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void MakeLinksAGuestFromTheArchivesThatBoots()
    {
        using var project = SampleCopy.Of("archives");
        project.Build().MustSucceed();

        var make = DotnetCommand.RunProgram("make", project.Folder, new Dictionary<string, string>());
        Assert.True(make.ExitCode == 0, make.Output);
        var run = MiniosTool.Run(project.Folder, "run", "--timeout", "60", "make-out/words");

        Assert.Equal(["6 a", "3 is", "2 and", "7 words, schedule(1) is 2"], Output.Lines(run.Output).Select(l => l.Trim()).Where(l => l.Length > 0));
        Assert.Equal(0, run.ExitCode);
    }

    [GeneratedRegex(@"^ok \d+\b")]
    private static partial Regex PassedLine();
}
