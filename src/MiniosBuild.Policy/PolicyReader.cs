using System.Text.Json;
using System.Text.RegularExpressions;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Policy.Json;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Policy;

/// <summary>Binds JSON to a <see cref="NamespacePolicy"/>; every complaint names the JSON path, line and column.</summary>
internal sealed class PolicyReader(string file)
{
    private static readonly string[] PolicyProperties =
    [
        "$schema", "name", "description", "publicPrefix", "internalPrefix", "driverPrefix", "functions", "data", "public", "publicList", "unmatched", "levels",
        "keep", "hooks", "rename", "drivers", "headers", "compilerNames", "linkerNames", "cNames",
    ];

    private static readonly string[] HeaderProperties = ["kinds", "macroPrefix", "keep", "rename", "internal"];

    private static readonly string[] DriverProperties = ["prefix", "hooks", "rename"];

    private static readonly string[] RenameProperties = ["from", "match", "to", "library"];

    private static readonly string[] HeaderRenameProperties = ["from", "match", "to"];

    public NamespacePolicy Read(ReadOnlyMemory<byte> utf8Json)
    {
        JsonValue root = JsonDocumentReader.Read(utf8Json, file);
        Dictionary<string, JsonValue> members = Members(root, PolicyProperties);
        var drivers = new List<DriverNamespace>();
        var driverHooks = new List<PolicyName>();
        var driverRenames = new List<RenameRule>();
        if (members.TryGetValue("drivers", out JsonValue? value))
        {
            foreach (JsonMember driver in Require(value, JsonValueKind.Object).Members)
            {
                Dictionary<string, JsonValue> parts = Members(driver.Value, DriverProperties);
                JsonValue prefix = Required(driver.Value, parts, "prefix");
                drivers.Add(new DriverNamespace(driver.Name, Identifier(prefix), prefix.Line, prefix.Column));
                driverHooks.AddRange(Names(parts, "hooks", driver.Name));
                driverRenames.AddRange(Renames(parts, driver.Name));
            }
        }

        members.TryGetValue("$schema", out JsonValue? schema);
        _ = schema is null ? null : Text(schema);
        string publicPrefix = Identifier(Required(root, members, "publicPrefix"));
        List<PolicyName> compilerNames = Names(members, "compilerNames", null, wildcards: true);
        List<PolicyName> linkerNames = Names(members, "linkerNames", null, wildcards: true);
        List<PolicyName> cNames = Names(members, "cNames", null);
        var policy = new NamespacePolicy
        {
            Path = file,
            Name = members.TryGetValue("name", out value) ? Text(value) : System.IO.Path.GetFileNameWithoutExtension(file),
            PublicPrefix = publicPrefix,
            InternalPrefix = InternalPrefix(members, publicPrefix),
            DriverPrefix = members.TryGetValue("driverPrefix", out value) && Text(value).Length > 0 ? Identifier(value) : "",
            Functions = Choice(members, "functions", SymbolTreatment.Rename, ("rename", SymbolTreatment.Rename), ("hide", SymbolTreatment.Hide)),
            Data = Choice(members, "data", SymbolTreatment.Rename, ("rename", SymbolTreatment.Rename), ("hide", SymbolTreatment.Hide)),
            Public = Public(members),
            Description = members.TryGetValue("description", out value) ? Text(value) : null,
            Unmatched = Choice(
                members, "unmatched", DiagnosticSeverity.Warning,
                ("message", DiagnosticSeverity.Message), ("warning", DiagnosticSeverity.Warning), ("error", DiagnosticSeverity.Error)),
            Levels = Levels(members),
            Keep = Names(members, "keep", null, wildcards: true),
            Hooks = [.. Names(members, "hooks", null), .. driverHooks],
            Renames = [.. Renames(members, null), .. driverRenames.OrderBy(rule => rule.Library, StringComparer.Ordinal)], // Those of different drivers never meet.
            Headers = Headers(members, publicPrefix),
            Drivers = [.. drivers.OrderBy(driver => driver.Library, StringComparer.Ordinal)],
            CompilerNames = [.. ReservedNames.Compiler, .. compilerNames.Select(name => name.Text)],
            LinkerNames = [.. ReservedNames.Linker, .. linkerNames.Select(name => name.Text)],
            CNames = new HashSet<string>(ReservedNames.C.Concat(cNames.Select(name => name.Text)), StringComparer.Ordinal),
            AddedCompilerNames = compilerNames,
            AddedLinkerNames = linkerNames,
            AddedCNames = cNames,
        };
        RequireOneRuleEach(policy);
        return policy;
    }

    private PublicSources Public(Dictionary<string, JsonValue> members)
    {
        members.TryGetValue("publicList", out JsonValue? list);
        if (!members.TryGetValue("public", out JsonValue? value))
        {
            return list is null ? PublicSources.Default : throw Invalid(list, "is a list of public names, but \"public\" does not say \"list\".");
        }

        IReadOnlyList<JsonValue> elements = value.Kind == JsonValueKind.Array ? value.Elements : [value];
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonValue element in elements)
        {
            string word = Text(element);
            if (!PublicSources.Words.Contains(word))
            {
                string? meant = NearestName.Find(word, PublicSources.Words);
                throw Invalid(element, $"\"{word}\" makes no name public; {(meant is null ? "known are " + string.Join(", ", PublicSources.Words) : $"did you mean \"{meant}\"?")}");
            }

            if (!words.Add(word))
            {
                throw Fail(PolicyCodes.ListedTwice, element.Line, element.Column, $"\"{word}\" is listed twice under public; keep one of the two.");
            }
        }

        if (words.Contains("list") != list is not null)
        {
            throw Invalid(list ?? value, list is null ? "says \"list\"; name its file under \"publicList\"." : "is a list of public names, but \"public\" does not say \"list\".");
        }

        return new PublicSources
        {
            Headers = words.Contains("headers"),
            Consumers = words.Contains("consumers"),
            Marks = words.Contains("marks"),
            List = list is null ? null : PublicList.Load(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file) ?? "", Text(list))),
        };
    }

    private HeaderPolicy Headers(Dictionary<string, JsonValue> members, string publicPrefix)
    {
        if (!members.TryGetValue("headers", out JsonValue? section))
        {
            return new HeaderPolicy { MacroPrefix = publicPrefix.ToUpperInvariant() };
        }

        Dictionary<string, JsonValue> parts = Members(section, HeaderProperties);
        var headers = new HeaderPolicy
        {
            Kinds = Kinds(parts),
            MacroPrefix = parts.TryGetValue("macroPrefix", out JsonValue? prefix) ? Identifier(prefix) : publicPrefix.ToUpperInvariant(),
            Keep = Names(parts, "keep", null, wildcards: true, mayBeAll: true),
            Renames = Renames(parts, null, HeaderRenameProperties),
            Internal = Names(parts, "internal", null, wildcards: true),
        };
        RequireOneRuleEach(
            headers.Keep.Select(name => (name.Text, (string?)null, name.Line, name.Column, "headers.keep"))
                .Concat(headers.Internal.Select(name => (name.Text, (string?)null, name.Line, name.Column, "headers.internal")))
                .Concat(headers.Renames.Where(rule => rule.Expression is null)
                    .Select(rule => (rule.From, (string?)null, rule.Line, rule.Column, "headers.rename"))));
        return headers;
    }

    private HashSet<HeaderNameKind> Kinds(Dictionary<string, JsonValue> parts)
    {
        var kinds = new HashSet<HeaderNameKind>();
        if (parts.TryGetValue("kinds", out JsonValue? list))
        {
            foreach (JsonValue element in Require(list, JsonValueKind.Array).Elements)
            {
                string word = Text(element);
                if (!HeaderPolicy.KindWords.Contains(word))
                {
                    string? meant = NearestName.Find(word, HeaderPolicy.KindWords);
                    throw Invalid(
                        element,
                        $"\"{word}\" is no kind of name; {(meant is null ? "known are " + string.Join(", ", HeaderPolicy.KindWords) : $"did you mean \"{meant}\"?")}");
                }

                HeaderNameKind kind = HeaderNameKinds.Parse(word)!.Value;
                if (!kinds.Add(kind))
                {
                    throw Fail(PolicyCodes.ListedTwice, element.Line, element.Column, $"\"{word}\" is listed twice under headers.kinds; keep one of the two.");
                }

                if (kind == HeaderNameKind.Macro)
                {
                    kinds.Add(HeaderNameKind.FunctionMacro);
                }
            }
        }

        return kinds;
    }

    /// <summary>Left out, it is the public prefix with an underscore before it, as C libraries have it.</summary>
    private string InternalPrefix(Dictionary<string, JsonValue> members, string publicPrefix)
    {
        if (!members.TryGetValue("internalPrefix", out JsonValue? value))
        {
            return "_" + publicPrefix;
        }

        return Identifier(value) != publicPrefix
            ? value.Text!
            : throw Invalid(value, $"is the same as publicPrefix, \"{publicPrefix}\"; give the two namespaces different prefixes.");
    }

    /// <summary>A name that is kept, a hook and renamed at once would get whatever rule comes first: say so instead.</summary>
    private void RequireOneRuleEach(NamespacePolicy policy) => RequireOneRuleEach(
        policy.Keep.Select(name => (name.Text, (string?)null, name.Line, name.Column, "keep"))
            .Concat(policy.Hooks.Select(name => (name.Text, (string?)null, name.Line, name.Column, "hooks")))
            .Concat(policy.Renames.Where(rule => rule.Expression is null)
                .Select(rule => (rule.From, rule.Library, rule.Line, rule.Column, "rename"))));

    private void RequireOneRuleEach(IEnumerable<(string Text, string? Library, int Line, int Column, string List)> entries)
    {
        var seen = new Dictionary<(string Text, string? Library), string>();
        foreach ((string text, string? library, int line, int column, string list) in entries)
        {
            if (seen.TryGetValue((text, null), out string? other) || !seen.TryAdd((text, library), other = list))
            {
                throw Fail(PolicyCodes.ListedTwice, line, column, $"\"{text}\" is listed under {list} and already under {other}; keep one of the two.");
            }
        }
    }

    private FindingLevels Levels(Dictionary<string, JsonValue> members)
    {
        var levels = new SortedDictionary<string, FindingLevel>(StringComparer.Ordinal);
        if (members.TryGetValue("levels", out JsonValue? value))
        {
            foreach (JsonMember entry in Require(value, JsonValueKind.Object).Members)
            {
                if (FindingLevels.WhyFixed(entry.Name) is { } reason)
                {
                    throw Fail(PolicyCodes.WrongLevel, entry.Line, entry.Column, reason);
                }

                levels[entry.Name] = FindingLevels.LevelOf(Text(entry.Value))
                    ?? throw Invalid(entry.Value, $"is \"{entry.Value.Text}\"; expected \"none\", \"message\", \"warning\" or \"error\".");
            }
        }

        return new FindingLevels(levels);
    }

    private List<PolicyName> Names(Dictionary<string, JsonValue> members, string property, string? library, bool wildcards = false, bool mayBeAll = false)
    {
        var names = new List<PolicyName>();
        if (members.TryGetValue(property, out JsonValue? list))
        {
            foreach (JsonValue element in Require(list, JsonValueKind.Array).Elements)
            {
                string text = Text(element);
                string bare = wildcards ? text.Replace("*", "").Replace("?", "") : text;
                if ((bare.Length == 0 && !(mayBeAll && text == "*")) || !bare.All(SymbolText.IsNameCharacter))
                {
                    throw Invalid(element, $"\"{text}\" is no symbol name{(wildcards ? " or pattern with * and ?" : "; patterns are not allowed here")}.");
                }

                names.Add(new PolicyName(text, library, element.Line, element.Column));
            }
        }

        return names;
    }

    private List<RenameRule> Renames(Dictionary<string, JsonValue> members, string? library, string[]? properties = null)
    {
        var rules = new List<RenameRule>();
        if (members.TryGetValue("rename", out JsonValue? list))
        {
            foreach (JsonValue element in Require(list, JsonValueKind.Array).Elements)
            {
                rules.Add(Rename(element, library, properties ?? RenameProperties));
            }
        }

        return rules;
    }

    private RenameRule Rename(JsonValue element, string? library, string[] properties)
    {
        Dictionary<string, JsonValue> members = Members(element, properties);
        if (members.TryGetValue("library", out JsonValue? own))
        {
            library = library is null ? Text(own) : throw Invalid(own, "is given by the driver that the rule stands under; remove it.");
        }

        JsonValue to = Required(element, members, "to");
        if (members.TryGetValue("from", out JsonValue? from) == members.TryGetValue("match", out JsonValue? match))
        {
            throw Invalid(element, "needs either \"from\" (an exact name) or \"match\" (a regular expression), one of the two.");
        }

        if (match is not null)
        {
            Regex expression = Expression(match);
            RequireReplacement(expression, to);
            return new RenameRule(Text(match), expression, Text(to), library, element.Line, element.Column);
        }

        return new RenameRule(Identifier(from!), null, Identifier(to), library, element.Line, element.Column);
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

    /// <summary>The replacement is parsed whether or not anything matches.</summary>
    private void RequireReplacement(Regex expression, JsonValue to)
    {
        try
        {
            _ = expression.Replace("", Text(to));
        }
        catch (ArgumentException e)
        {
            throw Fail(PolicyCodes.WrongPattern, to.Line, to.Column, $"{to.Path} is not the replacement of a regular expression: {e.Message}");
        }
    }

    private Dictionary<string, JsonValue> Members(JsonValue value, string[] known)
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (JsonMember member in Require(value, JsonValueKind.Object).Members)
        {
            if (!known.Contains(member.Name))
            {
                string? meant = NearestName.Find(member.Name, known);
                throw Fail(
                    PolicyCodes.WrongProperty, member.Line, member.Column,
                    $"{value.Path} has no property \"{member.Name}\"; {(meant is null ? "known are " + string.Join(", ", known) : $"did you mean \"{meant}\"?")}");
            }

            members.Add(member.Name, member.Value);
        }

        return members;
    }

    private JsonValue Required(JsonValue owner, Dictionary<string, JsonValue> members, string property) =>
        members.TryGetValue(property, out JsonValue? value) ? value : throw Invalid(owner, $"lacks the property \"{property}\".");

    private T Choice<T>(Dictionary<string, JsonValue> members, string property, T missing, params (string Text, T Value)[] choices)
    {
        if (!members.TryGetValue(property, out JsonValue? value))
        {
            return missing;
        }

        string text = Text(value);
        foreach ((string name, T choice) in choices)
        {
            if (name == text)
            {
                return choice;
            }
        }

        throw Invalid(value, $"is \"{text}\"; expected {string.Join(" or ", choices.Select(choice => $"\"{choice.Text}\""))}.");
    }

    private string Text(JsonValue value) => Require(value, JsonValueKind.String).Text!;

    private string Identifier(JsonValue value) =>
        SymbolText.IsIdentifier(Text(value)) ? value.Text! : throw Invalid(value, $"\"{value.Text}\" is no C identifier.");

    private JsonValue Require(JsonValue value, JsonValueKind kind) => value.Kind == kind
        ? value
        : throw Invalid(value, $"is {JsonValue.Describe(value.Kind)}; expected {JsonValue.Describe(kind)}.");

    private DiagnosticException Invalid(JsonValue value, string message) =>
        Fail(PolicyCodes.WrongProperty, value.Line, value.Column, $"{value.Path} {message}");

    private DiagnosticException Fail(string code, int line, int column, string message) =>
        new(Diagnostic.Error(code, message, file, line, column));
}
