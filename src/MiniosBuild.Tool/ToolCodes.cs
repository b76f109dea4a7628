namespace MiniosBuild.Tool;

/// <summary>Codes of the command's own diagnostics; docs/diagnostics has a page for each.</summary>
internal static class ToolCodes
{
    public const string NothingPublic = "MINIOS1452";
    public const string UnreadableInput = "MINIOS1801";
    public const string InputGivenTwice = "MINIOS1802";
    public const string BadOutput = "MINIOS1803";
    public const string NoHeaders = "MINIOS1804";
    public const string UnknownSymbol = "MINIOS1805";
    public const string PlanOfOtherPolicy = "MINIOS1806";
    public const string MentionedElsewhere = "MINIOS1807";
    public const string NoSources = "MINIOS1808";
    public const string UnmatchedOption = "MINIOS1809";
    public const string SourceLeft = "MINIOS1810";
    public const string LinkLeft = "MINIOS1811";
    public const string ReadOnlySource = "MINIOS1812";
    public const string UnknownCode = "MINIOS1813";
    public const string SamePlace = "MINIOS1814";
    public const string NoTree = "MINIOS1815";
    public const string ProjectThere = "MINIOS1816";
    public const string NoSdk = "MINIOS1817";

    /// <summary>The same code as the build tasks use for it.</summary>
    public const string FileAccess = "MINIOS9001";
}
