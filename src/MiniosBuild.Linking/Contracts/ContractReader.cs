using System.Globalization;
using System.Text.Json;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Policy.Json;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Contracts;

/// <summary>Binds JSON to a <see cref="LibcContract"/>; every complaint names the JSON path, line and column.</summary>
internal sealed class ContractReader(string file)
{
    private static readonly string[] s_root = ["$schema", "contract", "arch", "libc", "policy", "needs", "gives", "hooks", "linkerNames"];
    private static readonly string[] s_policy = ["name", "digest"];
    private static readonly string[] s_need = ["name", "kind", "party", "users", "givenBy"];
    private static readonly string[] s_use = ["library", "archive", "member", "weak", "file", "line", "column"];
    private static readonly string[] s_giver = ["party", "library"];
    private static readonly string[] s_gift = ["name", "party", "library", "kind", "weak"];

    public LibcContract Read(ReadOnlyMemory<byte> utf8Json)
    {
        JsonValue root;
        try
        {
            root = JsonDocumentReader.Read(utf8Json, file);
        }
        catch (DiagnosticException e)
        {
            throw new DiagnosticException(e.Diagnostic with { Code = ContractCodes.NotJson }, e);
        }

        Dictionary<string, JsonValue> parts = MembersOf(root, s_root, requireAll: false);
        JsonValue version = Required(root, parts, "contract");
        if (Number(version, 0) != ContractJson.Version)
        {
            throw Fail(
                ContractCodes.OtherVersion, version,
                $"is {version.Text}; this version of MiniosBuild reads contracts of form {ContractJson.Version}. Make the contract with the same version that checks it.");
        }

        JsonValue policy = Required(root, parts, "policy");
        Dictionary<string, JsonValue> policyParts = MembersOf(policy, s_policy);
        return new LibcContract
        {
            Arch = Text(Required(root, parts, "arch")),
            Libc = Choice(Required(root, parts, "libc"), ContractWords.Modes),
            PolicyName = Text(policyParts["name"]),
            PolicyDigest = Text(policyParts["digest"]),
            Needs = Distinct(Elements(Required(root, parts, "needs")), Need, need => (need.Name, need.Party), "the same party needs the same name"),
            Gifts = Distinct(Elements(Required(root, parts, "gives")), Gift, gift => gift, "the same definition"),
            Hooks = Distinct(Elements(Required(root, parts, "hooks")), Text, name => name, "the same name"),
            LinkerNames = Distinct(Elements(Required(root, parts, "linkerNames")), Text, name => name, "the same name"),
        };
    }

    private ContractNeed Need(JsonValue value)
    {
        Dictionary<string, JsonValue> parts = MembersOf(value, s_need);
        List<ContractUse> uses = [.. Elements(parts["users"]).Select(Use)];
        return uses.Count > 0
            ? new ContractNeed(
                Text(parts["name"]), Choice(parts["kind"], ContractWords.NameKinds), Choice(parts["party"], ContractWords.Parties), uses,
                [.. Elements(parts["givenBy"]).Select(Giver)])
            : throw Fail(ContractCodes.WrongPart, parts["users"], "is empty; a name that nobody uses is no need.");
    }

    private ContractUse Use(JsonValue value)
    {
        Dictionary<string, JsonValue> parts = MembersOf(value, s_use, requireAll: false);
        SourcePosition? position = null;
        if (parts.TryGetValue("file", out JsonValue? source))
        {
            int column = parts.TryGetValue("column", out JsonValue? given) ? Number(given, 1) : 0;
            position = new SourcePosition(Text(source), Number(Required(value, parts, "line"), 1), column);
        }
        else if (parts.TryGetValue("line", out JsonValue? line) || parts.TryGetValue("column", out line))
        {
            throw Fail(ContractCodes.WrongPart, line, "says a line or a column of no file; add \"file\".");
        }

        return new ContractUse(
            Text(Required(value, parts, "library")), Text(Required(value, parts, "archive")),
            parts.TryGetValue("member", out JsonValue? member) ? Text(member) : null, IsSet(parts, "weak"), position);
    }

    private ContractGiver Giver(JsonValue value)
    {
        Dictionary<string, JsonValue> parts = MembersOf(value, s_giver);
        return new ContractGiver(Choice(parts["party"], ContractWords.Parties), Text(parts["library"]));
    }

    private ContractGift Gift(JsonValue value)
    {
        Dictionary<string, JsonValue> parts = MembersOf(value, s_gift, requireAll: false);
        return new ContractGift(
            Text(Required(value, parts, "name")), Choice(Required(value, parts, "party"), ContractWords.Parties), Text(Required(value, parts, "library")),
            Choice(Required(value, parts, "kind"), ContractWords.SymbolKinds), IsSet(parts, "weak"));
    }

    private List<T> Distinct<T, TKey>(IEnumerable<JsonValue> values, Func<JsonValue, T> read, Func<T, TKey> key, string what)
        where TKey : notnull
    {
        var seen = new HashSet<TKey>();
        var list = new List<T>();
        foreach (JsonValue value in values)
        {
            T item = read(value);
            list.Add(seen.Add(key(item)) ? item : throw Fail(ContractCodes.GivenTwice, value, $"is {what} as an entry before it; remove one of the two."));
        }

        return list;
    }

    private Dictionary<string, JsonValue> MembersOf(JsonValue value, string[] known, bool requireAll = true)
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (JsonMember member in Require(value, JsonValueKind.Object).Members)
        {
            if (!known.Contains(member.Name))
            {
                string? meant = NearestName.Find(member.Name, known);
                throw new DiagnosticException(Diagnostic.Error(
                    ContractCodes.WrongPart,
                    $"{value.Path} has no property \"{member.Name}\"; {(meant is null ? "known are " + string.Join(", ", known) : $"did you mean \"{meant}\"?")}",
                    file, member.Line, member.Column));
            }

            members.Add(member.Name, member.Value);
        }

        foreach (string name in requireAll ? known : [])
        {
            _ = Required(value, members, name);
        }

        return members;
    }

    private JsonValue Required(JsonValue owner, Dictionary<string, JsonValue> members, string property) =>
        members.TryGetValue(property, out JsonValue? value) ? value : throw Fail(ContractCodes.WrongPart, owner, $"lacks the property \"{property}\".");

    private List<JsonValue> Elements(JsonValue value) => Require(value, JsonValueKind.Array).Elements;

    private string Text(JsonValue value) => Require(value, JsonValueKind.String).Text!;

    private int Number(JsonValue value, int smallest) =>
        int.TryParse(Require(value, JsonValueKind.Number).Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= smallest
            ? number
            : throw Fail(ContractCodes.WrongPart, value, $"is {value.Text}; expected a whole number from {smallest} on.");

    private bool IsSet(Dictionary<string, JsonValue> parts, string property) => parts.TryGetValue(property, out JsonValue? value)
        && (value.Kind is JsonValueKind.True or JsonValueKind.False
            ? value.Kind == JsonValueKind.True
            : throw Fail(ContractCodes.WrongPart, value, $"is {JsonValue.Describe(value.Kind)}; expected true or false."));

    private T Choice<T>(JsonValue value, IReadOnlyList<(string Word, T Value)> choices)
    {
        string text = Text(value);
        foreach ((string word, T choice) in choices)
        {
            if (word == text)
            {
                return choice;
            }
        }

        throw Fail(ContractCodes.WrongPart, value, $"is \"{text}\"; expected {string.Join(", ", choices.Select(choice => $"\"{choice.Word}\""))}.");
    }

    private JsonValue Require(JsonValue value, JsonValueKind kind) => value.Kind == kind
        ? value
        : throw Fail(ContractCodes.WrongPart, value, $"is {JsonValue.Describe(value.Kind)}; expected {JsonValue.Describe(kind)}.");

    private DiagnosticException Fail(string code, JsonValue value, string message) =>
        new(Diagnostic.Error(code, $"{value.Path} {message}", file, value.Line, value.Column));
}
