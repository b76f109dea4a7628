namespace MiniosBuild.Tool.Reports;

/// <summary>The pages of docs/diagnostics, which are part of the command.</summary>
internal static class DiagnosticPages
{
    /// <summary>The page of a code, in Markdown; null for a code without one.</summary>
    public static string? Text(string code)
    {
        using Stream? resource = typeof(DiagnosticPages).Assembly.GetManifestResourceStream($"diagnostics/{code}.md");
        return resource is null ? null : new StreamReader(resource).ReadToEnd();
    }

    /// <summary>What a page is about: its heading without the code.</summary>
    public static string Title(string page)
    {
        string heading = page[..page.IndexOf('\n')];
        return heading[(heading.IndexOf(": ", StringComparison.Ordinal) + 2)..];
    }
}
