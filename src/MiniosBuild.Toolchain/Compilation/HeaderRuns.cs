using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.CSource;
using MiniosBuild.CSource.Census;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>
/// Reads many headers, each as if it were alone, in few runs of the preprocessor: the first finds the macros that they define;
/// in the second each header is preceded by an #undef of those, so that no include guard and no switch of another header is there.
/// That none is left is checked in what comes out. What such a run cannot make forgotten (a changed predefined macro, #pragma once,
/// a header that fails) is read by a run of its own. Headers in C++ are read as that, apart from those in C.
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
    /// <param name="more">Given every file that the headers lead to, which others to read as well, after them; null for none.</param>
    /// <exception cref="DiagnosticException">The compiler fails without reading anything. A header that it refuses, alone and after the others, is read as nothing.</exception>
    public HeaderReadings Read(
        IReadOnlyList<string> headers, string umbrella, IReadOnlyList<string> options, string? inside, int parallelism, CancellationToken cancellation,
        Func<IReadOnlyCollection<string>, IReadOnlyList<string>>? more = null)
    {
        var outside = new Pass(this, headers, umbrella, options, parallelism, cancellation);
        var read = outside.Read(more);
        HashSet<string> mentioning = inside is null ? [] : outside.Inputs.Where(file => Mentions(file, inside)).ToHashSet(StringComparer.Ordinal);
        if (mentioning.Count == 0)
        {
            return new HeaderReadings(read, null, [.. outside.Inputs], outside.RunCount);
        }

        Pass within = outside.Again([.. options, "-D" + inside], mentioning);
        var readInside = within.Read(null);
        return new HeaderReadings(read, readInside, [.. outside.Inputs.Union(within.Inputs)], outside.RunCount + within.RunCount);
    }

    /// <summary>Whether a macro that only some files mention can change what a header gives. One that could not be read alone may be read with it.</summary>
    private bool Concerns(HeaderReading reading, HashSet<string> mentioning) =>
        reading.Failure is not null || reading.Files.Any(file => file.Contains('\\') || mentioning.Contains(RealPath.Absolute(file, workingDirectory)));

    private static bool Mentions(string file, string word) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;

    private sealed class Pass
    {
        private readonly HeaderRuns _runs;
        private readonly List<string> _headers;
        private readonly string _umbrella;
        private readonly Language[] _languages;
        private readonly List<Language> _languageOf = []; // Of each header.
        private readonly int _parallelism;
        private readonly CancellationToken _cancellation;
        private readonly SortedSet<string> _inputs = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _entered = new(StringComparer.Ordinal);
        private readonly HashSet<string> _forgettable = new(StringComparer.Ordinal);
        private readonly HashSet<int> _apart;
        private HeaderReading?[] _readings;
        private int _runCount;

        public Pass(HeaderRuns runs, IReadOnlyList<string> headers, string umbrella, IReadOnlyList<string> options, int parallelism, CancellationToken cancellation)
            : this(runs, [.. headers], umbrella, options, parallelism, cancellation, [], new HeaderReading?[headers.Count])
        {
        }

        private Pass(
            HeaderRuns runs, List<string> headers, string umbrella, IReadOnlyList<string> options, int parallelism, CancellationToken cancellation, HashSet<int> apart,
            HeaderReading?[] readings)
        {
            (_runs, _headers, _umbrella, _parallelism, _cancellation) = (runs, headers, umbrella, parallelism, cancellation);
            (_apart, _readings) = (apart, readings);
            _languages = [new Language(options, ""), new Language([.. options, .. HeaderLanguage.Cplusplus.Options], ".cpp")];
        }

        /// <summary>What headers of one language have in common.</summary>
        private sealed record Language(IReadOnlyList<string> Options, string Suffix)
        {
            public KnownMacros Macros { get; } = new();

            public bool IsKnown { get; set; }

            public List<string> ReadLate { get; } = [];
        }

        public IReadOnlyCollection<string> Inputs => _inputs;

        public int RunCount => _runCount;

        /// <summary>
        /// A pass over the same headers with another macro defined, which some files mention: only what includes one of them is read again. What had to be
        /// read by itself is so again; macros may be predefined now that were not.
        /// </summary>
        public Pass Again(IReadOnlyList<string> options, HashSet<string> mentioning) =>
            new(_runs, _headers, _umbrella, options, _parallelism, _cancellation, _apart, [.. _readings.Select(r => _runs.Concerns(r!, mentioning) ? null : r)]);

        public IReadOnlyList<HeaderReading> Read(Func<IReadOnlyCollection<string>, IReadOnlyList<string>>? more)
        {
            ReadFrom(0);
            while (more?.Invoke(_entered) is { Count: > 0 } others)
            {
                int first = _headers.Count;
                _headers.AddRange(others);
                Array.Resize(ref _readings, _headers.Count);
                ReadFrom(first);
            }

            return _readings!;
        }

        private void ReadFrom(int first)
        {
            _languageOf.AddRange(_headers.Skip(_languageOf.Count).Select(header => _languages[HeaderWords.IsCplusplus(CLexer.Split(Encoding.Latin1.GetString(File.ReadAllBytes(header)))) ? 1 : 0]));
            foreach (Language language in _languages)
            {
                ReadTogether(language, [.. Enumerable.Range(first, _headers.Count - first).Where(i => _readings[i] is null && _languageOf[i] == language && !_apart.Contains(i))]);
            }

            ReadSingly();
        }

        // What is left null has to be read by itself.
        private void ReadTogether(Language language, List<int> together)
        {
            for (int round = 0; round < MostRounds && together.Count > 1; round++)
            {
                // The first run is the cheap one, in which each file is read once.
                var result = Run(language, [.. together.Select(i => _headers[i])], language.IsKnown ? language.Macros : null, _umbrella + language.Suffix);
                if (result.Text is { } text)
                {
                    language.IsKnown = true;
                    language.Macros.Add(text);
                }

                if (result.Error is not null)
                {
                    if (result.Culprits.Count == 0)
                    {
                        break;
                    }

                    Part(together, [.. result.Culprits.Select(place => together[place])]);
                    continue;
                }

                text = result.Text!;
                _inputs.UnionWith(result.Inputs);
                if (result.Inputs.Any(IsLasting))
                {
                    Part(together, [.. together]);
                    return;
                }

                int[] leaving = [.. together.Where((_, i) => text.Parts[i].LeavesTraces)];
                if (text.Met.Count == 0 && leaving.Length == 0)
                {
                    _entered.UnionWith(result.Inputs);
                    for (int i = 0; i < together.Count; i++)
                    {
                        _readings[together[i]] = Reading(together[i], text.Parts[i]);
                    }

                    return;
                }

                Part(together, leaving);
            }
        }

        private void Part(List<int> together, int[] some)
        {
            _apart.UnionWith(some);
            together.RemoveAll(_apart.Contains);
        }

        private void ReadSingly()
        {
            int[] single = [.. Enumerable.Range(0, _headers.Count).Where(i => _readings[i] is null)];
            var failures = new ConcurrentDictionary<int, Diagnostic>();
            void ReadAlone(int i)
            {
                var result = Run(_languageOf[i], [_headers[i]], null, $"{_umbrella}.{i}.c");
                if (result.Error is not null)
                {
                    failures[i] = result.Error;
                    return;
                }

                _readings[i] = Reading(i, result.Text!.Parts[0]);
                lock (_inputs)
                {
                    _inputs.UnionWith(result.Inputs);
                    _entered.UnionWith(result.Inputs);
                }
            }

            try
            {
                Parallel.ForEach(single, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _parallelism), CancellationToken = _cancellation }, ReadAlone);
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
            while (failures.Count > 0)
            {
                int before = failures.Count;
                failures.RemoveAll(failure =>
                {
                    (int i, Diagnostic error) = failure;
                    Language language = _languageOf[i];
                    var read = _readings.Where((r, other) => r is { Failure: null } && _languageOf[other] == language).Select(r => r!.Header);
                    var result = Run(language, [.. read, .. language.ReadLate, _headers[i]], null, _umbrella + language.Suffix);
                    if (result.Error is not null)
                    {
                        return false;
                    }

                    _inputs.UnionWith(result.Inputs);
                    _readings[i] = Reading(i, result.Text!.Parts[^1], error);
                    _entered.UnionWith(result.Inputs);
                    language.ReadLate.Add(_headers[i]);
                    return true;
                });
                if (failures.Count == before)
                {
                    break;
                }
            }

            foreach ((int i, Diagnostic error) in failures)
            {
                // Without a place it is not the header's: a compiler that does not start, an option that it does not know. One for C++ may not be there at all.
                _readings[i] = error.Line > 0 || _languageOf[i] != _languages[0] ? Reading(i, null, error) : throw new DiagnosticException(error);
                _inputs.Add(_headers[i]);
                _inputs.Add(error.Line > 0 && error.File is not null ? error.File : _headers[i]);
            }
        }

        private HeaderReading Reading(int i, HeaderPart? part, Diagnostic? error = null) =>
            new(_headers[i], part?.Text, part?.Files ?? [], error) { IsCplusplus = _languageOf[i] != _languages[0] };

        private HeaderUmbrella.Result Run(Language language, IReadOnlyList<string> some, KnownMacros? forgotten, string source)
        {
            Interlocked.Increment(ref _runCount);
            return _runs._umbrella.Read(some, forgotten, source, language.Options, _cancellation);
        }

        private bool IsLasting(string file)
        {
            if (_forgettable.Contains(file))
            {
                return false;
            }

            bool lasts = Lasting().IsMatch(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
            _ = lasts || _forgettable.Add(file);
            return lasts;
        }
    }

    // Each keeps a file from being read again, or outlives an #undef.
    [GeneratedRegex(@"^[ \t]*#[ \t]*(?:import|assert|unassert|pragma[ \t]+once)\b|_Pragma\s*\(\s*""once""", RegexOptions.Multiline)]
    private static partial Regex Lasting();
}

/// <summary>What the preprocessor makes of one header.</summary>
/// <param name="Header">Its absolute path.</param>
/// <param name="Text">Its text and that of all it includes, with line markers and the directives that define macros; null when the preprocessor refuses it after all others too.</param>
/// <param name="Files">The files that it includes, its own, and what options include before it, as line markers spell them.</param>
/// <param name="Failure">The compiler's error when it cannot be read alone: the text is then what it is after all other headers. Null when it can.</param>
public sealed record HeaderReading(string Header, string? Text, IReadOnlyCollection<string> Files, Diagnostic? Failure = null)
{
    /// <summary>Whether it is C++, and was read as that.</summary>
    public bool IsCplusplus { get; init; }
}

/// <summary>What the preprocessor makes of a set of headers.</summary>
/// <param name="Outside">Each header as it is read alone, in the order asked for.</param>
/// <param name="Inside">The same with the macro defined that headers have texts for, the same objects where it makes no difference; null when none of them mentions it.</param>
/// <param name="Inputs">Every file that was read.</param>
/// <param name="RunCount">How often the preprocessor was started.</param>
public sealed record HeaderReadings(
    IReadOnlyList<HeaderReading> Outside, IReadOnlyList<HeaderReading>? Inside, IReadOnlyList<string> Inputs, int RunCount)
{
    /// <summary>The headers in C that can be compiled: first those that can be read alone.</summary>
    public IReadOnlyList<string> Compiled => [.. Outside.Where(reading => reading is { Text: not null, IsCplusplus: false }).OrderBy(reading => reading.Failure is null ? 0 : 1).Select(reading => reading.Header)];

    /// <summary>What the preprocessor made of the header of a scan without the macro; null for one that was read with it.</summary>
    public string? TextOf(ScannedHeader scan) => scan.Inside ? null : (_texts ??= Outside.DistinctBy(reading => reading.Header).ToDictionary(reading => reading.Header, reading => reading.Text, StringComparer.Ordinal)).GetValueOrDefault(scan.Path);

    private Dictionary<string, string?>? _texts;
}
