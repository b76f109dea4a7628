using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>What the notes in the objects say about passes that they went through.</summary>
internal sealed class EarlierPasses
{
    private readonly bool[] _isPassed = [];
    private readonly List<Diagnostic> _foreign = [];

    public EarlierPasses(NamespacePolicy policy, LibcMode libc, CensusTables tables)
    {
        // By text of a note: the first object that carries it, and how many do.
        var notes = new SortedDictionary<string, (int First, int Count)>(StringComparer.Ordinal);
        for (int source = 0; source < tables.Objects.Length; source++)
        {
            if (tables.Objects[source].Note is { } note)
            {
                notes[note] = notes.TryGetValue(note, out (int First, int Count) seen) ? (seen.First, seen.Count + 1) : (source, 1);
            }
        }

        if (notes.Count == 0)
        {
            return;
        }

        PassNote own = PassNote.For(policy, libc);
        foreach ((string text, (int first, int count)) in notes)
        {
            if (PassNote.Parse(text)?.IsSamePass(own) != true)
            {
                _foreign.Add(Refusal(text, own, tables.Objects[first].Path, count));
            }
        }

        // Whatever has a note and is not foreign went through this very pass.
        _isPassed = new bool[tables.Objects.Length];
        for (int source = 0; source < _isPassed.Length; source++)
        {
            _isPassed[source] = tables.Objects[source].Note is not null;
        }
    }

    /// <summary>An error for each other pass that objects went through: their names are no longer those that the rules are for.</summary>
    public IReadOnlyList<Diagnostic> Foreign => _foreign;

    /// <summary>By object: whether it went through this very pass before; empty when none did.</summary>
    public ReadOnlySpan<bool> IsPassed => _isPassed;

    private static Diagnostic Refusal(string text, PassNote own, string path, int count)
    {
        string others = count == 1 ? "" : $", and {count - 1} more objects with it,";
        string what = PassNote.Parse(text) is { } note
            ? $"went through a pass of the policy \"{note.PolicyName}\" (digest {note.Digest}, libc {note.Libc}, version {note.Version})"
            : $"went through a pass that this version does not know (\"{text}\")";
        return Diagnostic.Error(
            PlanCodes.OtherPass,
            $"the object{others} {what}; this one is of \"{own.PolicyName}\" (digest {own.Digest}, libc {own.Libc}, version {own.Version}). Give the objects as they were before that pass, or use its policy.",
            path);
    }
}
