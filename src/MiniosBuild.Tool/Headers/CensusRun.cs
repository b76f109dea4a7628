using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Headers;

/// <summary>What public headers give to whoever includes them, each read alone.</summary>
/// <param name="Headers">The headers.</param>
/// <param name="Census">Their names.</param>
/// <param name="Declarations">The functions and variables among them.</param>
/// <param name="Remarks">MINIOS1514: headers that cannot be read alone.</param>
/// <param name="Readings">What the preprocessor made of them.</param>
internal sealed record CensusRun(PublicHeaders Headers, HeaderCensus Census, PublicDeclarations Declarations, IReadOnlyList<Diagnostic> Remarks, HeaderReadings Readings)
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
        var scans = new HeaderScans(File.ReadAllBytes);
        ScannedHeader[] scanned =
        [
            .. Scanned(readings.Outside, isInside: false).Concat(Scanned(readings.Inside ?? [], isInside: true)).AsParallel().AsOrdered()
                .Select(header => scans.Scan(header.Reading.Header, header.Place, header.Reading.Text, header.IsInside, HeaderRefusal.Of(header.Reading.Header, header.Reading.Failure), header.Reading.IsCplusplus)),
        ];
        HeaderCensus census = HeaderCensus.Of(scanned, file => headers.NameOf(file) ?? file, headers.IsBeside);
        return new CensusRun(
            headers,
            census,
            PublicDeclarations.Of(scanned.SelectMany(header => header.Names), headers.NameOf),
            [.. census.Headers.Select(header => header.Refusal).OfType<HeaderRefusal>().Select(refusal => new Diagnostic(
                FindingCodes.HeaderNotAlone, DiagnosticSeverity.Message, refusal.Message, refusal.Site.File, refusal.Site.Line, refusal.Column))],
            readings);

        IEnumerable<(HeaderReading Reading, string Place, bool IsInside)> Scanned(IReadOnlyList<HeaderReading> some, bool isInside) =>
            some.Select((reading, i) => (reading, headers.All[i].Place, isInside));
    }
}
