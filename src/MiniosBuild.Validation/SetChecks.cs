using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>What only shows when all archives of a set are seen together.</summary>
internal sealed class SetChecks(
    NamespacePolicy policy, PermittedNames permitted, PublicNames publicNames, UnpassedSet unpassed, List<SetObject> objects, SetSymbols symbols, FoundList found)
{
    /// <param name="staged">What the staged headers declare; null when that is not known.</param>
    public void Check(PublicDeclarations? staged)
    {
        CheckHidden();
        CheckWanted();
        new Duplicates(objects, symbols, found).Check();
        CheckVersions();
        if (!publicNames.CountHeaders)
        {
            HashSet<int> known = NumbersOf(publicNames.All);
            CheckUnasked(known);
            CheckLeftovers(known);
        }
        else if (staged is not null)
        {
            CheckDeclared(staged);
            CheckLeftovers(NumbersOf(staged.Functions.Keys.Concat(staged.Variables.Keys).Concat(publicNames.All)));
        }
    }

    /// <summary>A hook or kept name that is local only: whoever made it local took the guest's override, or its entry, away.</summary>
    private void CheckHidden()
    {
        IEnumerable<string> global = policy.Hooks.Concat(policy.Keep).Select(name => name.Text).Where(name => !WildcardPatterns.IsPattern(name)).Order(StringComparer.Ordinal);
        foreach (string text in global)
        {
            int name = symbols.Names.Find(text);
            if (name >= 0 && symbols.Local(name).Exists && !symbols.Definition(name).Exists)
            {
                found.Add(SetFinding.HiddenTarget, name, symbols.Local(name));
            }
        }
    }

    /// <summary>What staged headers declare, and objects have as a local symbol only, under that name or the one that it had.</summary>
    private void CheckDeclared(PublicDeclarations staged)
    {
        int start = found.Count;
        var told = new HashSet<int>();
        foreach (string declared in staged.Functions.Keys.Concat(staged.Variables.Keys))
        {
            int name = symbols.Names.Find(declared);
            if (name >= 0 && symbols.Definition(name).Exists)
            {
                continue;
            }

            int old = declared.StartsWith(policy.InternalPrefix, StringComparison.Ordinal) ? symbols.Names.Find(declared[policy.InternalPrefix.Length..]) : -1;
            int local = name >= 0 && symbols.Local(name).Exists ? name : old;
            if (local >= 0 && symbols.Local(local).Exists && !symbols.Definition(local).Exists && told.Add(local))
            {
                found.Add(SetFinding.DeclaredLocal, local, symbols.Local(local));
            }
        }

        found.SortFrom(start);
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
            else if ((traits & (NameTraits.Tools | NameTraits.Given)) != 0 || ((traits & NameTraits.Kept) != 0 && !local.Exists))
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
    /// Global names that neither what the policy counts as public, nor another object knows: under a policy that hides they should have
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
            bool isHidden = (site.IsCode ? policy.Functions : policy.Data) == SymbolTreatment.Hide;
            bool mayDefine = permitted.MayDefine(owner.Library, symbols.Names.Bytes(name), traits, site.IsWeak);
            if (!mayDefine || (isHidden && publicNames.MarksDecide && (traits & (NameTraits.Hook | NameTraits.Kept | NameTraits.Tools)) == 0))
            {
                if (isHidden && (traits & NameTraits.Spelled) == 0)
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

    /// <summary>Functions under the public prefix that nothing makes public, unless the sources or a rule of the policy call them so.</summary>
    private void CheckUnasked(HashSet<int> known)
    {
        int start = found.Count;
        byte[] prefix = System.Text.Encoding.UTF8.GetBytes(policy.PublicPrefix);
        var results = policy.Renames.Where(rule => rule.Expression is null).SelectMany(rule => new[] { rule.To, policy.DriverPrefix + rule.To }).ToHashSet(StringComparer.Ordinal);
        foreach (RenameRule rule in policy.Renames.Where(rule => rule.Expression is not null))
        {
            results.UnionWith(unpassed.Definitions.Keys.Where(old => rule.Expression!.IsMatch(old)).Select(old => rule.Expression!.Replace(old, rule.To)));
        }

        for (int name = 0; name < symbols.Names.Count; name++)
        {
            SymbolSite site = symbols.Definition(name);
            if (!site.Exists || !site.IsCode || policy.Functions != SymbolTreatment.Rename || known.Contains(name) || !symbols.Names.Bytes(name).StartsWith(prefix)
                || (symbols.TraitsOf(name) & (NameTraits.Hook | NameTraits.Kept)) != 0)
            {
                continue;
            }

            string text = symbols.Names.Text(name);
            bool isDriver = policy.Drivers.Any(driver => policy.DriverPrefix != "" && text.StartsWith(policy.DriverPrefix + driver.Prefix, StringComparison.Ordinal));
            if (!isDriver && !results.Contains(text) && !unpassed.Definitions.ContainsKey(text))
            {
                found.Add(SetFinding.PublicUnasked, name, site);
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
