namespace MiniosBuild.Renaming;

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
