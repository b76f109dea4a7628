using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>What macros and inline functions refer to, and which names of others the headers meet.</summary>
internal sealed class HeaderReachChecks(NamespacePolicy policy, StagedNames names, PermittedHeaderNames permitted, HeaderFindings found)
{
    private static readonly HashSet<string> Keywords = new(
        ("auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union "
            + "unsigned void volatile while asm typeof alignas alignof bool constexpr false noreturn nullptr static_assert thread_local true typeof_unqual defined this").Split(' '),
        StringComparer.Ordinal);

    public void Check()
    {
        foreach (CensusHeader header in names.Census.Headers.Where(header => header.Refusal is null))
        {
            HashSet<string>? known = null, words = null;
            foreach (HeaderName name in header.Own.Where(entry => entry.View != HeaderView.Inside).Select(entry => entry.Name))
            {
                if (name is { Uses.Count: > 0, IsGuard: false })
                {
                    known ??= header.Names.Select(entry => entry.Name.Name).ToHashSet(StringComparer.Ordinal);
                    CheckUses(header, name, known, name.Kind.IsMacro() ? words ??= WordsOf(header) : []);
                }

                CheckHiding(header, name);
                CheckForeign(header, name);
            }
        }
    }

    /// <summary>Words of the texts that a header consists of: members and the like, which a macro may stand for.</summary>
    private HashSet<string> WordsOf(CensusHeader header) => header.Names.Where(entry => entry.Origin != HeaderOrigin.Foreign).Select(entry => entry.Name.Site.File)
        .Distinct(StringComparer.Ordinal)
        .SelectMany(file => names.HeaderAt(file)?.Words ?? [])
        .Where(word => (word.Uses & HeaderWordUses.Plain) != 0).Select(word => word.Text).ToHashSet(StringComparer.Ordinal);

    private void CheckUses(CensusHeader header, HeaderName name, HashSet<string> known, HashSet<string> words)
    {
        if (permitted.IsInternal(name.Name))
        {
            return; // Nobody but public text is to use it, which is looked at itself.
        }

        string what = name.Kind.IsMacro() ? "macro" : "inline function";
        HashSet<string>? declared = null;
        foreach (string use in name.Uses)
        {
            if (permitted.IsInternal(use) && IsOutOfReach(name, use, known))
            {
                found.Add(
                    FindingCodes.ReachingOut, header.Place, name,
                    $"the {what} \"{name.Name}\" uses \"{use}\", which is internal: every user of the {what} depends on it. Make it a function in the namespace {policy.PublicPrefix}.");
            }
            else if (!known.Contains(use) && !words.Contains(use) && !Keywords.Contains(use) && !IsCompilers(use) && !(declared ??= MayDeclare(header, name)).Contains(use))
            {
                found.Add(
                    FindingCodes.ReachingOut, header.Place, name,
                    $"the {what} \"{name.Name}\" uses \"{use}\", which nothing declares that the header includes: it works only after other headers. Include what declares it.");
            }
        }
    }

    /// <summary>An inline function is the very means to keep internals from users, as long as its header declares them; a macro lays them open.</summary>
    private bool IsOutOfReach(HeaderName name, string use, HashSet<string> known) =>
        !known.Contains(use) || (name.Kind.IsMacro() && names.Own(NameSpace.Ordinary, use).Any(declaration => declaration.Name.Symbol is not null));

    /// <summary>
    /// Tags, which come into being where they are met, and words that a replacement hands to other macros, which may declare them: <c>DEFINE_WAIT(waiter)</c>,
    /// or <c>X(BLUE)</c> of a list that its user hands the macro to.
    /// </summary>
    private static HashSet<string> MayDeclare(CensusHeader header, HeaderName name)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        CTokens tokens = CLexer.Split(name.Body ?? "");
        int depth = 0;
        bool isTag = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            int next = tokens.Next(i, tokens.Count);
            bool isOpened = next < tokens.Count && tokens[next].Is('(');
            if (tokens[i].Kind == CTokenKind.Word && (depth > 0 || isTag))
            {
                declared.Add(tokens.Word(i));
            }
            else if (depth > 0)
            {
                depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            }
            else if (tokens[i].Kind == CTokenKind.Word && isOpened
                && (name.Parameters.Any(parameter => parameter.TrimEnd('.') == tokens.Word(i)) || header.Names.Any(entry => entry.Name.Kind == HeaderNameKind.FunctionMacro && entry.Name.Name == tokens.Word(i))))
            {
                depth = 1;
                i = next;
            }

            isTag = tokens[i].IsTrivia ? isTag : tokens[i].Kind == CTokenKind.Word && tokens.Word(i) is "struct" or "union" or "enum";
        }

        return declared;
    }

    private void CheckHiding(CensusHeader header, HeaderName macro)
    {
        if (!macro.Kind.IsMacro() || macro.IsGuard)
        {
            return;
        }

        HeaderName? hidden = names.Own(NameSpace.Ordinary, macro.Name).Select(declaration => declaration.Name).Concat(names.Foreign(NameSpace.Ordinary, macro.Name))
            .FirstOrDefault(name => name.Kind is HeaderNameKind.Function or HeaderNameKind.Variable);
        if (hidden is not null)
        {
            found.Add(
                FindingCodes.HidingMacro, header.Place, macro,
                $"the macro \"{macro.Name}\" has the name of the {hidden.Kind.Text()} at {hidden.Site.File}({hidden.Site.Line}): who means that one gets the macro. Give the macro another name, or do without it.");
        }
    }

    /// <summary>A name that Xen, the compiler or the C library has in the same name space; a macro meets all of them.</summary>
    private void CheckForeign(CensusHeader header, HeaderName name)
    {
        if (permitted.IsKept(name))
        {
            return;
        }

        NameSpace space = name.Kind.Space();
        foreach (HeaderName other in names.Foreign(space, name.Name)
            .Concat(space == NameSpace.Macro ? names.Foreign(NameSpace.Ordinary, name.Name).Concat(names.Foreign(NameSpace.Tag, name.Name)) : names.Foreign(NameSpace.Macro, name.Name)))
        {
            if (Collide(header, name, other))
            {
                found.Add(
                    FindingCodes.ForeignName, header.Place, name,
                    $"the {name.Kind.Text()} \"{name.Name}\" meets the {other.Kind.Text()} of that name at {other.Site.File}({other.Site.Line}), which guests may include too. Take that one, rename this one, or list it under headers.keep.");
                return;
            }
        }
    }

    private static bool Collide(CensusHeader header, HeaderName name, HeaderName other)
    {
        // What the header brings along before its own agrees with it or is taken back, or no compiler takes it.
        bool isSettled = name.Kind.Space() == other.Kind.Space() && name.Kind is not HeaderNameKind.Tag
            && header.Names.Select(entry => entry.Name).FirstOrDefault(entry => ReferenceEquals(entry, name) || ReferenceEquals(entry, other)) == other;
        return name.Kind.IsMacro() || other.Kind.IsMacro() ? !isSettled && !(name.Kind.IsMacro() && other.Kind.IsMacro() && HeaderOrderChecks.IsSame(name, other))
            : name.Kind == HeaderNameKind.Tag ? name.IsDefinition && other.IsDefinition
            : name.Kind != other.Kind || (name.Kind == HeaderNameKind.Typedef ? !isSettled : name.Symbol is null || name.Symbol != other.Symbol);
    }

    /// <summary>Reserved for the compiler, which declares what is its own.</summary>
    private static bool IsCompilers(string use) => use.Length > 1 && use[0] == '_' && (use[1] == '_' || char.IsAsciiLetterUpper(use[1]));
}
