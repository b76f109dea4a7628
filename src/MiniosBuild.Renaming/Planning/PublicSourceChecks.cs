using MiniosBuild.ObjectFormats;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Finds sources of public names that give none, and public names that nobody defines.</summary>
internal sealed class PublicSourceChecks(PlanOutcomes outcomes, EarlierPasses passes)
{
    private const int MostNearNames = 32;

    private readonly CensusTables _tables = outcomes.Tables;
    private readonly NamespacePolicy _policy = outcomes.Policy;
    private readonly PublicSources _sources = outcomes.Policy.Public;
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Find(bool hasConsumers)
    {
        bool hasMarks = _tables.MarkNames.Count > 0;
        CheckFaults();
        if (_sources.WhyEmpty(hasMarks, hasConsumers) is { } reason)
        {
            Found(PolicyCodes.NothingPublic, DiagnosticSeverity.Error, reason);
        }

        if (_sources.Marks && !hasMarks && _sources.CountsHeaders(hasMarks) && !_sources.Headers && passes.IsPassed.IsEmpty && !_tables.Objects.IsEmpty
            && _policy.Levels.SeverityOf(FindingCodes.NoMarks) is { } severity)
        {
            Found(FindingCodes.NoMarks, severity, "public is what export marks say, but no object of the set has one: what the public headers declare is public instead.");
        }

        CheckList();
        return _found;
    }

    private void CheckFaults()
    {
        foreach ((int number, ObjectFormatException fault) in _sources.Marks ? _tables.MarkFaults : [])
        {
            _found.Add(fault.ToDiagnostic(_tables.Objects[number].Path));
        }
    }

    private void CheckList()
    {
        if (_sources.List is not { Names.Count: > 0 } list || _policy.Levels.SeverityOf(FindingCodes.ListedUndefined) is not { } severity)
        {
            return;
        }

        // A list may have the names before the pass or those after it.
        var defined = new HashSet<string>(StringComparer.Ordinal);
        for (int name = 0; name < outcomes.All.Length; name++)
        {
            if (outcomes[name].IsDefined)
            {
                defined.Add(_tables.Names.Text(name));
                defined.Add(outcomes.NewName(name));
            }
        }

        int asked = 0;
        foreach ((string name, int line) in list.Names.Where(entry => !defined.Contains(entry.Name)))
        {
            string? near = asked++ < MostNearNames ? NearestName.Find(name, defined) : null;
            _found.Add(new Diagnostic(
                FindingCodes.ListedUndefined, severity,
                $"\"{name}\" is listed as public, but no object of the set defines it. {(near is null ? "Correct or remove it, or build the driver that has it." : $"Did you mean \"{near}\"?")}",
                list.Path, line));
        }
    }

    private void Found(string code, DiagnosticSeverity severity, string message) => _found.Add(new Diagnostic(code, severity, message, _policy.Path));
}
