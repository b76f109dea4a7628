using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniosBuild.BootTests;

/// <summary>What a guest that tests itself printed: lines of the Test Anything Protocol among others.</summary>
/// <param name="Plan">The count of tests that the guest announced.</param>
/// <param name="Passed">The count of lines <c>ok</c>.</param>
/// <param name="Failures">The lines <c>not ok</c>.</param>
internal sealed partial record TapOutput(int Plan, int Passed, IReadOnlyList<string> Failures)
{
    public static TapOutput Of(string text)
    {
        string[] lines = Output.Lines(text);
        string plan = Assert.Single(lines, l => l.StartsWith("1..", StringComparison.Ordinal));
        return new TapOutput(
            int.Parse(plan[3..], CultureInfo.InvariantCulture),
            lines.Count(l => PassedLine().IsMatch(l)),
            [.. lines.Where(l => l.StartsWith("not ok", StringComparison.Ordinal))]);
    }

    /// <summary>Fails unless every test that was announced has passed, and none was lost.</summary>
    public void MustPass(int atLeast)
    {
        Assert.Empty(Failures);
        Assert.Equal(Plan, Passed);
        Assert.True(Plan >= atLeast, $"only {Plan} checks ran");
    }

    [GeneratedRegex(@"^ok \d+\b")]
    private static partial Regex PassedLine();
}
