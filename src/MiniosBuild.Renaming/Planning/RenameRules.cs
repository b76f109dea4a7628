using System.Text;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Planning;

/// <summary>The explicit rules in their order; exact ones are found by name, so that only expressions are tried on every name.</summary>
internal sealed class RenameRules
{
    private const int None = -1;

    private readonly IReadOnlyList<RenameRule> _rules;
    private readonly DriverLibraries _drivers;
    private readonly NameTable _names = new();
    private readonly List<int> _firstExact = [];
    private readonly int[] _nextExact;
    private readonly int[] _expressions;
    private readonly bool[] _isUsed;

    public RenameRules(IReadOnlyList<RenameRule> rules, DriverLibraries drivers)
    {
        _rules = rules;
        _drivers = drivers;
        _isUsed = new bool[rules.Count];
        _nextExact = new int[rules.Count];
        _expressions = [.. Enumerable.Range(0, rules.Count).Where(rule => rules[rule].Expression is not null)];
        for (int rule = rules.Count - 1; rule >= 0; rule--)
        {
            if (rules[rule].Expression is not null)
            {
                continue;
            }

            int name = _names.Add(rules[rule].From);
            if (name == _firstExact.Count)
            {
                _firstExact.Add(None);
            }

            _nextExact[rule] = _firstExact[name];
            _firstExact[name] = rule;
        }
    }

    public bool IsEmpty => _rules.Count == 0;

    /// <summary>Whether some name met the rule.</summary>
    public bool IsUsed(int rule) => _isUsed[rule];

    /// <summary>The first rule for a name, and what it makes of it; -1 when there is none.</summary>
    public int Find(in NameSubject subject, out string target)
    {
        int exact = _names.Find(subject.Name) is var known and >= 0 ? _firstExact[known] : None;
        while (exact != None && !_drivers.Serve(_rules[exact].Library, subject))
        {
            exact = _nextExact[exact];
        }

        string? text = null;
        foreach (int rule in _expressions)
        {
            if (exact != None && exact < rule)
            {
                break;
            }

            if (_drivers.Serve(_rules[rule].Library, subject) && _rules[rule].Expression!.IsMatch(text ??= Encoding.UTF8.GetString(subject.Name)))
            {
                _isUsed[rule] = true;
                target = _rules[rule].Expression!.Replace(text, _rules[rule].To);
                return rule;
            }
        }

        target = exact == None ? "" : _rules[exact].To;
        if (exact != None)
        {
            _isUsed[exact] = true;
        }

        return exact;
    }
}
