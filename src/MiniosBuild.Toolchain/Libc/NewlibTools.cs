using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Toolchain.Libc;

/// <summary>The programs that unpack and build newlib, besides the compiler and the archiver.</summary>
public sealed record NewlibTools(string Make, string Tar)
{
    // GNU tar finds out how an archive is packed, and starts these to unpack it.
    private static readonly (string Ending, string Tool, string Package)[] s_packers =
        [(".xz", "xz", "xz-utils"), (".gz", "gzip", "gzip"), (".bz2", "bzip2", "bzip2"), (".zst", "zstd", "zstd")];

    /// <summary>Finds them, and the one that tar needs for this archive.</summary>
    /// <param name="searchPath">The value of PATH.</param>
    /// <param name="source">What they are to build.</param>
    /// <exception cref="DiagnosticException">MINIOS1001.</exception>
    public static NewlibTools Find(string searchPath, NewlibSource source)
    {
        var locator = new ToolLocator(searchPath, null, null, Path.GetDirectoryName(source.Archive)!);
        foreach (var (ending, tool, package) in s_packers)
        {
            if (source.Archive.EndsWith(ending, StringComparison.Ordinal))
            {
                Find(locator, tool, package);
            }
        }

        return new NewlibTools(Find(locator, "make", "make"), Find(locator, "tar", "tar"));
    }

    private static string Find(ToolLocator locator, string tool, string package) => locator.Find(tool) ?? throw new DiagnosticException(Diagnostic.Error(
        ToolchainCodes.ToolNotFound,
        $"the tool '{tool}' was not found on PATH; newlib is built with it. Install it (on Debian and Ubuntu: apt-get install {package}), "
        + "or set MiniosNewlib to the folder of a newlib that is built already"));
}
