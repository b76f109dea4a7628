using System.Text.Json;
using System.Text.RegularExpressions;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Policy.Json;

namespace MiniosBuild.Policy;

/// <summary>Reads what the properties of a <see cref="NamespacePolicy"/> hold.</summary>
internal sealed class PolicyReader(string file) : JsonBinder(file, PolicyCodes.WrongProperty)
{
    /// <summary>For who asks what properties there are, and reads none.</summary>
    public static PolicyReader None { get; } = new("");

    private JsonValue? _root;

    public NamespacePolicy Read(ReadOnlyMemory<byte> utf8Json)
    {
        _root = JsonDocumentReader.Read(utf8Json, FileName);
        var start = new NamespacePolicy { Path = FileName, Name = System.IO.Path.GetFileNameWithoutExtension(FileName) };
        NamespacePolicy policy = Bind(_root, start, NamespacePolicy.Properties(this), "publicPrefix");
        RequireOneRuleEach("", policy.Keep.Select(Listed("keep")), policy.Hooks.Select(Listed("hooks")), policy.Renames);
        return policy;
    }

    public string Identifier(JsonValue value) =>
        SymbolText.IsIdentifier(Text(value)) ? value.Text! : throw Invalid(value, $"\"{value.Text}\" is no C identifier.");

    /// <summary>One that is not the public prefix.</summary>
    public string OtherIdentifier(JsonValue value, string publicPrefix) => Identifier(value) != publicPrefix
        ? value.Text!
        : throw Invalid(value, $"is the same as publicPrefix, \"{publicPrefix}\"; give the two namespaces different prefixes.");

    public PublicSources Public(JsonValue value)
    {
        IReadOnlyList<JsonValue> elements = value.Kind == JsonValueKind.Array ? value.Elements : [value];
        string[] words = Words(elements, "public", PublicSources.Words, "makes no name public");
        return words.Contains(PublicSources.ListWord) && _root!["publicList"] is null
            ? throw Invalid(value, "says \"list\"; name its file under \"publicList\".")
            : words.Aggregate(new PublicSources(), (sources, word) => sources.With(word));
    }

    public PublicSources PublicList(PublicSources sources, JsonValue value)
    {
        IReadOnlyList<JsonValue> words = _root!["public"] is not { } said ? [] : said.Kind == JsonValueKind.Array ? said.Elements : [said];
        return words.Any(word => word.Text == PublicSources.ListWord)
            ? sources with { List = Policy.PublicList.Load(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FileName) ?? "", Text(value))) }
            : throw Invalid(value, "is a list of public names, but \"public\" does not say \"list\".");
    }

    public FindingLevels Levels(JsonValue value)
    {
        var levels = new SortedDictionary<string, FindingLevel>(StringComparer.Ordinal);
        foreach (JsonMember entry in Members(value))
        {
            levels[entry.Name] = FindingLevels.WhyFixed(entry.Name) is { } reason
                ? throw Fail(PolicyCodes.WrongLevel, entry.Line, entry.Column, reason)
                : Choice<FindingLevel>(entry.Value);
        }

        return new FindingLevels(levels);
    }

    /// <summary>The policy with its drivers, and with the hooks and renames that stand under them: those of different drivers never meet.</summary>
    public NamespacePolicy Drivers(NamespacePolicy policy, JsonValue value)
    {
        foreach (JsonMember driver in Members(value).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            policy = Bind(
                driver.Value, policy,
                [
                    new("prefix", (all, json) => all with { Drivers = [.. all.Drivers, new DriverNamespace(driver.Name, Identifier(json), json.Line, json.Column)] }),
                    new("hooks", (all, json) => all with { Hooks = [.. all.Hooks, .. Names(json, driver.Name)] }),
                    new("rename", (all, json) => all with { Renames = [.. all.Renames, .. Renames(json, driver.Name)] }),
                ],
                "prefix");
        }

        return policy;
    }

    public HeaderPolicy Headers(HeaderPolicy start, JsonValue value)
    {
        HeaderPolicy headers = Bind(value, start, HeaderPolicy.Properties(this));
        RequireOneRuleEach("headers.", headers.Keep.Select(Listed("keep")), headers.Internal.Select(Listed("internal")), headers.Renames);
        return headers;
    }

    public HashSet<HeaderNameKind> Kinds(JsonValue value)
    {
        HashSet<HeaderNameKind> kinds = [.. Words(Elements(value), "headers.kinds", HeaderPolicy.KindWords, "is no kind of name").Select(word => HeaderNameKinds.Parse(word)!.Value)];
        if (kinds.Contains(HeaderNameKind.Macro))
        {
            kinds.Add(HeaderNameKind.FunctionMacro);
        }

        return kinds;
    }

    public List<PolicyName> Names(JsonValue value, string? library = null, bool wildcards = false, bool mayBeAll = false)
    {
        var names = new List<PolicyName>();
        foreach (JsonValue element in Elements(value))
        {
            string text = Text(element);
            string bare = wildcards ? text.Replace("*", "").Replace("?", "") : text;
            if ((bare.Length == 0 && !(mayBeAll && text == "*")) || !bare.All(SymbolText.IsNameCharacter))
            {
                throw Invalid(element, $"\"{text}\" is no symbol name{(wildcards ? " or pattern with * and ?" : "; patterns are not allowed here")}.");
            }

            names.Add(new PolicyName(text, library, element.Line, element.Column));
        }

        return names;
    }

    /// <summary>Texts that are not empty.</summary>
    public List<string> Texts(JsonValue value) => [.. Elements(value).Select(element => Text(element) is { Length: > 0 } text ? text : throw Invalid(element, "is empty."))];

    public List<RenameRule> Renames(JsonValue value, string? driver = null, bool ofHeaders = false)
    {
        List<JsonProperty<RenameRule>> properties =
        [
            new("from", (rule, json) => rule with { From = Identifier(json) }),
            new("match", (rule, json) => rule with { From = Text(json), Expression = Expression(json) }),
            new("to", (rule, json) => rule is { From: "", Expression: null } ? rule : rule with { To = Replacement(rule.Expression, json) }),
        ];
        if (!ofHeaders)
        {
            properties.Add(new("library", (rule, json) => rule with { Library = driver is null ? Text(json) : throw Invalid(json, "is given by the driver that the rule stands under; remove it.") }));
        }

        return [.. Elements(value).Select(element => Rename(element, driver, properties))];
    }

    private RenameRule Rename(JsonValue element, string? driver, List<JsonProperty<RenameRule>> properties)
    {
        RenameRule rule = Bind(element, new RenameRule("", null, "", driver, element.Line, element.Column), properties, "to");
        return element["from"] is null != element["match"] is null
            ? rule
            : throw Invalid(element, "needs either \"from\" (an exact name) or \"match\" (a regular expression), one of the two.");
    }

    private Regex Expression(JsonValue value)
    {
        string pattern = Text(value);
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            _ = new Regex(pattern, options); // By itself first, so that an offset in the message is one in the pattern.
            return new Regex($@"\A(?:{pattern})\z", options);
        }
        catch (RegexParseException e)
        {
            throw Fail(
                PolicyCodes.WrongPattern, value.Line, value.Column,
                $"{value.Path} is not a regular expression: {e.Error} at character {e.Offset + 1} of \"{pattern}\".");
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            throw Fail(
                PolicyCodes.WrongPattern, value.Line, value.Column,
                $"{value.Path} uses a construct that needs backtracking (lookaround, backreference, atomic group), or does not fit into an anchored expression: \"{pattern}\".");
        }
    }

    /// <summary>That of an expression is parsed whether or not anything matches.</summary>
    private string Replacement(Regex? expression, JsonValue to)
    {
        try
        {
            _ = expression?.Replace("", Text(to));
            return expression is null ? Identifier(to) : Text(to);
        }
        catch (ArgumentException e)
        {
            throw Fail(PolicyCodes.WrongPattern, to.Line, to.Column, $"{to.Path} is not the replacement of a regular expression: {e.Message}");
        }
    }

    /// <summary>Known words, each once.</summary>
    private string[] Words(IReadOnlyList<JsonValue> elements, string property, IReadOnlyList<string> known, string unknown)
    {
        var words = new List<string>();
        foreach (JsonValue element in elements)
        {
            string word = Text(element);
            words.Add(!known.Contains(word) ? throw Invalid(element, $"\"{word}\" {unknown}; {Meant(word, known)}")
                : words.Contains(word) ? throw Fail(PolicyCodes.ListedTwice, element.Line, element.Column, $"\"{word}\" is listed twice under {property}; keep one of the two.")
                : word);
        }

        return [.. words];
    }

    private static Func<PolicyName, (string Text, string? Library, int Line, int Column, string List)> Listed(string list) => name => (name.Text, null, name.Line, name.Column, list);

    /// <summary>A name that is in two lists at once would get whatever rule comes first: say so instead.</summary>
    private void RequireOneRuleEach(
        string section, IEnumerable<(string Text, string? Library, int Line, int Column, string List)> first,
        IEnumerable<(string Text, string? Library, int Line, int Column, string List)> second, IEnumerable<RenameRule> rules)
    {
        var seen = new Dictionary<(string Text, string? Library), string>();
        var renames = rules.Where(rule => !rule.IsPattern).Select(rule => (rule.From, rule.Library, rule.Line, rule.Column, "rename"));
        foreach ((string text, string? library, int line, int column, string list) in first.Concat(second).Concat(renames))
        {
            if (seen.TryGetValue((text, null), out string? other) || !seen.TryAdd((text, library), other = list))
            {
                throw Fail(PolicyCodes.ListedTwice, line, column, $"\"{text}\" is listed under {section}{list} and already under {section}{other}; keep one of the two.");
            }
        }
    }
}
