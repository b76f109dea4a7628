using MiniosBuild.CSource.Joining;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Renaming.Headers;

/// <summary>
/// Finds for each word that ## joins to others what it has to become, so that what is joined is what the table says. A prefix goes in front of the first
/// part, or leaves it, where everything that begins with that part gets it; a name that is joined of a renamed one is called after that one's new name;
/// and where nothing fits, the names keep their old spelling.
/// </summary>
public sealed class JoinSolver
{
    private const char Less = '-'; // No name begins with it.

    private readonly ILookup<string, JoinedName> _joins;
    private readonly JoinOperand[] _operands;
    private readonly Func<string, JoinSubject> _subject;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<JoinOperand, string> _decided = [];
    private readonly Dictionary<JoinOperand, string> _edits = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsolved = new(StringComparer.Ordinal);

    /// <param name="joins">What ## makes.</param>
    /// <param name="subject">What is known of a name.</param>
    public JoinSolver(IReadOnlyList<JoinedName> joins, Func<string, JoinSubject> subject)
    {
        joins = [.. joins.Where(join => subject(join.Name).IsMeant)];
        _joins = joins.ToLookup(join => join.Name, StringComparer.Ordinal);
        _operands = [.. joins.SelectMany(join => join.Pieces).Select(piece => piece.Operand).OfType<JoinOperand>().Distinct()];
        _subject = subject;
        while (!IsSolved())
        {
            // Each round keeps a name, calls one after its parts, or decides about a word: there are so many of them.
        }
    }

    /// <summary>New names that follow from those of their parts.</summary>
    public IReadOnlyDictionary<string, string> Names => _names;

    /// <summary>Names that keep their old spelling.</summary>
    public IReadOnlySet<string> Kept => _kept;

    /// <summary>Names that are joined, and come out as the table says, or stay.</summary>
    public IEnumerable<string> Joined => _joins.Select(joins => joins.Key).Where(name => !_unsolved.Contains(name));

    /// <summary>By place and offset, the words that are joined, and what they become.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<int, JoinedWord>> Edits() =>
        _operands.Concat(_edits.Keys).Distinct().GroupBy(operand => operand.Place, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => (IReadOnlyDictionary<int, JoinedWord>)group.ToDictionary(operand => operand.Offset, operand => new JoinedWord(operand.Text, Edit(operand))), StringComparer.Ordinal);

    private string? Edit(JoinOperand operand) => _edits.TryGetValue(operand, out string? text) ? text
        : _decided.GetValueOrDefault(operand, operand.Text) is var becomes && becomes == operand.Text && (operand.Uses & JoinUses.Plain) != 0 ? null
        : becomes;

    private string NewName(string name) => _kept.Contains(name) ? name : _names.GetValueOrDefault(name) ?? _subject(name).NewName ?? name;

    private bool Keep(string name)
    {
        if (_subject(name) is { IsFixed: true } or { NewName: null, IsOwn: false } || !_kept.Add(name))
        {
            return false;
        }

        _names.Clear();
        _decided.Clear();
        return true;
    }

    private bool IsSolved()
    {
        _edits.Clear();
        _unsolved.Clear();
        foreach (JoinOperand operand in _operands.Where(operand => !_decided.ContainsKey(operand)))
        {
            if ((operand.Uses & JoinUses.Plain) != 0)
            {
                _decided.Add(operand, NewName(operand.Text));
            }
            else if ((operand.Uses & JoinUses.Text) != 0)
            {
                _decided.Add(operand, operand.Text);
            }
        }

        bool isSettled = true;
        var free = new List<IGrouping<string, JoinedName>>();
        foreach (IGrouping<string, JoinedName> joins in _joins)
        {
            if (!joins.SelectMany(join => join.Pieces).Any(IsRenamed))
            {
                free.Add(joins);
            }
            else if (!IsCalledAfterParts(joins))
            {
                isSettled = false;
                if (_decided.Count == 0)
                {
                    return false; // A name that is kept changes what all others can be.
                }
            }
        }

        return isSettled && ArePrefixed(free);
    }

    private bool IsRenamed(JoinPiece piece) => piece.Operand is not null && _decided.TryGetValue(piece.Operand, out string? text) && text != piece.Text;

    private string PartOf(JoinPiece piece) => piece.Operand is not null && _decided.TryGetValue(piece.Operand, out string? text) ? text : piece.Text;

    /// <summary>A part of the name has another name now. False when something was decided on the way, so that all has to be looked at again.</summary>
    private bool IsCalledAfterParts(IGrouping<string, JoinedName> joins)
    {
        string name = joins.Key, made = string.Concat(joins.First(join => join.Pieces.Any(IsRenamed)).Pieces.Select(PartOf));
        bool fits = made == NewName(name) || _subject(name) is { IsOwn: true, IsFixed: false };
        foreach (JoinedName join in joins.Where(join => fits && string.Concat(join.Pieces.Select(PartOf)) != made))
        {
            JoinPiece[] open = [.. join.Pieces.Where(piece => piece.Operand is not null && !_decided.ContainsKey(piece.Operand))];
            fits = string.Concat(join.Pieces.Select(piece => open.Contains(piece) ? NewName(piece.Text) : PartOf(piece))) == made;
            if (fits)
            {
                foreach (JoinPiece piece in open)
                {
                    _decided[piece.Operand!] = NewName(piece.Text);
                }

                return false;
            }
        }

        if (fits)
        {
            if (made != NewName(name))
            {
                _names[name] = made;
                foreach (JoinOperand operand in _operands.Where(operand => operand.Text == name && (operand.Uses & JoinUses.Plain) != 0))
                {
                    _decided.Remove(operand); // It is part of others itself.
                }

                return false;
            }

            return true;
        }

        bool isKept = Keep(name);
        foreach (JoinPiece piece in joins.SelectMany(join => join.Pieces).Where(IsRenamed).ToList())
        {
            isKept |= Keep(piece.Text);
        }

        if (!isKept)
        {
            _unsolved.Add(name);
        }

        return !isKept;
    }

    /// <summary>Instead of a prefix: the parts that are names get their new ones. False when that gives no name, or not one.</summary>
    private bool AreRenamedParts(IEnumerable<JoinedName> joins)
    {
        JoinPiece[] open = [.. joins.SelectMany(join => join.Pieces).Where(piece => piece.Operand is not null && !_decided.ContainsKey(piece.Operand) && NewName(piece.Text) != piece.Text)];
        if (open.Length == 0 || _subject(joins.First().Name) is not { IsOwn: true, IsFixed: false } || _kept.Contains(joins.First().Name)
            || joins.Select(join => string.Concat(join.Pieces.Select(piece => open.Contains(piece) ? NewName(piece.Text) : PartOf(piece)))).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            return false;
        }

        foreach (JoinPiece piece in open)
        {
            _decided[piece.Operand!] = NewName(piece.Text);
        }

        return true;
    }

    /// <summary>The prefix that a name gets, or <see cref="Less"/> and the one that it loses; null when it is another name altogether.</summary>
    private static string? ChangeOf(string name, string newName) =>
        newName.EndsWith(name, StringComparison.Ordinal) ? newName[..^name.Length] : name.EndsWith(newName, StringComparison.Ordinal) ? Less + name[..^newName.Length] : null;

    /// <summary>The first part of a name after that; null for one that does not have all of what is lost.</summary>
    private static string? Changed(string part, string change) => !change.StartsWith(Less) ? change + part
        : part.Length >= change.Length && part.StartsWith(change.AsSpan(1), StringComparison.Ordinal) ? part[(change.Length - 1)..] : null;

    /// <summary>No part has another name: a prefix goes to the first, or in front of the parameter that stands for it.</summary>
    private bool ArePrefixed(List<IGrouping<string, JoinedName>> free)
    {
        var demands = new Dictionary<JoinOperand, HashSet<string>>();
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<string, JoinedName> joins in free)
        {
            string name = joins.Key;
            if (ChangeOf(name, NewName(name)) is not { } change)
            {
                if (AreRenamedParts(joins) || Keep(name))
                {
                    return false;
                }

                _unsolved.Add(name);
                continue;
            }

            prefixes.Add(name, change);
            foreach (JoinedName join in joins)
            {
                for (int i = 0; i < join.Pieces.Count; i++)
                {
                    Demand(join.Pieces[i].Operand, i == 0 ? prefixes[name] : "");
                }
            }
        }

        // Parts of names that are called after their parts stay, or have been decided.
        foreach (JoinPiece piece in _joins.Where(joins => !prefixes.ContainsKey(joins.Key)).SelectMany(joins => joins).SelectMany(join => join.Pieces))
        {
            Demand(piece.Operand, "");
        }

        bool Fits(JoinedName join) => join.Pieces[0].Operand is { } first && demands[first].Count == 1
            && Changed(first.Text, prefixes[join.Name]) is { } changed
            && (!_decided.TryGetValue(first, out string? decided) ? !char.IsAsciiDigit(first.Text[0]) || prefixes[join.Name].Length == 0 : decided == changed);
        JoinedName[] all = [.. free.Where(joins => prefixes.ContainsKey(joins.Key)).SelectMany(joins => joins)];
        JoinedName[] asking = [.. all.Where(join => prefixes[join.Name].Length > 0)];
        HashSet<JoinOperand> parameters =
        [
            .. _joins.SelectMany(joins => joins).Where(join => join.Parameter is not null).GroupBy(join => join.Parameter!)
                .Where(group => group.All(join => prefixes.TryGetValue(join.Name, out string? prefix) && !prefix.StartsWith(Less)) && group.Any(join => prefixes[join.Name].Length > 0 && !Fits(join)) && group.Select(join => prefixes[join.Name]).Distinct().Count() == 1)
                .Select(group => group.Key),
        ];
        HashSet<JoinOperand> beside = [.. all.Where(join => join.Parameter is null || !parameters.Contains(join.Parameter)).Select(join => join.Pieces[0].Operand).OfType<JoinOperand>()];
        string[] unserved = [.. asking.Where(join => !IsServed(join)).Select(join => join.Name).Distinct(StringComparer.Ordinal)];
        if (unserved.Count(name => AreRenamedParts(_joins[name])) > 0 || unserved.Count(Keep) > 0)
        {
            return false;
        }

        // A prefix in front of a parameter is there in all calls: renamed names that some of them hand over keep theirs.
        ILookup<JoinOperand, JoinedName> unservedBy = asking.Where(join => join.Parameter is not null && unserved.Contains(join.Name)).ToLookup(join => join.Parameter!);
        JoinedName[] beforehand = [.. _joins.SelectMany(joins => joins).Where(join => join.Parameter is not null && unservedBy.Contains(join.Parameter) && !prefixes.ContainsKey(join.Name))];
        if (beforehand.SelectMany(join => join.Pieces).Where(IsRenamed).Select(piece => piece.Text).ToHashSet(StringComparer.Ordinal).Count(Keep) > 0)
        {
            return false;
        }

        _unsolved.UnionWith(unserved);

        foreach (JoinedName join in asking.Where(join => !_unsolved.Contains(join.Name)))
        {
            if (join.Parameter is not null && parameters.Contains(join.Parameter))
            {
                _edits[join.Parameter] = $"{prefixes[join.Name]}##{join.Parameter.Text}";
            }
            else if (!_decided.ContainsKey(join.Pieces[0].Operand!))
            {
                _edits[join.Pieces[0].Operand!] = Changed(join.Pieces[0].Text, prefixes[join.Name])!;
            }
        }

        return true;

        void Demand(JoinOperand? operand, string prefix)
        {
            if (operand is not null)
            {
                if (!demands.TryGetValue(operand, out HashSet<string>? set))
                {
                    demands.Add(operand, set = new HashSet<string>(StringComparer.Ordinal));
                }

                set.Add(prefix);
            }
        }

        // A first part that is prefixed elsewhere must not be where its parameter is.
        bool IsServed(JoinedName join) => join.Parameter is not null && parameters.Contains(join.Parameter)
            ? join.Pieces[0].Operand is not { } first || !beside.Contains(first) || demands[first].SetEquals([""]) || _decided.ContainsKey(first)
            : Fits(join);
    }
}

/// <summary>What is known of a name that may be joined.</summary>
/// <param name="NewName">Its new name, or itself; null when it has several.</param>
/// <param name="IsOwn">Whether the headers declare it.</param>
/// <param name="IsFixed">Whether the archives say what it becomes.</param>
/// <param name="IsMeant">Whether anything declares or spells it: what is joined may also be a name that nobody ever uses.</param>
public readonly record struct JoinSubject(string? NewName, bool IsOwn, bool IsFixed, bool IsMeant);
