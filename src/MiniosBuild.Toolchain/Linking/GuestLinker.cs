using System.IO.Compression;
using System.Text;
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

        using AtomicFile image = new(link.Image), map = new(link.Map);
        var started = DateTime.UtcNow;

        // ld puts the output's name for a '%' in the map's: name it from the project's folder, whose own path may have one.
        var result = runner.Run(
            new ToolCommand(linker, [.. arguments, "-Map=" + Path.GetRelativePath(workingDirectory, map.Draft), "-o", image.Draft], workingDirectory), cancellation).WithFile(image.Draft, link.Image);
        var diagnostics = LinkerOutput.Parse(result.Errors, paths, workingDirectory, hint);
        if (result.ExitCode != 0 || !File.Exists(image.Draft))
        {
            return (reason, false, LinkerOutput.WithCause(diagnostics, result, link.Image));
        }

        NameOutput(map.Draft, image.Draft, link.Image);
        image.Publish();
        map.Publish();
        AtomicFile.Write(compressed, Compress(File.ReadAllBytes(link.Image)));
        StepRecord.Write(
            link.Record, fingerprint, started,
            [link.Script, link.EntryObject, .. link.Objects, .. link.Archives, .. link.CompilerLibraries, .. link.OptionFiles], [link.Image, link.Map, compressed], diagnostics);
        return (reason, true, diagnostics);
    }

    // ld tells in the map what it wrote, which is a draft of a random name. Other bytes of the map are as they are, whatever encoding they are in.
    private static void NameOutput(string map, string draft, string image)
    {
        static string Text(string path) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path));
        File.WriteAllText(map, File.ReadAllText(map, Encoding.Latin1).Replace(Text(draft), Text(image), StringComparison.Ordinal), Encoding.Latin1);
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
