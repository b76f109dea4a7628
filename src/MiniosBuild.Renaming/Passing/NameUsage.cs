namespace MiniosBuild.Renaming.Passing;

/// <summary>
/// Where the names of a map were met in the members of one file, for the checks that no single member allows. Members may be added
/// from several threads; for each name the first member counts, so that messages do not depend on their order.
/// </summary>
internal sealed class NameUsage(SymbolMap map)
{
    private const int Nowhere = int.MaxValue;

    private readonly int[] _renamedIn = Empty(map.Count);
    private readonly int[] _newNameIn = Empty(map.Count);
    private readonly int[] _localIn = Empty(map.Count);
    private readonly int[] _usedIn = Empty(map.Count);
    private readonly int[] _passedIn = Empty(map.Count);

    public void Rename(int entry, int member) => Note(ref _renamedIn[entry], member);

    /// <summary>The member has the new name already, on a symbol that keeps it.</summary>
    public void HasNewName(int entry, int member) => Note(ref _newNameIn[entry], member);

    public void MakeLocal(int entry, int member) => Note(ref _localIn[entry], member);

    /// <summary>The member refers to a name that is made local where it is defined.</summary>
    public void Use(int entry, int member) => Note(ref _usedIn[entry], member);

    /// <summary>A member that went through the pass before has the new name.</summary>
    public void HasPassed(int entry, int member) => Note(ref _passedIn[entry], member);

    public bool HasMatched(int entry) => _passedIn[entry] != Nowhere || _renamedIn[entry] != Nowhere || _newNameIn[entry] != Nowhere || _localIn[entry] != Nowhere;

    /// <summary>Adds what was met in this file to the usage of a set, in which the file has a number as members have.</summary>
    public void AddTo(NameUsage set, int file)
    {
        for (int entry = 0; entry < map.Count; entry++)
        {
            Add(_renamedIn, set._renamedIn, entry);
            Add(_newNameIn, set._newNameIn, entry);
            Add(_localIn, set._localIn, entry);
            Add(_usedIn, set._usedIn, entry);
        }

        void Add(int[] here, int[] there, int entry)
        {
            if (here[entry] != Nowhere)
            {
                Note(ref there[entry], file);
            }
        }
    }

    /// <param name="path">The file.</param>
    /// <param name="memberName">Names a member by its number.</param>
    /// <exception cref="DiagnosticException">
    /// MINIOS1333: a renamed symbol would meet one that has the name already; MINIOS1334: a name that is made local is used elsewhere.
    /// </exception>
    public void Require(string path, Func<int, string> memberName)
    {
        for (int entry = 0; entry < map.Count; entry++)
        {
            if (_renamedIn[entry] != Nowhere && _newNameIn[entry] != Nowhere)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    PassCodes.NameTaken,
                    $"\"{Old(entry)}\" of {memberName(_renamedIn[entry])} would become \"{SymbolMapText.Text(map[entry].NewName)}\", a name that {memberName(_newNameIn[entry])} has already; rename one of them in the source, or choose another new name",
                    path));
            }

            if (_localIn[entry] != Nowhere && _usedIn[entry] != Nowhere)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    PassCodes.LocalNameUsed,
                    $"\"{Old(entry)}\" would be made local in {memberName(_localIn[entry])}, but {memberName(_usedIn[entry])} refers to it and would not find it any more; keep or rename the name",
                    path));
            }
        }
    }

    private string Old(int entry) => SymbolMapText.Text(map[entry].Name);

    private static void Note(ref int first, int member)
    {
        int known = Volatile.Read(ref first);
        while (member < known)
        {
            int found = Interlocked.CompareExchange(ref first, member, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }

    private static int[] Empty(int count)
    {
        int[] members = new int[count];
        Array.Fill(members, Nowhere);
        return members;
    }
}
