using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Finds the entries of the policy's section about headers that no name of the public headers meets (trap 7).</summary>
internal sealed class UnmatchedHeaderEntries(NamespacePolicy policy, IReadOnlyList<OwnName> names, IReadOnlyList<HeaderDecision> decisions)
{
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Find()
    {
        if (policy.Headers.Kinds.Count == 0)
        {
            return [];
        }

        CheckPatterns(policy.Headers.Keep, "headers.keep", _ => true);
        CheckPatterns(policy.Headers.Internal, "headers.internal", name => name.Space == NameSpace.Macro);
        foreach (RenameRule rule in policy.Headers.Renames)
        {
            string reason = $"the policy's rule for \"{rule.From}\"";
            bool isDone = rule.Expression is null && names.Any(name => name.Text == rule.To); // A second run finds the result.
            if (!isDone && !decisions.Any(decision => decision.Reason == reason))
            {
                Unmatched($"the rename rule \"{rule.From}\" under headers matches no name that it is for", rule.Line, rule.Column);
            }
        }

        return _found;
    }

    private void CheckPatterns(IReadOnlyList<PolicyName> entries, string list, Func<OwnName, bool> isFor)
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
        foreach (OwnName name in names.Where(isFor))
        {
            patterns.Mark(Encoding.UTF8.GetBytes(name.Text), isMet);
        }

        for (int i = 0; i < isMet.Length; i++)
        {
            if (!isMet[i])
            {
                Unmatched($"\"{entries[i].Text}\" under {list} matches no name of the public headers", entries[i].Line, entries[i].Column);
            }
        }
    }

    private void Unmatched(string message, int line, int column) =>
        _found.Add(new Diagnostic(PlanCodes.UnmatchedEntry, policy.Unmatched, $"{message}; correct or remove it.", policy.Path, line, column));
}
