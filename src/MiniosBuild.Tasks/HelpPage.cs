namespace MiniosBuild.Tasks;

/// <summary>The page that explains a diagnostic. The package has them beside the tasks, of which there are several sets.</summary>
public static class HelpPage
{
    /// <summary>The address of a page.</summary>
    /// <param name="code">The diagnostic.</param>
    /// <param name="assembly">Path of the tasks: <c>PACKAGE/tasks/net10.0/linux-x64/x.dll</c>, and the page is <c>PACKAGE/docs/diagnostics/CODE.md</c>.</param>
    /// <returns>Empty when there is no such page in any folder above.</returns>
    public static string Of(string code, string assembly)
    {
        for (string? folder = Path.GetDirectoryName(assembly); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string page = Path.Combine(folder, "docs", "diagnostics", code + ".md");
            if (File.Exists(page))
            {
                return new Uri(page).AbsoluteUri;
            }
        }

        return "";
    }
}
