using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Discovery;

/// <summary>Finds the toolchain and asks each tool what it is, once: the answers are kept until a tool's file changes.</summary>
public sealed partial class ToolSetResolver(ToolRunner runner, ToolLocator locator, string workingDirectory)
{
    // gcc 9 is the first with all options that the build passes (-ffile-prefix-map came with 8); binutils 2.30 the
    // first ld that reads the linker scripts' syntax. Both are older than any maintained distribution.
    private static readonly Version s_oldestGcc = new(9, 0);
    private static readonly Version s_oldestClang = new(11, 0);
    private static readonly Version s_oldestBinutils = new(2, 30);

    /// <summary>The user's own choices, as the properties of the same names give them; empty for the default.</summary>
    /// <param name="Compiler">MiniosCC.</param>
    /// <param name="Linker">MiniosLD.</param>
    /// <param name="Archiver">MiniosAR.</param>
    /// <param name="Objcopy">MiniosObjcopy.</param>
    /// <param name="Rewriter">Which objcopy is needed: <c>objcopy</c>, <c>llvm-objcopy</c>, or null for none.</param>
    public sealed record Choices(string? Compiler, string? Linker, string? Archiver, string? Objcopy, string? Rewriter);

    /// <summary>Resolves and checks the toolchain.</summary>
    /// <param name="architecture">What it must build for.</param>
    /// <param name="choices">Which tools the user named.</param>
    /// <param name="cachePath">The file that keeps the answers; made anew when it is missing, damaged or old.</param>
    /// <param name="cancellation">Ends a tool that does not answer.</param>
    /// <exception cref="DiagnosticException">MINIOS1001-1004.</exception>
    public ToolSet Resolve(Architecture architecture, Choices choices, string cachePath, CancellationToken cancellation)
    {
        string compiler = locator.Find(choices.Compiler, "gcc", "MiniosCC", "gcc");
        string linker = locator.Find(choices.Linker, "ld", "MiniosLD", "binutils");
        string archiver = locator.Find(choices.Archiver, "ar", "MiniosAR", "binutils");
        string objcopy = Objcopy(choices);
        string key = Key([compiler, linker, archiver], architecture), objcopyKey = Key(objcopy.Length > 0 ? [objcopy] : [], architecture);
        if (RecordJson.Load(cachePath, RecordJson.Default.ToolSet) is { } cached && cached.Stamp == key && cached.ObjcopyStamp == objcopyKey)
        {
            return cached;
        }

        string compilerVersion = FirstLine(Ask(compiler, ["--version"], cancellation));
        string linkerVersion = FirstLine(Ask(linker, ["--version"], cancellation));
        FirstLine(Ask(archiver, ["--version"], cancellation));
        if (objcopy.Length > 0)
        {
            Ask(objcopy, ["--version"], cancellation);
        }

        RequireVersion(compiler, compilerVersion, compilerVersion.Contains("clang", StringComparison.Ordinal) ? s_oldestClang : s_oldestGcc);
        RequireVersion(linker, linkerVersion, s_oldestBinutils);

        string machine = FirstLine(Ask(compiler, ["-dumpmachine"], cancellation));
        if (!machine.StartsWith(architecture.GnuName + "-", StringComparison.Ordinal))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.WrongTarget,
                $"the compiler {compiler} builds for {machine}, but MiniosArch is {architecture.Name}. Install a cross compiler and name it with MiniosToolPrefix (for example {architecture.Multiarch}-) or MiniosCC",
                compiler));
        }

        var tools = new ToolSet(
            compiler, linker, archiver, objcopy, compilerVersion, linkerVersion, machine,
            FirstLine(Ask(compiler, ["-print-file-name=include"], cancellation)), Runtime(compiler, cancellation), key, objcopyKey);
        RecordJson.Save(cachePath, tools, RecordJson.Default.ToolSet);
        return tools;
    }

    // LLVM's reads objects of every machine, so that it has no cross prefix.
    private string Objcopy(Choices choices) => choices.Rewriter switch
    {
        null => "",
        "llvm-objcopy" => locator.Find(string.IsNullOrEmpty(choices.Objcopy) ? "llvm-objcopy" : choices.Objcopy, "llvm-objcopy", "MiniosObjcopy", "llvm"),
        _ => locator.Find(choices.Objcopy, "objcopy", "MiniosObjcopy", "binutils"),
    };

    private static string Key(IEnumerable<string> tools, Architecture architecture) =>
        Fingerprint.OfContent(tools.Select(Resolved).Select(p => $"{p} {FileStamp.Of(p)}").Append(architecture.Name));

    // /usr/bin/gcc is a link that never changes itself when the compiler behind it is upgraded.
    private static string Resolved(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private string Ask(string tool, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var result = runner.Run(new ToolCommand(tool, arguments, workingDirectory), cancellation);
        return result.ExitCode == 0 && result.Output.Trim().Length > 0 ? result.Output : throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.CannotStart,
            $"{tool} {string.Join(' ', arguments)} ended with exit code {result.ExitCode}: {(result.Errors.Trim().Length > 0 ? result.Errors.Trim() : "it printed nothing")}",
            tool));
    }

    // A compiler names a file that may not be installed.
    private string Runtime(string compiler, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(FirstLine(Ask(compiler, ["-print-libgcc-file-name"], cancellation)), workingDirectory);
        return File.Exists(path) ? path : "";
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    private static void RequireVersion(string tool, string line, Version oldest)
    {
        // "gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "GNU ld (GNU Binutils for Debian) 2.40": the last number is the tool's own.
        var match = VersionNumber().Matches(line).LastOrDefault();
        if (match is null)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.ToolTooOld, $"{tool} --version says '{line}', in which there is no version number; {oldest} or newer is needed", tool));
        }

        if (Version.Parse(match.Value) < oldest)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.ToolTooOld, $"{tool} is version {match.Value}; {oldest} or newer is needed", tool));
        }
    }

    [GeneratedRegex(@"\d+\.\d+(?:\.\d+)?")]
    private static partial Regex VersionNumber();
}
