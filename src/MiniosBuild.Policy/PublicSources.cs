namespace MiniosBuild.Policy;

/// <summary>
/// What makes a name public, besides what registered consumers need and the policy's other entries name, which always do: the union of what is
/// named here. Data only.
/// </summary>
public sealed record PublicSources
{
    /// <summary>What a policy means that does not say.</summary>
    public static PublicSources Default { get; } = new() { Headers = true };

    /// <summary>The word for the file that <see cref="List"/> is read from.</summary>
    internal const string ListWord = "list";

    /// <summary>The words for sources in a policy, what each adds, and whether it has a part in some.</summary>
    private static readonly (string Word, Func<PublicSources, PublicSources> With, Func<PublicSources, bool> IsIn)[] s_sources =
    [
        ("headers", sources => sources with { Headers = true }, sources => sources.Headers),
        ("consumers", sources => sources with { Consumers = true }, sources => sources.Consumers),
        ("marks", sources => sources with { Marks = true }, sources => sources.Marks),
        (ListWord, sources => sources, sources => sources.List is not null),
    ];

    /// <summary>The words for sources in a policy.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. s_sources.Select(source => source.Word)];

    /// <summary>The words for these.</summary>
    public IEnumerable<string> Named => s_sources.Where(source => source.IsIn(this)).Select(source => source.Word);

    /// <summary>What public headers declare.</summary>
    public bool Headers { get; init; }

    /// <summary>What registered consumers need; named alone, nothing else.</summary>
    public bool Consumers { get; init; }

    /// <summary>The export marks of the objects. Named alone, public headers stand in for a set without any mark.</summary>
    public bool Marks { get; init; }

    /// <summary>A list of names; null for none.</summary>
    public PublicList? List { get; init; }

    /// <summary>These, and what another word means.</summary>
    internal PublicSources With(string word) => s_sources[Words.TakeWhile(known => known != word).Count()].With(this);

    /// <summary>Whether what public headers declare is public in a set.</summary>
    /// <param name="hasMarks">Whether an object of the set has a mark.</param>
    public bool CountsHeaders(bool hasMarks) => Headers || (Marks && !hasMarks && !Consumers && List is null);

    /// <summary>Why nothing is public, whatever the set has; null when something may be.</summary>
    /// <param name="hasMarks">Whether an object of the set has a mark.</param>
    /// <param name="hasConsumers">Whether a registered consumer needs a name.</param>
    public string? WhyEmpty(bool hasMarks, bool hasConsumers)
    {
        if (!(Consumers || List is not null) || hasConsumers || CountsHeaders(hasMarks) || (Marks && hasMarks) || List is { Names.Count: > 0 })
        {
            return null;
        }

        const string effect = "every function would be hidden";
        return List is { } empty
            ? $"public is what {empty.Path} lists, but it lists nothing: {effect}. Write the names into it, or let something else say what is public."
            : $"public is what consumers need, but no consumer is named that needs anything: {effect}. Name their objects (MiniosConsumer, --consumer), or let something else say what is public.";
    }

    /// <summary>Whether marks decide without the headers: then a policy that hides leaves no name for its spelling alone.</summary>
    /// <param name="hasMarks">Whether an object of the set has a mark.</param>
    public bool DecidesByMarks(bool hasMarks) => Marks && hasMarks && !Headers;
}

/// <summary>A file of names that are public, each the first word of its line; <c>#</c> begins a comment.</summary>
/// <param name="Path">The file, as messages call it.</param>
/// <param name="Names">The names, each once, with the lines.</param>
public sealed record PublicList(string Path, IReadOnlyList<(string Name, int Line)> Names)
{
    /// <summary>Reads a list.</summary>
    /// <exception cref="DiagnosticException">MINIOS1451: the file cannot be read, or a line does not begin with the name of a symbol.</exception>
    public static PublicList Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DiagnosticException(Diagnostic.Error(PolicyCodes.UnreadableList, $"cannot read the list of public names: {e.Message} Correct publicList in the policy, or make the file.", path), e);
        }

        var names = new List<(string Name, int Line)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0][0] == '#')
            {
                continue;
            }

            if (!words[0].All(SymbolText.IsNameCharacter))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    PolicyCodes.UnreadableList, $"\"{words[0]}\" is no name of a symbol; expected a name a line, or a list as minios.api.txt is, and # before a comment.", path, i + 1));
            }

            if (seen.Add(words[0]))
            {
                names.Add((words[0], i + 1));
            }
        }

        return new PublicList(path, names);
    }
}
