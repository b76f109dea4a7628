namespace MiniosBuild.Namespaces;

/// <summary>The eight rules, in order; the first that fits decides.</summary>
internal sealed class SymbolClassifier(
    NamespacePolicy policy, PublicDeclarations declarations, LibcMode libc, IReadOnlySet<string> consumerNeeds)
{
    private readonly WildcardNames _compilerNames = new(policy.CompilerNames);
    private readonly WildcardNames _linkerNames = new(policy.LinkerNames);
    private readonly HashSet<string> _keep = [.. policy.Keep.Select(name => name.Text)];
    private readonly HashSet<string> _hooks = [.. policy.Hooks.Select(name => name.Text)];

    /// <summary>The explicit rules that some name met.</summary>
    public HashSet<RenameRule> UsedRules { get; } = [];

    public bool IsHook(string name) => _hooks.Contains(name);

    /// <summary>Whether a name is not the set's to give or take: compilers, linkers, guests and the boot protocol rely on it.</summary>
    public string? ReservedBy(string name) =>
        _compilerNames.Contains(name) ? "compiler"
        : _linkerNames.Contains(name) ? "linker"
        : _keep.Contains(name) ? "keep list"
        : _hooks.Contains(name) ? "hook list"
        : null;

    public Classification Classify(in NameSubject subject) =>
        MadeByTools(subject)
        ?? Listed(subject)
        ?? InNamespace(subject)
        ?? Explicit(subject)
        ?? OfLibc(subject)
        ?? OfDriver(subject)
        ?? (subject.IsFunction ? Function(subject) : Data(subject));

    private Classification? MadeByTools(in NameSubject subject)
    {
        // A private libc's memcpy serves the set alone; the guest's own libc serves the guest.
        bool isPrivate = libc == LibcMode.Private && subject.Library == NamespacePolicy.LibcLibrary && policy.CNames.Contains(subject.Name);
        return isPrivate ? null
            : _compilerNames.Contains(subject.Name) ? Keep(subject, 1, "compilers refer to it by this name")
            : _linkerNames.Contains(subject.Name) ? Keep(subject, 1, "linkers and their scripts make it")
            : subject.Name.StartsWith(".L", StringComparison.Ordinal) ? Keep(subject, 1, "an assembler's own label")
            : null;
    }

    private Classification? Listed(in NameSubject subject) =>
        _keep.Contains(subject.Name) ? Keep(subject, 2, "listed under keep")
        : _hooks.Contains(subject.Name) ? Keep(subject, 2, "a hook that a guest may override")
        : null;

    private Classification? InNamespace(in NameSubject subject)
    {
        foreach (string prefix in (string[])[policy.PublicPrefix, policy.InternalPrefix])
        {
            if (subject.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Keep(subject, 3, $"already inside {prefix}");
            }
        }

        return null;
    }

    private Classification? Explicit(in NameSubject subject)
    {
        foreach (RenameRule rule in policy.Renames)
        {
            if (!Serves(rule.Library, subject) || !(rule.Expression?.IsMatch(subject.Name) ?? rule.From == subject.Name))
            {
                continue;
            }

            UsedRules.Add(rule);
            string target = rule.Expression?.Replace(subject.Name, rule.To) ?? rule.To;
            bool isDriverName = policy.Drivers.Any(driver => driver.Library == rule.Library && target.StartsWith(driver.Prefix, StringComparison.Ordinal));
            return Rename(subject, isDriverName ? policy.DriverPrefix + target : target, 4, $"the policy's rule for \"{rule.From}\"");
        }

        return null;
    }

    private Classification? OfLibc(in NameSubject subject)
    {
        bool isC = policy.CNames.Contains(subject.Name);
        if (subject.Library == NamespacePolicy.LibcLibrary && libc == LibcMode.Private)
        {
            return Rename(subject, policy.InternalPrefix + subject.Name, 5, "part of the private libc");
        }

        return isC && (subject.Library is null or NamespacePolicy.LibcLibrary) ? Keep(subject, 5, "a C name of the libc") : null;
    }

    private Classification? OfDriver(in NameSubject subject)
    {
        foreach (DriverNamespace driver in policy.Drivers)
        {
            if (Serves(driver.Library, subject) && subject.Name.StartsWith(driver.Prefix, StringComparison.Ordinal))
            {
                string reason = $"in the namespace {driver.Prefix} of driver {driver.Library}";
                return policy.DriverPrefix.Length == 0 ? Keep(subject, 6, reason) : Rename(subject, policy.DriverPrefix + subject.Name, 6, reason);
            }
        }

        return null;
    }

    private Classification Data(in NameSubject subject)
    {
        string? user = subject.OtherUser ?? Consumer(subject);
        if (policy.Data == SymbolTreatment.Hide && declarations.Variables.TryGetValue(subject.Name, out DeclarationSite site))
        {
            return Keep(subject, 7, $"a variable that {Describe(site)} declares");
        }

        return user is null ? Localize(subject, 7, "a variable that no other object refers to")
            : policy.Data == SymbolTreatment.Hide ? Keep(subject, 7, $"a variable that {user} refers to")
            : Rename(subject, policy.InternalPrefix + subject.Name, 7, $"a variable that {user} refers to");
    }

    private Classification Function(in NameSubject subject)
    {
        bool hides = policy.Functions == SymbolTreatment.Hide;
        string? publicReason =
            declarations.Functions.TryGetValue(subject.Name, out DeclarationSite site) ? $"a function that {Describe(site)} declares"
            : Consumer(subject) is { } consumer ? $"a function that {consumer} needs"
            : null;
        return publicReason is not null
                ? hides ? Keep(subject, 8, publicReason) : Rename(subject, policy.PublicPrefix + subject.Name, 8, publicReason)
            : subject.OtherUser is null ? Localize(subject, 8, "a function that nothing declares for guests and no other object refers to")
            : hides ? Keep(subject, 8, $"a function that {subject.OtherUser} refers to")
            : Rename(subject, policy.InternalPrefix + subject.Name, 8, $"a function that {subject.OtherUser} refers to");
    }

    /// <summary>Consumers may have been compiled before the rename or after it.</summary>
    private string? Consumer(in NameSubject subject) =>
        consumerNeeds.Contains(subject.Name)
        || consumerNeeds.Contains((subject.IsFunction ? policy.PublicPrefix : policy.InternalPrefix) + subject.Name)
            ? "a registered consumer"
            : null;

    /// <summary>
    /// Whether a library's own rules are for a name: it defines the name, or the definition is weak and stands in for a driver's
    /// when that is not built (both must get one name), or no library defines it and a header only declares it.
    /// </summary>
    private bool Serves(string? library, in NameSubject subject) =>
        library is null || subject.Library is null || library == subject.Library
        || (subject.IsWeak && policy.Drivers.Any(driver => driver.Library == library));

    private static string Describe(DeclarationSite site) => $"{site.File}({site.Line})";

    private static Classification Keep(in NameSubject subject, int rule, string reason) => new(SymbolAction.Keep, subject.Name, rule, reason);

    private static Classification Localize(in NameSubject subject, int rule, string reason) => new(SymbolAction.Localize, subject.Name, rule, reason);

    private static Classification Rename(in NameSubject subject, string newName, int rule, string reason) =>
        newName == subject.Name ? Keep(subject, rule, reason) : new(SymbolAction.Rename, newName, rule, reason);
}
