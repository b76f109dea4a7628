using System.IO.Compression;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Linking;

/// <summary>Links guest images with ld.</summary>
public sealed class GuestLinker(ToolRunner runner, string linker, string identity, string workingDirectory)
{
    /// <summary>Links if the image, its map or its compressed form is out of date.</summary>
    /// <param name="link">The link.</param>
    /// <param name="paths">The names that objects have for folders.</param>
    /// <param name="hint">As of <see cref="LinkerOutput.Parse"/>.</param>
    /// <param name="cancellation">Ends the linker.</param>
    /// <returns>The reason for linking (null when up to date), whether there is an image now, and what the linker said.</returns>
    public (string? Reason, bool Succeeded, IReadOnlyList<Diagnostic> Diagnostics) Link(
        GuestLink link, PathMap paths, Func<string, string, string?> hint, CancellationToken cancellation)
    {
        string compressed = link.Image + ".gz";
        List<string> arguments =
        [
            "-m", link.Emulation, "-nostdlib", "-static", "--build-id=none", "-z", "noexecstack", "-z", "norelro", .. link.Options,
            "-T", link.Script, link.EntryObject, .. link.Objects, "--start-group", .. link.Archives, "--end-group",
            .. link.CompilerLibraries,
        ];
        string fingerprint = Fingerprint.Of([identity, linker, link.Image, link.Map, .. arguments, .. link.OptionFiles]);
        string? reason = StepRecord.WhyOutOfDate(link.Record, fingerprint);
        if (reason is null)
        {
            return (null, true, StepRecord.Warnings(link.Record));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(link.Image)!);
        string temporary = AtomicFile.TemporaryPath(link.Image), temporaryMap = AtomicFile.TemporaryPath(link.Map);
        File.Delete(temporary);
        var started = DateTime.UtcNow;

        // ld puts the output's name for a '%' in the map's: name it from the project's folder, whose own path may have one.
        var result = runner.Run(
            new ToolCommand(linker, [.. arguments, "-Map=" + Path.GetRelativePath(workingDirectory, temporaryMap), "-o", temporary], workingDirectory), cancellation);
        var diagnostics = LinkerOutput.Parse(result.Errors, paths, workingDirectory, hint);
        if (result.ExitCode != 0 || !File.Exists(temporary))
        {
            File.Delete(temporary);
            File.Delete(temporaryMap);
            return (reason, false, LinkerOutput.WithCause(diagnostics, result, link.Image));
        }

        AtomicFile.Publish(temporary, link.Image);
        AtomicFile.Publish(temporaryMap, link.Map);
        AtomicFile.Write(compressed, Compress(File.ReadAllBytes(link.Image)));
        StepRecord.Write(
            link.Record, fingerprint, started,
            [link.Script, link.EntryObject, .. link.Objects, .. link.Archives, .. link.CompilerLibraries, .. link.OptionFiles], [link.Image, link.Map, compressed], diagnostics);
        return (reason, true, diagnostics);
    }

    // GZipStream writes neither a name nor a time (RFC 1952, 2.3.1: MTIME = 0), so equal images give equal files.
    private static byte[] Compress(byte[] image)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(image);
        }

        return target.ToArray();
    }
}
