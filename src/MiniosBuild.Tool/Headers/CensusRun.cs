using MiniosBuild.Namespaces;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Headers;

/// <summary>What public headers give to whoever includes them, each read alone.</summary>
/// <param name="Headers">The headers.</param>
/// <param name="Census">Their names.</param>
/// <param name="Remarks">MINIOS1514: headers that cannot be read alone.</param>
/// <param name="RunCount">How often the preprocessor was started.</param>
internal sealed record CensusRun(PublicHeaders Headers, HeaderCensus Census, IReadOnlyList<Diagnostic> Remarks, int RunCount)
{
    /// <summary>The macro with which Mini-OS reads its own headers.</summary>
    public const string Inside = "__INSIDE_MINIOS__";

    /// <summary>Reads the headers.</summary>
    /// <exception cref="DiagnosticException">MINIOS1814 two headers in one place, 11xx: what the preprocessor says of a header that cannot be read at all.</exception>
    public static CensusRun Of(PublicHeaders headers, string compiler, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        headers.RequirePlaces();
        using var scratch = new ScratchFolder();
        HeaderReadings readings = new HeaderRuns(new ToolRunner(), compiler, Environment.CurrentDirectory).Read(
            [.. headers.All.Select(header => header.File)], Path.Combine(scratch.Path, "headers.c"), [.. options, .. headers.IncludeOptions(scratch.Path)],
            Inside, Environment.ProcessorCount, cancellation);
        var scanned = Scanned(headers, readings.Outside, isInside: false).Concat(Scanned(headers, readings.Inside ?? [], isInside: true));
        return new CensusRun(
            headers, HeaderCensus.Of(scanned, isTree: headers.IsBeside), [.. readings.Outside.Select(reading => reading.Failure).OfType<Diagnostic>()], readings.RunCount);
    }

    private static IEnumerable<ScannedHeader> Scanned(PublicHeaders headers, IReadOnlyList<HeaderReading> readings, bool isInside)
    {
        var guards = headers.All.ToDictionary(header => header.Path, header => HeaderGuard.Of(File.ReadAllBytes(header.File)), StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < readings.Count; i++)
        {
            yield return new ScannedHeader(headers.All[i].Path, headers.All[i].Place, [.. HeaderScanner.Scan(readings[i].Text).Select(Named)], isInside);
        }

        HeaderName Named(HeaderName name)
        {
            if (!files.TryGetValue(name.Site.File, out string? file))
            {
                files.Add(name.Site.File, file = headers.NameOf(name.Site.File) ?? name.Site.File);
            }

            bool isGuard = name.Kind == HeaderNameKind.Macro && guards.GetValueOrDefault(file) == name.Name;
            return name with { Site = name.Site with { File = file }, IsGuard = isGuard };
        }
    }
}
