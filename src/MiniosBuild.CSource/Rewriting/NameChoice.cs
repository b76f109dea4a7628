using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>What one spelling may become, in each of C's name spaces.</summary>
public sealed record NameChoice(NameMapEntry? Macro, NameMapEntry? Ordinary, NameMapEntry? Tag)
{
    /// <summary>The spelling.</summary>
    public string Old => Any.Old;

    /// <summary>One of the new names, for messages.</summary>
    public string New => Any.New;

    private NameMapEntry Any => (Macro ?? Ordinary ?? Tag)!.Value;

    /// <summary>The choice for a spelling; null when no name space renames it.</summary>
    public static NameChoice? Of(NameMap names, string spelling)
    {
        NameMapEntry? macro = names.Macro(spelling), ordinary = names.Ordinary(spelling), tag = names.Tag(spelling);
        return macro is null && ordinary is null && tag is null ? null : new NameChoice(macro, ordinary, tag);
    }

    /// <summary>What it becomes in a role; null when it stays.</summary>
    /// <param name="role">The role.</param>
    /// <param name="isCall">Whether a parenthesis follows.</param>
    public NameMapEntry? Of(CRole role, bool isCall) => role switch
    {
        CRole.MacroParameter or CRole.Directive or CRole.Pasted or CRole.Stringized or CRole.Captured => null,
        CRole.MacroName => Macro ?? Ordinary,
        _ when Macro is { Kind: HeaderNameKind.Macro } || (Macro is not null && isCall) => Macro,
        CRole.Tag => Tag,
        CRole.Ordinary or CRole.Declared or CRole.Enumerator or CRole.AlsoPasted or CRole.AlsoStringized => Ordinary,
        _ => null,
    };
}
