using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>Finds what a plan would break, and what the policy asked for in vain.</summary>
internal sealed class PlanChecks(
    NamespacePolicy policy,
    SymbolCensus census,
    SortedDictionary<string, NameUse> names,
    SortedDictionary<string, Classification> outcomes,
    SymbolClassifier classifier,
    LibcMode libc)
{
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Run()
    {
        CheckDefinitions();
        CheckTargets();
        CheckLibc();
        CheckUnmatched();
        return _found;
    }

    private void CheckDefinitions()
    {
        foreach (NameUse use in names.Values)
        {
            var strong = use.Definitions.Where(entry => entry.Definition.IsStrong).ToList();
            foreach ((ObjectSymbols source, _) in strong.Skip(1))
            {
                Error(
                    "MINIOS1309",
                    $"\"{use.Name}\" is defined here (library {source.Library}) and in {strong[0].Object.Path} (library {strong[0].Object.Library}); no link can take both. Make one of them static, weak or part of another library that is left out.",
                    source);
            }

            foreach ((ObjectSymbols source, SymbolDefinition definition) in use.Definitions)
            {
                CheckDefinition(source, definition, outcomes[use.Name]);
            }
        }
    }

    private void CheckDefinition(ObjectSymbols source, SymbolDefinition definition, in Classification outcome)
    {
        string name = definition.Name;
        if (classifier.IsHook(name) && !definition.IsWeak)
        {
            Error(
                "MINIOS1313",
                $"the hook \"{name}\" is a {definition.Binding.ToString().ToLowerInvariant()} definition, so that no guest can override it; declare it __attribute__((weak)), or take it off the policy's hooks.",
                source);
        }

        if (outcome.Action != SymbolAction.Localize)
        {
            return;
        }

        if (definition.Binding == ElfSymbolBinding.GnuUnique)
        {
            Error(
                "MINIOS1307",
                $"\"{name}\" would become local (rule {outcome.Rule}: {outcome.Reason}), but its binding GNU_UNIQUE is one that objcopy leaves global; compile with -fno-gnu-unique.",
                source);
        }
        else if (definition.InComdatGroup || definition.IsComdatSignature)
        {
            Error(
                "MINIOS1308",
                $"\"{name}\" would become local (rule {outcome.Rule}: {outcome.Reason}), but it {(definition.IsComdatSignature ? "is the signature of" : "lies in")} a COMDAT group: the linker drops one of two such groups, and with it what local references rely on. Merge the groups first (ld -r --force-group-allocation), make the definition static, or list the name under keep.",
                source);
        }
        else if (definition.IsWeak)
        {
            _found.Add(Diagnostic.Warning(
                "MINIOS1317",
                $"the weak definition \"{name}\" becomes local (rule {outcome.Rule}: {outcome.Reason}), so that no guest can override it any more; list it under hooks if guests may, else make it static.",
                source.Path));
        }
    }

    private void CheckTargets()
    {
        var takenBy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, Classification outcome) in outcomes)
        {
            if (outcome.Action != SymbolAction.Rename)
            {
                continue;
            }

            ObjectSymbols source = names[name].Owner.Object;
            string what = $"\"{name}\" would become \"{outcome.NewName}\" (rule {outcome.Rule}: {outcome.Reason})";
            if (!SymbolText.IsIdentifier(outcome.NewName))
            {
                Error("MINIOS1312", $"{what}, which is no C identifier; correct the rule's replacement.", source);
            }
            else if (classifier.ReservedBy(outcome.NewName) is { } reserved)
            {
                Error("MINIOS1311", $"{what}, a name that belongs to the {reserved}; rename it in the source, or add a rename rule with another target.", source);
            }
            else if (outcomes.TryGetValue(outcome.NewName, out Classification other) && other.Action == SymbolAction.Keep)
            {
                Error(
                    "MINIOS1311",
                    $"{what}, which {names[outcome.NewName].Owner.Object.Path} defines already; rename one of them in the source, or add a rename rule with another target.",
                    source);
            }
            else if (!takenBy.TryAdd(outcome.NewName, name))
            {
                Error(
                    "MINIOS1310",
                    $"{what}, and so would \"{takenBy[outcome.NewName]}\" of {names[takenBy[outcome.NewName]].Owner.Object.Path}; rename one of them in the source, or add a rename rule with another target.",
                    source);
            }
        }
    }

    private void CheckLibc()
    {
        ObjectSymbols? stray = libc == LibcMode.None ? census.Objects.FirstOrDefault(source => source.Library == NamespacePolicy.LibcLibrary) : null;
        if (stray is not null)
        {
            Error("MINIOS1315", "the object belongs to the library libc, but the set has none (libc mode None); leave the libc's objects out, or choose Stub or Private.", stray);
        }
    }

    private void CheckUnmatched()
    {
        var libraries = census.Objects.Select(source => source.Library).ToHashSet(StringComparer.Ordinal);
        foreach ((PolicyName entry, string list) in policy.Keep.Select(entry => (entry, "keep")).Concat(policy.Hooks.Select(entry => (entry, "hooks"))))
        {
            if (!names.ContainsKey(entry.Text) && (entry.Library is null || libraries.Contains(entry.Library)))
            {
                Unmatched($"\"{entry.Text}\" under {list} matches no name of the set", entry.Line, entry.Column);
            }
        }

        foreach (RenameRule rule in policy.Renames)
        {
            bool inSet = rule.Library is null || libraries.Contains(rule.Library);
            bool isDone = rule.Expression is null && (outcomes.ContainsKey(rule.To) || outcomes.ContainsKey(policy.DriverPrefix + rule.To)); // A second run finds the result.
            if (inSet && !isDone && !classifier.UsedRules.Contains(rule))
            {
                Unmatched($"the rename rule \"{rule.From}\" matches no definition of {rule.Library ?? "the set"}", rule.Line, rule.Column);
            }
        }
    }

    private void Unmatched(string message, int line, int column) =>
        _found.Add(new Diagnostic("MINIOS1314", policy.Unmatched, $"{message}; correct or remove it.", policy.Path, line, column));

    private void Error(string code, string message, ObjectSymbols source) => _found.Add(Diagnostic.Error(code, message, source.Path));
}
