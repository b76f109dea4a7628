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

    /// <summary>MINIOS1544, of a check: headers that the compiler does not take.</summary>
    public IReadOnlyList<Diagnostic> Uncompiled { get; private init; } = [];

    /// <summary>Reads the headers.</summary>
    /// <exception cref="DiagnosticException">MINIOS1814 two headers in one place, 11xx: what the preprocessor says of a header that cannot be read at all.</exception>
    /// <param name="headers">The headers.</param>
    /// <param name="compiler">The compiler's path.</param>
    /// <param name="options">Its options.</param>
    /// <param name="isChecked">Whether names count too that only the compiler sees: for a check, while a rewrite could do nothing with them.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    public static CensusRun Of(PublicHeaders headers, string compiler, IReadOnlyList<string> options, bool isChecked, CancellationToken cancellation)
    {
        headers.RequirePlaces();
        using var scratch = new ScratchFolder();
        string[] all = [.. options, .. headers.IncludeOptions(scratch.Path)];
        HeaderReadings readings = new HeaderRuns(new ToolRunner(), compiler, Environment.CurrentDirectory).Read(
            [.. headers.All.Select(header => header.File)], Path.Combine(scratch.Path, "headers.c"), all,
            Inside, Environment.ProcessorCount, cancellation);
        var scans = new HeaderScans(File.ReadAllBytes);
        IReadOnlyList<ScannedHeader> scanned =
        [
            .. Scanned(readings.Outside, isInside: false).Concat(Scanned(readings.Inside ?? [], isInside: true)).AsParallel().AsOrdered()
                .Select(header => scans.Scan(header.Reading.Header, header.Place, header.Reading.Text, header.IsInside, HeaderRefusal.Of(header.Reading.Header, header.Reading.Failure), header.Reading.IsCplusplus)),
        ];
        IReadOnlyList<Diagnostic> uncompiled = [];
        if (isChecked)
        {
            CompiledHeaders compiled = new CompiledNames(new ToolRunner(), compiler, Environment.CurrentDirectory).Read(
                readings.Compiled, Path.Combine(scratch.Path, "compiled.c"), all, cancellation);
            scanned = SecondReading.Of(scanned, readings.TextOf, compiled.Names);
            uncompiled = [.. compiled.Remarks(file => headers.NameOf(file) ?? file)];
        }

        HeaderCensus census = HeaderCensus.Of(scanned, file => headers.NameOf(file) ?? file, headers.IsBeside);
        return new CensusRun(
            headers,
            census,
            PublicDeclarations.Of(scanned.SelectMany(header => header.Names), headers.NameOf),
            [.. census.Headers.Select(header => header.Refusal).OfType<HeaderRefusal>().Select(refusal => new Diagnostic(
                FindingCodes.HeaderNotAlone, DiagnosticSeverity.Message, refusal.Message, refusal.Site.File, refusal.Site.Line, refusal.Column))],
            readings) { Uncompiled = uncompiled };

        IEnumerable<(HeaderReading Reading, string Place, bool IsInside)> Scanned(IReadOnlyList<HeaderReading> some, bool isInside) =>
            some.Select((reading, i) => (reading, headers.All[i].Place, isInside));
    }
}
