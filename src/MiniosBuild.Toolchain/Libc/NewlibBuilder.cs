using System.Diagnostics;
using System.Globalization;
using MiniosBuild.Toolchain.Caching;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Libc;

/// <summary>Builds newlib from its source: unpack, configure, make, install.</summary>
/// <param name="runner">Starts the tools, with the variables of <see cref="Variables"/>.</param>
/// <param name="findTools">Finds make and tar; asked only when there is something to build.</param>
/// <param name="cores">How many compilers may run at once.</param>
/// <param name="tell">Takes lines for the user.</param>
public sealed class NewlibBuilder(ToolRunner runner, Func<NewlibTools> findTools, int cores, Action<string> tell)
{
    private const int QuotedLines = 12;

    // What configure scripts and makefiles take for syntax of theirs wherever it stands.
    private const string UnfitCharacters = " \t\n\"'`\\#$&=:;%*?~()[]{}<>|!,";

    // configure and make read dozens of variables, CFLAGS and CONFIG_SITE among them; what they made could depend on
    // whose machine it is.
    private static readonly string[] s_keptVariables = ["PATH", "HOME", "TMPDIR"];

    // configure prefers bash to the shell that it is started with, and has make use what it uses. Where that shell is a small
    // one, such as Debian's dash, configuring takes a third less time.
    private static readonly KeyValuePair<string, string> s_shell = new("CONFIG_SHELL", "/bin/sh");

    /// <summary>What of an environment the tools get, and what they are told besides.</summary>
    public static IReadOnlyDictionary<string, string> Variables(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(v => s_keptVariables.Contains(v.Key)).Append(s_shell).ToDictionary(v => v.Key, v => v.Value);

    /// <summary>Gives the folder of a newlib for guests, with include/, lib/libc.a and lib/libm.a; builds it if the cache has none.</summary>
    /// <exception cref="DiagnosticException">MINIOS1017: the source is damaged; MINIOS1018: a step failed; MINIOS1019; and what finding the tools throws.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no tool is left, and no half of a newlib.</exception>
    public string Build(NewlibSource source, NewlibRecipe recipe, BuildCache cache, CancellationToken cancellation)
    {
        if (cache.Folder.FirstOrDefault(c => UnfitCharacters.Contains(c)) is not '\0' and var unfit)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.CacheNotWritable, $"the path of the cache folder {cache.Folder} has the character '{unfit}', which no makefile can work with. Set MiniosCacheFolder to another", cache.Folder));
        }

        string fingerprint = recipe.FingerprintOf(source.Digest());
        return cache.Entry($"newlib-{source.Version}-{fingerprint[..16]}", (work, log) => Make(source, recipe, work, log, cancellation), tell, cancellation);
    }

    private string Make(NewlibSource source, NewlibRecipe recipe, string work, string log, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var tools = findTools();
        tell($"building newlib {source.Version} for {recipe.Architecture.Name}, once for this machine: {Path.ChangeExtension(work, null)}");
        string unpacked = Subfolder(work, "source"), build = Subfolder(work, "build"), installed = Subfolder(work, "installed");

        Step("unpack", new ToolCommand(tools.Tar, ["--extract", "--no-same-owner", "--file", source.Archive], unpacked));
        string root = SourceRoot(source, unpacked);
        Step("configure", new ToolCommand(Path.Combine(root, "configure"), recipe.ConfigureArguments(root, build), build));
        Step("compile", new ToolCommand(tools.Make, [$"-j{cores}", NewlibRecipe.BuildTarget], build));
        Step("install", new ToolCommand(tools.Make, [NewlibRecipe.InstallTarget, $"DESTDIR={installed}"], build));

        string made = Path.Combine(installed, recipe.InstalledFolder);
        foreach (string archive in new[] { "libc.a", "libm.a" })
        {
            Rearchive(archive);
        }

        // The same archive under another name.
        File.Delete(Path.Combine(made, "lib", "libg.a"));
        tell(string.Create(CultureInfo.InvariantCulture, $"newlib is built, in {watch.Elapsed.TotalSeconds:0} s"));
        return made;

        void Step(string step, ToolCommand command)
        {
            tell($"newlib: {step}");
            var result = runner.Run(command, cancellation);
            File.AppendAllText(log, $"$ {command}\n{result.Output}{result.Errors}exit code {result.ExitCode}\n");
            if (result.ExitCode != 0)
            {
                throw step == "unpack" ? Damaged(source, result.Errors.Trim()) : Failed(step, result, log);
            }
        }

        // newlib's makefiles leave it to ar whether time stamps and owners get into an archive.
        void Rearchive(string name)
        {
            string archive = Path.Combine(made, "lib", name), members = Subfolder(work, name);
            Step($"archive {name}", new ToolCommand(recipe.Archiver, ["x", archive], members));
            File.Delete(archive);
            var kept = Directory.GetFiles(members).Select(f => Path.GetFileName(f)).Except(NewlibRecipe.SingleThreadMembers).Order(StringComparer.Ordinal);
            Step($"archive {name}", new ToolCommand(recipe.Archiver, ["rcsD", archive, .. kept], members));
        }
    }

    // Debian's archive has one folder, whose name is not that of the archive.
    private static string SourceRoot(NewlibSource source, string unpacked) =>
        Directory.GetDirectories(unpacked).FirstOrDefault(f => File.Exists(Path.Combine(f, "configure")) && Directory.Exists(Path.Combine(f, "newlib")))
        ?? throw Damaged(source, "there is no folder in it that has both configure and newlib/");

    private static DiagnosticException Damaged(NewlibSource source, string why) => new(Diagnostic.Error(
        ToolchainCodes.NewlibSourceDamaged, $"this is not a source of newlib: {why}", source.Archive));

    private static DiagnosticException Failed(string step, ToolResult result, string log)
    {
        // Several run at once: what make says last is seldom why the first of them failed.
        string[] lines = [.. (result.Output + result.Errors).Split('\n').Where(l => l.Trim().Length > 0)];
        string[] errors = [.. lines.Where(l => l.Contains("error:", StringComparison.Ordinal)).Take(QuotedLines)];
        string[] quoted = errors.Length > 0 ? errors : [.. lines.TakeLast(QuotedLines)];
        return new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.NewlibBuildFailed,
            $"newlib could not be built: {step} ended with exit code {result.ExitCode}. All that it printed is in {log}. Of it:\n  {string.Join("\n  ", quoted)}", log));
    }

    private static string Subfolder(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
