namespace MiniosBuild.Namespaces;

/// <summary>Says what a link will do, and what is wrong with it, before the linker runs.</summary>
public static class LinkCheck
{
    /// <summary>Checks a link.</summary>
    public static LinkCheckResult Run(LinkCheckInput input) => throw new NotImplementedException();
}
