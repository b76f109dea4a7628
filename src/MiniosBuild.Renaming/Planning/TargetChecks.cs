using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Checks that every new name is a name, is free, and is given once (traps 2 and 4).</summary>
internal sealed class TargetChecks(PlanOutcomes outcomes, NameFacts[] facts, SymbolClassifier classifier, List<PlanFinding> found)
{
    private readonly CensusTables _tables = outcomes.Tables;

    // New names that another may be equal to, and the old name of each.
    private readonly NameTable _taken = new();
    private readonly List<int> _takers = [];
    private byte[] _buffer = new byte[256];

    public void Run()
    {
        foreach (int name in outcomes.Texts.Keys.Order())
        {
            if (outcomes[name].Form == NewNameForm.Text)
            {
                Check(name, mayExist: true, mayMeet: true);
            }
        }

        // Two names with prefixes before them can only meet when one prefix begins with another one.
        bool mayMeet = PrefixesOverlap() || _taken.Count > 0;
        bool[] mayExist = [.. Enum.GetValues<NewNameForm>().Select(MayExist)];
        for (int name = 0; name < facts.Length; name++)
        {
            if (outcomes[name] is { Action: SymbolAction.Rename, Form: not NewNameForm.Text and var form })
            {
                Check(name, mayExist[(int)form], mayMeet);
            }
        }
    }

    private void Check(int name, bool mayExist, bool mayMeet)
    {
        bool isText = outcomes[name].Form == NewNameForm.Text;
        if (isText ? !SymbolText.IsIdentifier(outcomes.NewName(name)) : !IsSound(_tables.Names.Bytes(name)))
        {
            Found(PlanFindingKind.NoIdentifier, name);
            return;
        }

        if (!mayExist && !mayMeet)
        {
            return;
        }

        ReadOnlySpan<byte> target = outcomes.NewNameBytes(name, ref _buffer);
        if (classifier.ReservedBy(target) is not null)
        {
            Found(PlanFindingKind.ReservedTarget, name);
        }
        else if (_tables.Names.Find(target) is var existing and >= 0 && outcomes[existing] is { IsDefined: true, Action: SymbolAction.Keep })
        {
            Found(PlanFindingKind.ExistingTarget, name, existing);
        }
        else if (mayMeet && Take(target, name) is var taker && taker != name)
        {
            Found(PlanFindingKind.TakenTarget, name, taker);
        }
    }

    /// <summary>Whether there is any name, in the set or reserved, with the prefix that this form puts before names: most often there is none.</summary>
    private bool MayExist(NewNameForm form)
    {
        if (form is NewNameForm.Same or NewNameForm.Text)
        {
            return true;
        }

        byte[] prefix = outcomes.PrefixOf(form);
        for (int name = 0; name < facts.Length; name++)
        {
            if (facts[name].IsDefined && _tables.Names.Bytes(name).StartsWith(prefix))
            {
                return true;
            }
        }

        return classifier.MayReserve(prefix);
    }

    /// <summary>Compilers spell more than C does (<c>f.cold</c>); blanks and control characters no tool's list of names can hold.</summary>
    private static bool IsSound(ReadOnlySpan<byte> name) => !name.ContainsAnyInRange((byte)0, (byte)' ') && !name.Contains((byte)0x7f);

    /// <summary>Who gets that new name: <paramref name="name"/>, unless another got it before.</summary>
    private int Take(ReadOnlySpan<byte> target, int name)
    {
        int number = _taken.Add(target);
        if (number == _takers.Count)
        {
            _takers.Add(name);
        }

        return _takers[number];
    }

    private bool PrefixesOverlap()
    {
        byte[][] prefixes = [outcomes.PrefixOf(NewNameForm.Public), outcomes.PrefixOf(NewNameForm.Internal), outcomes.PrefixOf(NewNameForm.Driver)];
        return prefixes.Any(one => prefixes.Any(other => other.Length > 0 && one.Length > other.Length && one.AsSpan().StartsWith(other)));
    }

    private void Found(PlanFindingKind kind, int name, int other = -1) =>
        found.Add(new PlanFinding(kind, name, _tables.ObjectOf(facts[name].Owner), other));
}
