namespace MiniosBuild.TestUtilities.Builds;

/// <summary>
/// Has the gcc of the builds under test answered by ccache: they build the same tree in the same few ways, and what gcc made once of a text and its options
/// it makes again. Each build still does all its steps; with no ccache on the machine gcc compiles everything.
/// </summary>
internal static class CompilerCache
{
    private static readonly string? s_folder = NewFolder();

    /// <summary>Puts a <c>gcc</c> that is ccache in front of the machine's.</summary>
    public static void AddTo(IDictionary<string, string?> environment)
    {
        if (s_folder is null)
        {
            return;
        }

        environment["PATH"] = $"{Tools(s_folder)}:{environment["PATH"]}";
        environment["CCACHE_DIR"] = Path.Combine(s_folder, "cache");

        // What the machine's owner prefers must not change what tests do: this file is not there.
        environment["CCACHE_CONFIGPATH"] = Path.Combine(s_folder, "none.conf");
        environment["CCACHE_NOSTATS"] = "1";
    }

    private static string Tools(string folder) => Path.Combine(folder, "bin");

    private static string? NewFolder()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, "ccache")).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        string folder = Directory.CreateTempSubdirectory("minios-ccache-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Tools(folder));
        File.CreateSymbolicLink(Path.Combine(Tools(folder), "gcc"), program);
        return folder;
    }
}
