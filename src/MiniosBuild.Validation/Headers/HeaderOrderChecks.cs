using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>
/// Pairs of headers that mean something else in another order, and pairs that cannot meet: decided from what each gives alone.
/// <para>
/// Two orders can only differ where a macro that one header brings meets a text of the other's that knows nothing of it. So each text is held
/// against the macros that others have and it has not, and what a header gives by itself against what it gives inside others. Not seen are
/// words of others' headers (a macro inside the namespace meets none), what a macro's replacement says where it is used, and a word of a text before
/// the place where that very text gets the macro.
/// </para>
/// </summary>
internal sealed class HeaderOrderChecks(StagedNames names, HeaderFindings found)
{
    private readonly Dictionary<string, HashSet<string>> _files = names.Census.Headers.ToDictionary(
        header => header.Place,
        header => header.Names.Where(entry => entry.Origin is HeaderOrigin.Own or HeaderOrigin.Public).Select(entry => entry.Name.Site.File).Append(header.Path).ToHashSet(StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Of the others it is said already that they depend on what was included before.</summary>
    private IEnumerable<CensusHeader> Alone => names.Census.Headers.Where(header => header.Refusal is null);

    public void Check()
    {
        CheckWords();
        CheckClosures();
        foreach (var declarations in names.All.Select(all => all.Where(declaration => declaration.Header.Refusal is null).ToList()).Where(all => all.Count > 0))
        {
            CheckMacros(declarations);
            CheckDefinitions(declarations);
        }
    }

    /// <summary>A macro of one header that has the spelling of a word of another, which does not include it.</summary>
    private void CheckWords()
    {
        var macros = new Dictionary<string, List<(CensusHeader Header, HeaderName Macro)>>(StringComparer.Ordinal);
        foreach ((CensusHeader header, HeaderName macro) in Alone.SelectMany(header => Macros(header), (header, macro) => (header, macro)))
        {
            if (!macros.TryGetValue(macro.Name, out var list))
            {
                macros.Add(macro.Name, list = []);
            }

            list.Add((header, macro));
        }

        foreach (CensusHeader header in Alone)
        {
            HashSet<string>? known = null;
            foreach (HeaderWord word in header.Words)
            {
                if (!macros.TryGetValue(word.Text, out var owners) || (known ??= Macros(header).Select(macro => macro.Name).ToHashSet(StringComparer.Ordinal)).Contains(word.Text))
                {
                    continue;
                }

                (CensusHeader owner, HeaderName macro) = owners.FirstOrDefault(owner => !_files[owner.Header.Place].Contains(header.Path) && IsMet(owner.Macro, word));
                if (macro is not null)
                {
                    found.Add(
                        FindingCodes.HeaderOrder, header, word,
                        $"\"{word.Text}\" means something else after {owner.Place} was included, which brings a macro of that name ({macro.Site.File}({macro.Site.Line})). Include what defines it, or rename one of the two.");
                }
            }
        }
    }

    /// <summary>A header that gives other names where another one includes it than alone.</summary>
    private void CheckClosures()
    {
        foreach (CensusHeader header in Alone)
        {
            foreach (var part in header.Names.Where(entry => entry is { Origin: HeaderOrigin.Public, View: not HeaderView.Inside }).GroupBy(entry => entry.Name.Site.File, StringComparer.Ordinal))
            {
                CensusHeader alone = names.HeaderAt(part.Key)!;
                if (alone.Refusal is not null)
                {
                    continue;
                }

                var own = alone.Own.Where(entry => entry.View != HeaderView.Inside).Select(entry => entry.Name).ToHashSet<HeaderName>(ReferenceEqualityComparer.Instance);
                var here = part.Select(entry => entry.Name).ToHashSet<HeaderName>(ReferenceEqualityComparer.Instance);
                HeaderName? other = here.FirstOrDefault(name => !own.Contains(name)) ?? own.FirstOrDefault(name => !here.Contains(name));
                if (other is not null)
                {
                    found.Add(
                        FindingCodes.HeaderOrder, alone.Place, other,
                        $"{(here.Contains(other) ? "only" : "not")} where {header.Place} includes {alone.Place} there is this {other.Kind.Text()} \"{other.Name}\": the header depends on what was included before. Include or define what it asks for.");
                }
            }
        }
    }

    /// <summary>One macro with two meanings: which of them holds depends on the order.</summary>
    private void CheckMacros(IReadOnlyList<(CensusHeader Header, HeaderName Name)> declarations)
    {
        (CensusHeader first, HeaderName macro) = declarations[0];
        foreach ((CensusHeader header, HeaderName other) in declarations.Where(declaration => declaration.Name.Kind.IsMacro() && !declaration.Name.IsGuard && declaration.Header != first))
        {
            if (!macro.IsGuard && !IsSame(macro, other))
            {
                found.Add(
                    FindingCodes.HeaderOrder, header.Place, other,
                    $"the macro \"{other.Name}\" is another one in {first.Place}({macro.Site.Line}): which of the two holds depends on the order. Define it once, or rename one of the two.");
            }
        }
    }

    /// <summary>Two definitions of a tag or an ordinary name, or one name for two things: no program can include both headers.</summary>
    private void CheckDefinitions(IReadOnlyList<(CensusHeader Header, HeaderName Name)> declarations)
    {
        (CensusHeader first, HeaderName name) = declarations.FirstOrDefault(declaration => declaration.Name.IsDefinition, declarations[0]);
        if (name.Kind.IsMacro())
        {
            return;
        }

        foreach ((CensusHeader header, HeaderName other) in declarations.Where(declaration => declaration.Header != first))
        {
            bool isTwice = name.IsDefinition && other.IsDefinition && name.Kind != HeaderNameKind.Typedef; // C11 allows a typedef twice.
            if (isTwice || other.Kind != name.Kind || (name.Kind == HeaderNameKind.Tag && other.TagWord != name.TagWord))
            {
                found.Add(
                    FindingCodes.HeaderDuplicate, header.Place, other,
                    $"the {other.Kind.Text()} \"{other.Name}\" is also {(isTwice ? "defined" : $"a {name.TagWord ?? name.Kind.Text()}")} in {first.Place}({name.Site.Line}): no program can include both. Define it once, or rename one of the two.");
            }
        }
    }

    private static IEnumerable<HeaderName> Macros(CensusHeader header) =>
        header.Names.Where(entry => entry.View != HeaderView.Inside && entry.Name.Kind.IsMacro() && !entry.Name.IsGuard).Select(entry => entry.Name);

    private static bool IsMet(HeaderName macro, HeaderWord word) =>
        (word.Uses & (HeaderWordUses.Tested | (macro.Kind == HeaderNameKind.Macro ? HeaderWordUses.Plain : HeaderWordUses.Called))) != 0;

    internal static bool IsSame(HeaderName one, HeaderName other) =>
        one.Kind == other.Kind && one.Body == other.Body && one.Parameters.SequenceEqual(other.Parameters, StringComparer.Ordinal);
}
