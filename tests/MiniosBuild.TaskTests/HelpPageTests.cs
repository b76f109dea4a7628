using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>The page of a diagnostic, from where the package has the tasks.</summary>
public sealed class HelpPageTests : IDisposable
{
    private readonly TemporaryFolder _package = new();

    public void Dispose() => _package.Dispose();

    [Theory]
    [InlineData("tasks/net10.0/MiniosBuild.Tasks.dll")]
    [InlineData("tasks/net10.0/linux-x64/MiniosBuild.Tasks.dll")]
    public void A_page_is_found_from_each_set_of_tasks(string assembly)
    {
        Directory.CreateDirectory(_package.File("docs/diagnostics"));
        string page = _package.Write("docs/diagnostics/MINIOS1101.md", "# MINIOS1101: it\n");

        Assert.Equal(page, new Uri(HelpPage.Of("MINIOS1101", _package.File(assembly))).LocalPath);
        Assert.Equal("", HelpPage.Of("MINIOS0000", _package.File(assembly)));
    }
}
