using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>The outcome for every name of a census, by number; texts are made on demand.</summary>
internal sealed class PlanOutcomes(NamespacePolicy policy, CensusTables tables, PublicDeclarations declarations, SpelledNames spelled)
{
    private readonly Outcome[] _outcomes = new Outcome[tables.Names.Count];
    private readonly Dictionary<int, string> _texts = [];
    private readonly byte[][] _prefixes =
        [[], Encoding.UTF8.GetBytes(policy.PublicPrefix), Encoding.UTF8.GetBytes(policy.InternalPrefix), Encoding.UTF8.GetBytes(policy.DriverPrefix)];

    public CensusTables Tables => tables;

    public NamespacePolicy Policy => policy;

    /// <summary>By number of name; not <see cref="Outcome.IsDefined"/> for names that nobody defines.</summary>
    public ReadOnlySpan<Outcome> All => _outcomes;

    /// <summary>New names that rules of the policy gave, by number of the old name.</summary>
    public IReadOnlyDictionary<int, string> Texts => _texts;

    public ref readonly Outcome this[int name] => ref _outcomes[name];

    public void Set(int name, Outcome outcome, string text)
    {
        _outcomes[name] = outcome;
        if (outcome.Form == NewNameForm.Text)
        {
            _texts[name] = text;
        }
    }

    /// <summary>What the new name puts before the old one; not for <see cref="NewNameForm.Text"/>.</summary>
    public byte[] PrefixOf(NewNameForm form) => _prefixes[(int)form];

    /// <summary>The new name's bytes, in <paramref name="buffer"/>, which is enlarged as needed.</summary>
    public ReadOnlySpan<byte> NewNameBytes(int name, ref byte[] buffer)
    {
        NewNameForm form = _outcomes[name].Form;
        if (form == NewNameForm.Text)
        {
            return Encoding.UTF8.GetBytes(_texts[name]);
        }

        ReadOnlySpan<byte> old = tables.Names.Bytes(name);
        byte[] prefix = _prefixes[(int)form];
        int length = prefix.Length + old.Length;
        if (buffer.Length < length)
        {
            buffer = new byte[length * 2];
        }

        prefix.CopyTo(buffer, 0);
        old.CopyTo(buffer.AsSpan(prefix.Length));
        return buffer.AsSpan(0, length);
    }

    public string NewName(int name) => _outcomes[name].Form == NewNameForm.Text
        ? _texts[name]
        : Encoding.UTF8.GetString(_prefixes[(int)_outcomes[name].Form]) + tables.Names.Text(name);

    /// <summary>Whether programs outside the set may use the name: not one that is global only since objects of the set need it from one another.</summary>
    public bool IsPublic(int name)
    {
        Outcome outcome = _outcomes[name];
        return outcome.Action != SymbolAction.Localize
            && (outcome.Reason is not (ReasonKind.CompilerMade or ReasonKind.LinkerMade or ReasonKind.AssemblerLabel or ReasonKind.UsedVariable or ReasonKind.UsedFunction)
                || (policy.Public.Marks && tables.MarkNames.Find(tables.Names.Bytes(name)) >= 0))
            && !NewName(name).StartsWith(policy.InternalPrefix, StringComparison.Ordinal);
    }

    public string Reason(int name)
    {
        Outcome outcome = _outcomes[name];
        return outcome.Reason switch
        {
            ReasonKind.CompilerMade => "compilers refer to it by this name",
            ReasonKind.LinkerMade => "linkers and their scripts make it",
            ReasonKind.AssemblerLabel => "an assembler's own label",
            ReasonKind.Kept => "listed under keep",
            ReasonKind.Hook => "a hook that a guest may override",
            ReasonKind.Spelled => $"{Spelling(name)} spells it",
            ReasonKind.InsidePublic => $"already inside {policy.PublicPrefix}",
            ReasonKind.InsideInternal => $"already inside {policy.InternalPrefix}",
            ReasonKind.Passed => "went through this pass before",
            ReasonKind.Rule => $"the policy's rule for \"{policy.Renames[outcome.Detail].From}\"",
            ReasonKind.PrivateLibc => "part of the private libc",
            ReasonKind.CName => "a C name of the libc",
            ReasonKind.Driver => $"in the namespace {policy.Drivers[outcome.Detail].Prefix} of driver {policy.Drivers[outcome.Detail].Library}",
            ReasonKind.DeclaredVariable => $"a variable that {Site(declarations.Variables, name)} declares",
            ReasonKind.PublicVariable => "a variable of a set that is public as a whole",
            ReasonKind.NeededVariable => "a variable that a registered consumer refers to",
            ReasonKind.MarkedVariable => "a variable with an export mark",
            ReasonKind.ListedVariable => $"a variable that {Listed(name)} lists as public",
            ReasonKind.UsedVariable => $"a variable that {tables.Objects[outcome.Detail].Path} refers to",
            ReasonKind.UnusedVariable => "a variable that no other object refers to",
            ReasonKind.DeclaredFunction => $"a function that {Site(declarations.Functions, name)} declares",
            ReasonKind.PublicFunction => "a function of a set that is public as a whole",
            ReasonKind.NeededFunction => "a function that a registered consumer needs",
            ReasonKind.MarkedFunction => "a function with an export mark",
            ReasonKind.ListedFunction => $"a function that {Listed(name)} lists as public",
            ReasonKind.UsedFunction => $"a function that {tables.Objects[outcome.Detail].Path} refers to",
            _ => "a function that nothing declares for guests and no other object refers to",
        };
    }

    private string Spelling(int name)
    {
        HeaderText text = spelled.All[tables.Names.Text(name)];
        return $"{(text.IsLabel ? "an asm label" : "assembly")} at {text.Site.File}({text.Site.Line})";
    }

    private string Listed(int name)
    {
        PublicList list = policy.Public.List!;
        string text = tables.Names.Text(name);
        (_, int line) = list.Names.FirstOrDefault(
            entry => entry.Name == text || entry.Name == policy.PublicPrefix + text || entry.Name == policy.InternalPrefix + text);
        return $"{list.Path}({line})";
    }

    private string Site(IReadOnlyDictionary<string, DeclarationSite> sites, int name) =>
        sites.TryGetValue(tables.Names.Text(name), out DeclarationSite site) ? $"{site.File}({site.Line})" : "a header";
}

/// <summary>The outcome of the rules for one name.</summary>
/// <param name="Action">What happens to it.</param>
/// <param name="Form">What its new name is made of.</param>
/// <param name="Rule">The rule that decided, 1 to 8; 0 for a name that nobody defines.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The object, the driver or the rename rule that the reason is about.</param>
internal readonly record struct Outcome(SymbolAction Action, NewNameForm Form, byte Rule, ReasonKind Reason, int Detail)
{
    public bool IsDefined => Rule != 0;

    public static Outcome Keep(byte rule, ReasonKind reason, int detail = 0) => new(SymbolAction.Keep, NewNameForm.Same, rule, reason, detail);

    public static Outcome Localize(byte rule, ReasonKind reason) => new(SymbolAction.Localize, NewNameForm.Same, rule, reason, 0);

    public static Outcome Rename(NewNameForm form, byte rule, ReasonKind reason, int detail = 0) => new(SymbolAction.Rename, form, rule, reason, detail);
}

/// <summary>How a new name comes from the old one; few are worth bytes of their own.</summary>
internal enum NewNameForm : byte
{
    /// <summary>It is the old one.</summary>
    Same,

    /// <summary>The public prefix and the old name.</summary>
    Public,

    /// <summary>The internal prefix and the old name.</summary>
    Internal,

    /// <summary>The driver prefix and the old name.</summary>
    Driver,

    /// <summary>What a rule of the policy says.</summary>
    Text,
}
