using System.Collections.Concurrent;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Proving;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>
/// Proves that rewritten headers say what the originals say: what the preprocessor makes of each, alone and one after the other, differs in
/// names of the table alone, and what compiled before compiles afterwards. The preprocessor and the compiler are started a few times,
/// however many headers there are.
/// </summary>
public sealed class HeaderProof(ToolRunner runner, string compiler, string workingDirectory)
{
    private const int MostRounds = 8;

    /// <summary>With which C has no functions that nobody declared: a call of one that lost its declaration is an error.</summary>
    public static IReadOnlyList<string> StrictOptions { get; } = ["-Werror=implicit-function-declaration"];

    /// <summary>The languages that users include headers from: the options for each.</summary>
    public static IReadOnlyList<HeaderLanguage> AllLanguages { get; } =
    [
        new("C11", ["-std=c11"]), new("GNU C17", ["-std=gnu17"]), new("C2x", ["-std=c2x"]), HeaderLanguage.Cplusplus,
    ];

    /// <summary>What is wrong: MINIOS1541 and 1542 are errors, 1531 a warning. Without errors the headers are proven.</summary>
    /// <param name="headers">The headers, in the order in which a source includes all of them.</param>
    /// <param name="before">How the originals are found.</param>
    /// <param name="after">How the rewritten ones are found: by the options, and where they were written.</param>
    /// <param name="languages">In which they are compiled.</param>
    /// <param name="proofOf">Makes the comparison: given, for the path of a rewritten file, that of its original.</param>
    /// <param name="parallelism">How many runs there may be at a time.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    public HeaderProofResult Prove(
        IReadOnlyList<ProvenHeader> headers, HeaderSide before, HeaderSide after, IReadOnlyList<HeaderLanguage> languages, Func<Func<string, string?>, RewriteProof> proofOf,
        int parallelism, CancellationToken cancellation)
    {
        var originals = headers.ToDictionary(header => header.Rewritten, header => header.Original, StringComparer.Ordinal);
        RewriteProof proof = proofOf(file => originals.GetValueOrDefault(RealPath.Absolute(file, workingDirectory)));
        var runs = new HeaderRuns(runner, compiler, workingDirectory);
        string[] old = [.. headers.Select(header => header.Original)], rewritten = [.. headers.Select(header => header.Rewritten)];
        HeaderReadings read = before.Readings ?? runs.Read(old, before.Source, before.Options, null, parallelism, cancellation);
        IReadOnlyList<HeaderReading> was = read.Outside;
        HeaderReadings became;
        try
        {
            became = runs.Read(rewritten, after.Source, after.Options, null, parallelism, cancellation);
        }
        catch (DiagnosticException refused)
        {
            return new HeaderProofResult([Refused(refused.Diagnostic, originals)], [], []);
        }

        var differences = new ConcurrentBag<(int Header, Diagnostic Diagnostic)>();
        Parallel.For(0, headers.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parallelism), CancellationToken = cancellation }, i =>
        {
            HeaderReading one = was[i], other = became.Outside[i];
            if (other.Failure is { } failure && (one.Failure is null || (one.Text is not null && other.Text is null)))
            {
                differences.Add((i, Refused(failure, originals)));
            }
            else if (one.Text is not null && other.Text is not null)
            {
                foreach (Diagnostic difference in proof.Compare(one.Text, other.Text, one.Failure is null ? "alone" : "after the others"))
                {
                    differences.Add((i, difference));
                }
            }
        });

        // Headers include each other: one difference would be told for every header that leads to it.
        List<Diagnostic> found = [.. differences.OrderBy(difference => difference.Header).Select(difference => difference.Diagnostic).DistinctBy(diagnostic => (diagnostic.Code, diagnostic.File, diagnostic.Line))];
        if (found.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return new HeaderProofResult(found, [], []);
        }

        var together = new Together(this, headers, was, before, after, proof, originals, cancellation);
        found.AddRange(together.Compare());
        var compiled = new ConcurrentBag<(int Language, string? Name, Diagnostic? Diagnostic)>();
        Parallel.For(0, languages.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parallelism), CancellationToken = cancellation }, i =>
        {
            (bool isCompiled, Diagnostic? error) = together.Compile(languages[i]);
            compiled.Add((i, isCompiled ? languages[i].Name : null, error));
        });
        var inOrder = compiled.OrderBy(result => result.Language).ToList();
        found = [.. found.DistinctBy(diagnostic => (diagnostic.Code, diagnostic.File, diagnostic.Line))]; // What was told of a header alone.
        found.AddRange(inOrder.Select(result => result.Diagnostic).OfType<Diagnostic>().DistinctBy(diagnostic => (diagnostic.File, diagnostic.Line)));
        return new HeaderProofResult(found, [.. read.Inputs.Union(became.Inputs.Where(file => !originals.ContainsKey(file)))], [.. inOrder.Select(result => result.Name).OfType<string>()]);
    }

    private static Diagnostic Refused(Diagnostic error, Dictionary<string, string> originals)
    {
        // Nobody has seen the rewritten files yet.
        string message = originals.Aggregate(error.Message, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
        return Diagnostic.Error(
            HeaderCodes.HeaderNotCompiled, $"the rewritten header does not compile, while the original does: {message}",
            error.File is { } file ? originals.GetValueOrDefault(file, file) : null, error.Line, error.Column);
    }

    /// <summary>One source that includes all headers one after the other, before and after.</summary>
    private sealed class Together(
        HeaderProof owner, IReadOnlyList<ProvenHeader> headers, IReadOnlyList<HeaderReading> was, HeaderSide before, HeaderSide after, RewriteProof proof, Dictionary<string, string> originals,
        CancellationToken cancellation)
    {
        /// <summary>What the preprocessor makes of all of them, as C and, where any is that, as C++.</summary>
        public IEnumerable<Diagnostic> Compare() =>
            new[] { new HeaderLanguage("C", []), HeaderLanguage.Cplusplus }.Where((_, i) => i == 0 || was.Any(reading => reading.IsCplusplus)).SelectMany(Compare);

        private IReadOnlyList<Diagnostic> Compare(HeaderLanguage language)
        {
            // What a guard is for shows the second time.
            List<ProvenHeader> once = Of(language), some = [.. once, .. once.Where(header => HeaderGuard.Of(File.ReadAllBytes(header.Original)) is not null)];
            string source = before.Source + ".all.c", other = after.Source + ".all.c";
            if (!Keep(some, source, (output, list) => Run(before, list, source, [.. language.Options, "-E", "-dD", "-o", output]), out string? text))
            {
                return [];
            }

            using AtomicFile made = new(other + ".i");
            var result = Run(after, [.. some.Select(header => header.Rewritten)], other, [.. language.Options, "-E", "-dD", "-o", made.Draft]);
            return result.ExitCode == 0 ? proof.Compare(Own(text!), Own(File.ReadAllText(made.Draft)), "after the others") : [Error(result, other)];
        }

        // Without the macros that the compiler and its options define, which stand in front.
        private static string Own(string text)
        {
            int last = new[] { "\"<built-in>\"", "\"<command-line>\"", "\"<command line>\"" }.Max(marker => text.LastIndexOf(marker, StringComparison.Ordinal));
            return last < 0 ? text : text[text.IndexOf('\n', last)..];
        }

        /// <summary>Whether any header compiles in a language, and the first error that is new.</summary>
        public (bool IsCompiled, Diagnostic? Error) Compile(HeaderLanguage language)
        {
            List<ProvenHeader> some = Of(language);
            string suffix = "." + string.Concat(language.Name.Where(char.IsAsciiLetterOrDigit)) + ".c";
            string[] options = [.. language.Options, .. language == HeaderLanguage.Cplusplus ? [] : StrictOptions, "-fsyntax-only", "-fmax-errors=0"];
            if (!Keep(some, before.Source + suffix, (_, list) => Run(before, list, before.Source + suffix, options), out _))
            {
                return (false, null);
            }

            var result = Run(after, [.. some.Select(header => header.Rewritten)], after.Source + suffix, options);
            return (true, result.ExitCode == 0 ? null : Error(result, after.Source + suffix) is var error ? error with { Message = $"{error.Message} ({language.Name})" } : null);
        }

        // What was read after the others needs them in front; what could not be read is not to be compiled.
        private List<ProvenHeader> Of(HeaderLanguage language) =>
        [
            .. Enumerable.Range(0, headers.Count).Where(i => was[i].Text is not null && (!was[i].IsCplusplus || language == HeaderLanguage.Cplusplus))
                .OrderBy(i => was[i].Failure is null ? 0 : 1).Select(i => headers[i]),
        ];

        /// <summary>Runs over the originals until none fails: those that do are left out. False when nothing is left.</summary>
        private static bool Keep(List<ProvenHeader> some, string source, Func<string, IReadOnlyList<string>, ToolResult> run, out string? text)
        {
            using AtomicFile made = new(source + ".i");
            for (int round = 0; round < MostRounds && some.Count > 0; round++)
            {
                var result = run(made.Draft, [.. some.Select(header => header.Original)]);
                if (result.ExitCode == 0)
                {
                    text = File.Exists(made.Draft) ? File.ReadAllText(made.Draft) : null;
                    return true;
                }

                var culprits = HeaderUmbrella.Culprits(result.Errors, source, some.Count, linesOfHeader: 1);
                if (culprits.Count == 0)
                {
                    break;
                }

                foreach (int place in culprits.Reverse())
                {
                    some.RemoveAt(place);
                }
            }

            text = null;
            return false;
        }

        private ToolResult Run(HeaderSide side, IReadOnlyList<string> some, string source, string[] options)
        {
            AtomicFile.Write(source, string.Concat(some.Select(header => $"#include \"{header}\"\n")));
            return owner.Start([.. options.Contains(StrictOptions[0]) ? Array.Empty<string>() : ["-w"], .. side.Options, .. options, source], cancellation);
        }

        private Diagnostic Error(ToolResult result, string source) =>
            Refused(CompilerOutput.WithCause(CompilerOutput.Parse(result.Errors, owner.Folder, wrapper: source), result, source).First(d => d.Severity == DiagnosticSeverity.Error), originals);
    }

    private string Folder => workingDirectory;

    private ToolResult Start(IReadOnlyList<string> arguments, CancellationToken cancellation) => runner.Run(new ToolCommand(compiler, arguments, workingDirectory), cancellation);
}

/// <summary>A header before and after a rewrite.</summary>
/// <param name="Original">Its absolute path.</param>
/// <param name="Rewritten">The absolute path of what was made of it.</param>
public sealed record ProvenHeader(string Original, string Rewritten);

/// <summary>How headers are read before a rewrite, or after.</summary>
/// <param name="Options">Definitions and include folders.</param>
/// <param name="Source">Where sources that include them are written; names of more are made from it.</param>
/// <param name="Readings">What the preprocessor made of each alone, in their order, where that is known already.</param>
public sealed record HeaderSide(IReadOnlyList<string> Options, string Source, HeaderReadings? Readings = null);

/// <summary>A language that headers are compiled in.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Options">The compiler's options for it.</param>
public sealed record HeaderLanguage(string Name, IReadOnlyList<string> Options)
{
    /// <summary>The one that headers in C++ are read as.</summary>
    public static HeaderLanguage Cplusplus { get; } = new("C++17", ["-x", "c++", "-std=gnu++17"]);
}

/// <summary>What a proof found.</summary>
/// <param name="Findings">MINIOS1531, 1541 and 1542, in the order of the headers.</param>
/// <param name="Inputs">The files that were read, but for the rewritten headers.</param>
/// <param name="Languages">Those in which at least one of the headers compiles, and was compiled before and after.</param>
public sealed record HeaderProofResult(IReadOnlyList<Diagnostic> Findings, IReadOnlyList<string> Inputs, IReadOnlyList<string> Languages)
{
    /// <summary>Whether the rewritten headers may be written.</summary>
    public bool IsProven => Findings.All(finding => finding.Severity != DiagnosticSeverity.Error);
}
