using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>
/// Reads many headers, each as if it were alone, in few runs of the preprocessor: the first finds every macro that any of them
/// defines; in the second each header is preceded by an #undef of all those macros, so that no include guard and no switch
/// of another header is there. What such a run cannot make forgotten (a changed predefined macro, #pragma once, a header
/// that fails) is read by a run of its own.
/// </summary>
public sealed partial class HeaderRuns(ToolRunner runner, string compiler, string workingDirectory)
{
    private const int MostRounds = 8;

    private readonly HeaderUmbrella _umbrella = new(runner, compiler, workingDirectory);

    /// <summary>Reads the headers.</summary>
    /// <param name="headers">Absolute paths.</param>
    /// <param name="umbrella">Where the sources that include them are written; names of more are made from it.</param>
    /// <param name="options">Definitions and include folders.</param>
    /// <param name="inside">A macro with which headers are read once more if any of them mentions it; null for none.</param>
    /// <param name="parallelism">How many runs there may be at a time.</param>
    /// <param name="cancellation">Ends the preprocessor.</param>
    /// <exception cref="DiagnosticException">A header is broken, alone and after the others: the compiler's first error, located. One that only asks for what is not there is read as nothing.</exception>
    public HeaderReadings Read(
        IReadOnlyList<string> headers, string umbrella, IReadOnlyList<string> options, string? inside, int parallelism, CancellationToken cancellation)
    {
        var outside = new Pass(this, headers, umbrella, options, parallelism, cancellation);
        var read = outside.Read();
        if (inside is null || !outside.Inputs.Any(file => Mentions(file, inside)))
        {
            return new HeaderReadings(read, null, [.. outside.Inputs], outside.RunCount);
        }

        var within = new Pass(this, headers, umbrella, [.. options, "-D" + inside], parallelism, cancellation);
        var readInside = within.Read();
        return new HeaderReadings(read, readInside, [.. outside.Inputs.Union(within.Inputs)], outside.RunCount + within.RunCount);
    }

    private static bool Mentions(string file, string word) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;

    private sealed class Pass(
        HeaderRuns runs, IReadOnlyList<string> headers, string umbrella, IReadOnlyList<string> options, int parallelism, CancellationToken cancellation)
    {
        private readonly HeaderReading?[] _readings = new HeaderReading?[headers.Count];
        private readonly SortedSet<string> _inputs = new(StringComparer.Ordinal);
        private int _runCount;

        public IReadOnlyCollection<string> Inputs => _inputs;

        public int RunCount => _runCount;

        public IReadOnlyList<HeaderReading> Read()
        {
            ReadTogether();
            ReadSingly();
            return _readings!;
        }

        // What is left null has to be read by itself.
        private void ReadTogether()
        {
            List<int> together = [.. Enumerable.Range(0, headers.Count)];
            var macros = new SortedSet<string>(StringComparer.Ordinal);
            for (int round = 0; round < MostRounds && together.Count > 1; round++)
            {
                var result = Run([.. together.Select(i => headers[i])], macros, umbrella);
                if (result.Error is not null)
                {
                    if (result.Culprit is not { } culprit)
                    {
                        return;
                    }

                    together.RemoveAt(culprit);
                    continue;
                }

                _inputs.UnionWith(result.Inputs);
                if (round == 0 && result.Inputs.Any(HasLastingDirective))
                {
                    return;
                }

                int known = macros.Count;
                macros.UnionWith(result.Parts.SelectMany(part => part.Defined));
                List<int> clean = [.. together.Where((_, i) => !result.Parts[i].LeavesTraces(result.Predefined))];
                if (known == macros.Count && clean.Count == together.Count)
                {
                    for (int i = 0; i < together.Count; i++)
                    {
                        _readings[together[i]] = new HeaderReading(headers[together[i]], result.Parts[i].Text);
                    }

                    return;
                }

                macros.ExceptWith(result.Predefined);
                together = clean;
            }
        }

        private void ReadSingly()
        {
            int[] single = [.. Enumerable.Range(0, headers.Count).Where(i => _readings[i] is null)];
            var failures = new ConcurrentDictionary<int, Diagnostic>();
            void ReadAlone(int i)
            {
                var result = Run([headers[i]], [], $"{umbrella}.{i}.c");
                if (result.Error is not null)
                {
                    failures[i] = result.Error;
                    return;
                }

                _readings[i] = new HeaderReading(headers[i], result.Parts[0].Text);
                lock (_inputs)
                {
                    _inputs.UnionWith(result.Inputs);
                }
            }

            try
            {
                Parallel.ForEach(single, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parallelism), CancellationToken = cancellation }, ReadAlone);
            }
            catch (AggregateException e)
            {
                // One tells enough: they have one cause, a compiler that cannot be started for example.
                ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
            }

            ReadAfterOthers([.. failures.OrderBy(f => f.Key)]);
        }

        // One may need another that needs a third itself: each that could be read may help the rest.
        private void ReadAfterOthers(List<KeyValuePair<int, Diagnostic>> failures)
        {
            List<string> sound = [.. _readings.OfType<HeaderReading>().Select(r => r.Header)];
            while (failures.Count > 0)
            {
                int before = failures.Count;
                failures.RemoveAll(failure =>
                {
                    (int i, Diagnostic error) = failure;
                    var result = Run([.. sound, headers[i]], [], umbrella);
                    if (result.Error is not null)
                    {
                        return false;
                    }

                    _inputs.UnionWith(result.Inputs);
                    _readings[i] = new HeaderReading(headers[i], result.Parts[^1].Text, error);
                    sound.Add(headers[i]);
                    return true;
                });
                if (failures.Count == before)
                {
                    break;
                }
            }

            foreach ((int i, Diagnostic error) in failures)
            {
                _readings[i] = AsksForMore(error)
                    ? new HeaderReading(headers[i], null, error)
                    : throw new DiagnosticException(error with { Message = $"{error.Message}; met in reading the public header {headers[i]} alone, for the names that it gives" });
                _inputs.Add(headers[i]);
                _inputs.Add(error.File ?? headers[i]);
            }
        }

        /// <summary>Whether the line of an error asks for what others have to bring, and is no mistake of its own: #error, an include that is in no folder, a condition on a macro with arguments.</summary>
        private static bool AsksForMore(Diagnostic error)
        {
            string line = error.File is { } file && File.Exists(file) ? File.ReadLines(file).ElementAtOrDefault(error.Line - 1) ?? "" : "";
            return Directive().Match(line).Groups["name"].Value switch
            {
                "error" => true,
                "include" or "include_next" or "import" => error.Message.Contains("No such file", StringComparison.Ordinal) || error.Message.Contains("file not found", StringComparison.Ordinal),
                "if" or "elif" => error.Message.Contains("missing binary operator", StringComparison.Ordinal) || error.Message.Contains("function-like macro", StringComparison.Ordinal),
                _ => false,
            };
        }

        private HeaderUmbrella.Result Run(IReadOnlyList<string> some, IReadOnlyCollection<string> forgotten, string source)
        {
            Interlocked.Increment(ref _runCount);
            return runs._umbrella.Read(some, forgotten, source, options, cancellation);
        }

        private static bool HasLastingDirective(string file) => Lasting().IsMatch(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
    }

    // Each keeps a file from being read again, or outlives an #undef.
    [GeneratedRegex(@"^[ \t]*#[ \t]*(?:import|assert|unassert|pragma[ \t]+once)\b|_Pragma\s*\(\s*""once""", RegexOptions.Multiline)]
    private static partial Regex Lasting();

    [GeneratedRegex(@"^[ \t]*(?:#|%:)[ \t]*(?<name>\w+)")]
    private static partial Regex Directive();
}
