using System.Text;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Finds the policy's entries that no name of the set meets (trap 7). Those of a driver count only when its library is in the set.</summary>
internal sealed class UnmatchedPolicyEntries(PlanOutcomes outcomes, SymbolClassifier classifier, EarlierPasses passes)
{
    private readonly CensusTables _tables = outcomes.Tables;
    private readonly NamespacePolicy _policy = outcomes.Policy;
    private readonly HashSet<string> _libraries = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _found = [];

    // What an expression or the list of C names met before a pass, the names after it do not tell.
    private readonly bool _mayHaveMatched = passes.IsPassed.Contains(true);

    public IReadOnlyList<Diagnostic> Find()
    {
        foreach (ref readonly CensusObject source in _tables.Objects)
        {
            _libraries.Add(source.Library);
        }

        CheckNames([.. _policy.Keep.Where(IsExact)], "keep");
        CheckPatterns([.. _policy.Keep.Where(name => !IsExact(name))], "keep");
        CheckNames(_policy.Hooks, "hooks");
        CheckRules();
        CheckNames([.. _policy.AddedCompilerNames.Where(IsExact)], "compilerNames");
        CheckNames([.. _policy.AddedLinkerNames.Where(IsExact)], "linkerNames");
        CheckNames(_mayHaveMatched ? [] : _policy.AddedCNames, "cNames");
        CheckPatterns([.. _policy.AddedCompilerNames.Where(name => !IsExact(name))], "compilerNames");
        CheckPatterns([.. _policy.AddedLinkerNames.Where(name => !IsExact(name))], "linkerNames");
        CheckDrivers();
        return _found;
    }

    private void CheckNames(IReadOnlyList<PolicyName> entries, string list)
    {
        foreach (PolicyName entry in entries)
        {
            if (_tables.Names.Find(entry.Text) < 0 && (entry.Library is null || _libraries.Contains(entry.Library)))
            {
                Unmatched($"\"{entry.Text}\" under {list} matches no name of the set", entry.Line, entry.Column);
            }
        }
    }

    private void CheckRules()
    {
        for (int number = 0; number < _policy.Renames.Count; number++)
        {
            RenameRule rule = _policy.Renames[number];
            bool inSet = rule.Library is null || _libraries.Contains(rule.Library);
            bool isDone = rule.Expression is null // A second run finds the result.
                ? IsDefined(rule.To) || IsDefined(_policy.DriverPrefix + rule.To)
                : _mayHaveMatched;
            if (inSet && !isDone && !classifier.Rules.IsUsed(number))
            {
                Unmatched($"the rename rule \"{rule.From}\" matches no definition of {rule.Library ?? "the set"}", rule.Line, rule.Column);
            }
        }
    }

    private void CheckPatterns(IReadOnlyList<PolicyName> entries, string list)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var patterns = new WildcardPatterns();
        foreach (PolicyName entry in entries)
        {
            patterns.Add(Encoding.UTF8.GetBytes(entry.Text));
        }

        bool[] isMet = new bool[patterns.Count];
        for (int name = 0; name < _tables.Names.Count; name++)
        {
            patterns.Mark(_tables.Names.Bytes(name), isMet);
        }

        for (int i = 0; i < isMet.Length; i++)
        {
            if (!isMet[i])
            {
                Unmatched($"\"{entries[i].Text}\" under {list} matches no name of the set", entries[i].Line, entries[i].Column);
            }
        }
    }

    private void CheckDrivers()
    {
        foreach (DriverNamespace driver in _policy.Drivers)
        {
            if (_libraries.Contains(driver.Library) && !HasNames(driver))
            {
                Unmatched($"no name of the library {driver.Library} begins with \"{driver.Prefix}\"", driver.Line, driver.Column);
            }
        }
    }

    private bool HasNames(DriverNamespace driver)
    {
        byte[] before = Encoding.UTF8.GetBytes(driver.Prefix);
        byte[] after = Encoding.UTF8.GetBytes(_policy.DriverPrefix + driver.Prefix);
        byte[] buffer = new byte[256];
        for (int source = 0; source < _tables.Objects.Length; source++)
        {
            if (_tables.Objects[source].Library != driver.Library)
            {
                continue;
            }

            foreach (ref readonly DefinitionEntry definition in _tables.DefinitionsOf(source))
            {
                ReadOnlySpan<byte> target = outcomes.NewNameBytes(definition.Name, ref buffer);
                if (target.StartsWith(after) || target.StartsWith(before))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsDefined(string name) => _tables.Names.Find(name) is var number and >= 0 && outcomes[number].IsDefined;

    private static bool IsExact(PolicyName name) => !WildcardPatterns.IsPattern(name.Text);

    private void Unmatched(string message, int line, int column) =>
        _found.Add(new Diagnostic(PlanCodes.UnmatchedEntry, _policy.Unmatched, $"{message}; correct or remove it.", _policy.Path, line, column));
}
