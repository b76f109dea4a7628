using System.Collections.Concurrent;
using System.Text;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>Makes scans from what the preprocessor gives of headers. Safe to use from several threads.</summary>
/// <param name="read">Reads a file that a line marker names: whether a macro is an include guard shows only there.</param>
public sealed class HeaderScans(Func<string, byte[]> read)
{
    private readonly ConcurrentDictionary<string, IReadOnlySet<int>?> _notOfC = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _guards = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _asked = new(StringComparer.Ordinal);

    /// <summary>Scans one header.</summary>
    /// <param name="path">The file, spelled as line markers spell it.</param>
    /// <param name="place">Where it is staged; empty for a header that is not public.</param>
    /// <param name="preprocessed">Its text and that of all it includes, with line markers and directives; null when no preprocessor takes it, and its text as it is written has to do.</param>
    /// <param name="isInside">Whether it was read with __INSIDE_MINIOS__ defined.</param>
    /// <param name="refusal">Why it cannot be read alone, if it cannot.</param>
    /// <param name="isCplusplus">
    /// Whether it is C++: then its macros count alone, and what headers in C give that it includes. Symbols are made of the names of its classes and functions, which archives keep.
    /// </param>
    public ScannedHeader Scan(string path, string place, string? preprocessed, bool isInside, HeaderRefusal? refusal = null, bool isCplusplus = false)
    {
        string text = Encoding.Latin1.GetString(read(path));
        HeaderContents contents = preprocessed is null ? HeaderScanner.ReadPlain(text, path) : HeaderScanner.Read(preprocessed);
        return new ScannedHeader(path, place, Guarded(isCplusplus ? [.. contents.Names.Where(IsOfC)] : contents.Names), isInside)
        {
            Text = text, AssemblyTexts = contents.Texts, Includes = contents.Includes, Refusal = refusal, IsPlain = preprocessed is null,
            Asked = contents.Includes.Select(include => include.File).Where(file => file != path && !file.StartsWith('<')).Distinct(StringComparer.Ordinal).ToDictionary(file => file, AskedIn, StringComparer.Ordinal),
        };
    }

    private IReadOnlyList<string> AskedIn(string included) => _asked.GetOrAdd(
        included, file => [.. HeaderWords.Of(Encoding.Latin1.GetString(read(file))).Where(word => (word.Uses & HeaderWordUses.Tested) != 0).Select(word => word.Text)]);

    // A header in C has text that only C++ reads, too: what it declares there is no name of C.
    private bool IsOfC(HeaderName name) =>
        name.Kind.IsMacro() || name.Site.File.StartsWith('<')
        || (_notOfC.GetOrAdd(name.Site.File, file => HeaderWords.NotOfC(CLexer.Split(Encoding.Latin1.GetString(read(file))))) is { } lines && !lines.Contains(name.Site.Line));

    private HeaderName[] Guarded(IReadOnlyList<HeaderName> names)
    {
        HeaderName[] guarded = [.. names];
        (string? file, string? guard) = (null, null);
        for (int i = 0; i < guarded.Length; i++)
        {
            HeaderName name = guarded[i];
            if (name.Kind != HeaderNameKind.Macro)
            {
                continue;
            }

            if (!ReferenceEquals(name.Site.File, file)) // Names of one file come together.
            {
                file = name.Site.File;
                guard = _guards.GetOrAdd(file, path => HeaderGuard.Of(read(path)));
            }

            if (name.Name == guard)
            {
                guarded[i] = name with { IsGuard = true };
            }
        }

        return guarded;
    }
}
