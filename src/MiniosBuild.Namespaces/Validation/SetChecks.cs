namespace MiniosBuild.Namespaces;

/// <summary>What only shows when all archives of a set are seen together.</summary>
internal sealed class SetChecks(
    NamespacePolicy policy, PermittedNames permitted, List<SetObject> objects, SetSymbols symbols, FoundList found)
{
    /// <param name="staged">What the staged headers declare; null when that is not known.</param>
    /// <param name="needs">Names that programs outside the set need.</param>
    public void Check(PublicDeclarations? staged, IReadOnlySet<string> needs)
    {
        CheckHidden();
        CheckWanted();
        new Duplicates(objects, symbols, found).Check();
        CheckVersions();
        if (staged is not null)
        {
            CheckLeftovers(NumbersOf(staged.Functions.Keys.Concat(staged.Variables.Keys).Concat(needs)));
        }
    }

    /// <summary>A hook or kept name that is local only: whoever made it local took the guest's override, or its entry, away.</summary>
    private void CheckHidden()
    {
        IEnumerable<string> global = policy.Hooks.Concat(policy.Keep).Select(name => name.Text).Order(StringComparer.Ordinal);
        foreach (string text in global)
        {
            int name = symbols.Names.Find(text);
            if (name >= 0 && symbols.Local(name).Exists && !symbols.Definition(name).Exists)
            {
                found.Add(SetFinding.HiddenTarget, name, symbols.Local(name));
            }
        }
    }

    private void CheckWanted()
    {
        foreach (int name in symbols.Sorted(name => symbols.User(name).Exists && !symbols.Definition(name).Exists))
        {
            NameTraits traits = symbols.TraitsOf(name);
            SymbolSite user = symbols.User(name), local = symbols.Local(name);
            if ((traits & NameTraits.Hook) != 0)
            {
                if (!user.IsWeak && !local.Exists)
                {
                    found.Add(SetFinding.HookWithoutDefault, name, user);
                }
            }
            else if ((traits & NameTraits.Tools) != 0)
            {
                continue;
            }
            else if (local.Exists && local.Object != user.Object && ((traits & NameTraits.C) == 0 || objects[local.Object].IsLibc))
            {
                found.Add(SetFinding.HiddenTarget, name, user, local);
            }
            else if ((traits & NameTraits.C) == 0)
            {
                found.Add(user.IsWeak ? SetFinding.WeakWithoutTarget : SetFinding.Unresolved, name, user);
            }
        }
    }

    private void CheckVersions()
    {
        foreach (int name in symbols.Sorted(name => symbols.Names.Bytes(name).Contains((byte)'@')))
        {
            SymbolSite definition = symbols.Definition(name);
            SymbolSite site = definition.Exists ? definition : symbols.User(name);
            if (site.Exists)
            {
                found.Add(SetFinding.SymbolVersion, name, site);
            }
        }
    }

    /// <summary>
    /// Global names that neither the headers, nor a consumer, nor another object knows: under a policy that hides they should have
    /// been made local; under one that renames they are permitted, but could be static.
    /// </summary>
    private void CheckLeftovers(HashSet<int> known)
    {
        int start = found.Count;
        for (int name = 0; name < symbols.Names.Count; name++)
        {
            SymbolSite site = symbols.Definition(name);
            if (!site.Exists || symbols.IsDefinedOften(name) || symbols.User(name).Exists || known.Contains(name))
            {
                continue;
            }

            SetObject owner = objects[site.Object];
            NameTraits traits = symbols.TraitsOf(name);
            bool mayDefine = permitted.MayDefine(owner.Library, symbols.Names.Bytes(name), traits, site.IsWeak);
            if (!mayDefine)
            {
                if ((traits & NameTraits.Spelled) == 0 && (site.IsCode ? policy.Functions : policy.Data) == SymbolTreatment.Hide)
                {
                    found.Add(SetFinding.Leftover, name, site);
                }
            }
            else if (!owner.IsLibc && (traits & (NameTraits.Hook | NameTraits.Kept | NameTraits.Tools)) == 0)
            {
                // A libc is a whole: what of it a set does not use, a guest may.
                found.Add(SetFinding.OverExport, name, site);
            }
        }

        found.SortFrom(start);
    }

    private HashSet<int> NumbersOf(IEnumerable<string> texts)
    {
        var numbers = new HashSet<int>();
        foreach (string text in texts)
        {
            numbers.Add(symbols.Names.Find(text));
        }

        return numbers;
    }
}
