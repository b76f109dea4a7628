namespace MiniosBuild.Namespaces;

/// <summary>What only shows when all archives of a set are seen together.</summary>
internal sealed class SetValidation
{
    private readonly NamespacePolicy _policy;
    private readonly PermittedNames _names;
    private readonly PublicDeclarations? _staged;
    private readonly List<Diagnostic> _found;
    private readonly SortedDictionary<string, List<(FinishedObject Object, FoundSymbol Symbol)>> _defined = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<(FinishedObject Object, FoundSymbol Symbol)>> _wanted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FinishedObject> _local = new(StringComparer.Ordinal);

    public SetValidation(
        NamespacePolicy policy,
        PermittedNames names,
        IEnumerable<FinishedObject> objects,
        PublicDeclarations? staged,
        List<Diagnostic> found)
    {
        _policy = policy;
        _names = names;
        _staged = staged;
        _found = found;
        foreach (FinishedObject finished in objects)
        {
            foreach (FoundSymbol symbol in finished.Symbols)
            {
                if (!symbol.IsGlobal)
                {
                    _local.TryAdd(symbol.Name, finished);
                    continue;
                }

                var side = symbol.IsDefined ? _defined : _wanted;
                if (!side.TryGetValue(symbol.Name, out var entries))
                {
                    side.Add(symbol.Name, entries = []);
                }

                entries.Add((finished, symbol));
            }
        }
    }

    public void Check()
    {
        CheckHidden();
        CheckWanted();
        CheckDuplicates();
        CheckLeftovers();
    }

    /// <summary>A hook or kept name that is local only: whoever made it local took the guest's override, or its entry, away.</summary>
    private void CheckHidden()
    {
        foreach ((string name, FinishedObject finished) in _local)
        {
            if ((_names.IsHook(name) || _names.IsKept(name)) && !_defined.ContainsKey(name))
            {
                _found.Add(finished.Error(
                    "MINIOS1413",
                    $"\"{name}\" is local here and global nowhere in the set, but rule 2 keeps it global: what guests or the linker define or expect under that name is not found. Do not make it local."));
            }
        }
    }

    private void CheckWanted()
    {
        foreach ((string name, List<(FinishedObject Object, FoundSymbol Symbol)> users) in _wanted)
        {
            if (_defined.ContainsKey(name) || _names.IsHook(name) || _names.IsMadeByTools(name))
            {
                continue;
            }

            (FinishedObject user, FoundSymbol symbol) = users.FirstOrDefault(entry => !entry.Symbol.IsWeak, users[0]);
            if (_local.TryGetValue(name, out FinishedObject? owner) && owner != user)
            {
                _found.Add(user.Error(
                    "MINIOS1413",
                    $"\"{name}\" is referred to here, but {owner.Place} has it as a local symbol only: {(symbol.IsWeak ? "the weak reference silently becomes 0" : "the link fails")}. Rename it instead of making it local."));
            }
            else if (!symbol.IsWeak && !_names.IsC(name))
            {
                _found.Add(user.Warning(
                    "MINIOS1416",
                    $"\"{name}\" is referred to here and defined nowhere in the set, and it is no hook and no name of the linker, the compiler or the C library; a guest has to define it, or it was renamed elsewhere and not here. Add the library that defines it, or list it under hooks."));
            }
        }
    }

    private void CheckDuplicates()
    {
        foreach ((string name, List<(FinishedObject Object, FoundSymbol Symbol)> owners) in _defined)
        {
            var strong = owners.Where(entry => entry.Symbol.Binding == ObjectFormats.Elf.ElfSymbolBinding.Global).ToList();
            foreach ((FinishedObject finished, FoundSymbol symbol) in strong.Skip(1))
            {
                _found.Add(finished.Error(
                    "MINIOS1420",
                    $"{symbol.Kind} \"{name}\" is defined here and in {strong[0].Object.Place}; no link can take both. Make one static or weak, or rename it."));
            }
        }
    }

    /// <summary>Under a policy that hides: a global name that neither the headers nor another object know should have been made local.</summary>
    private void CheckLeftovers()
    {
        if (_staged is null)
        {
            return;
        }

        foreach ((string name, List<(FinishedObject Object, FoundSymbol Symbol)> owners) in _defined)
        {
            (FinishedObject finished, FoundSymbol symbol) = owners[0];
            bool hides = (symbol.IsCode ? _policy.Functions : _policy.Data) == SymbolTreatment.Hide;
            bool known = owners.Count > 1 || _wanted.ContainsKey(name) || _staged.Functions.ContainsKey(name) || _staged.Variables.ContainsKey(name);
            if (hides && !known && !_names.MayDefine(finished.Library, symbol))
            {
                _found.Add(finished.Error(
                    "MINIOS1415",
                    $"{symbol.Kind} \"{name}\" is global, but no public header declares it and no other object of the set refers to it (rule {(symbol.IsCode ? 8 : 7)}); make it static, or apply the symbol pass."));
            }
        }
    }
}
