using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Forecast;

/// <summary>
/// The names of a link and what becomes of them as one object after the other comes: the table of a linker, by state of the name and
/// kind of the newcomer (gABI, Symbol Table: STB_WEAK, SHN_COMMON; measured on GNU ld where that leaves it open).
/// </summary>
internal sealed class LinkNames(bool allowsDuplicates)
{
    private readonly List<(int Object, int Symbol, bool IsWeak, int Next)> _uses = [];
    private LinkName[] _names = new LinkName[1024];

    public NameTable Table { get; } = new();

    public List<LinkMeeting> Meetings { get; } = [];

    /// <summary>Grows whenever a name comes to be needed, so that archives are worth another look.</summary>
    public int Wants { get; private set; }

    public ref LinkName this[int name]
    {
        get
        {
            if (name >= _names.Length)
            {
                Array.Resize(ref _names, Math.Max(name + 1, _names.Length * 2));
            }

            return ref _names[name];
        }
    }

    /// <summary>A reference to a name.</summary>
    public void Use(int number, int owner, int symbol, bool isWeak)
    {
        ref LinkName name = ref this[number];
        AddUse(ref name, owner, symbol, isWeak);
        if (isWeak)
        {
            name.State = name.State == LinkNameState.New ? LinkNameState.WeaklyNeeded : name.State;
        }
        else if (name.State <= LinkNameState.WeaklyNeeded)
        {
            name.State = LinkNameState.Needed;
            Wants++;
        }
    }

    /// <summary>An option or a script asks for a name: what is known of it already, if only as a weak reference, stays as it is.</summary>
    public void Ask(int number, int owner)
    {
        ref LinkName name = ref this[number];
        AddUse(ref name, owner, -1, isWeak: false);
        if (name.State == LinkNameState.New)
        {
            name.State = LinkNameState.Needed;
            Wants++;
        }
    }

    /// <summary>A definition in a section that is left out: the name refers to the copy that was kept, if that has it.</summary>
    public void UseKept(int number, int owner, int symbol, ulong size, bool isWeak)
    {
        if (this[number].State >= LinkNameState.Common)
        {
            Meetings.Add(new LinkMeeting(number, CollisionKind.Comdat, owner, symbol, size));
            return;
        }

        Use(number, owner, symbol, isWeak);
        this[number].IsDropped = true;
    }

    /// <summary>A script or an option defines a name, over what objects do.</summary>
    public void Assign(int number, int owner)
    {
        ref LinkName name = ref this[number];
        if (name.State >= LinkNameState.Common && !name.IsAssigned)
        {
            Lose(number, CollisionKind.Script, name.Object, name.Symbol, name.Size);
        }

        name.IsAssigned = true;
        if (name.State is LinkNameState.WeaklyDefined or LinkNameState.Defined or LinkNameState.Overridden)
        {
            name.State = LinkNameState.Overridden;
            return;
        }

        name.State = LinkNameState.Assigned;
        name.Object = owner;
        name.Symbol = -1;
    }

    /// <summary>A definition with a place.</summary>
    public void Define(int number, int owner, int symbol, ulong value, ulong size, bool isAbsolute, bool isWeak)
    {
        ref LinkName name = ref this[number];
        switch (name.State)
        {
            case LinkNameState.Assigned:
                // For those that follow, the object's definition is the first.
                Lose(number, CollisionKind.Script, owner, symbol, size);
                break;
            case LinkNameState.Overridden:
                Lose(number, allowsDuplicates ? CollisionKind.Allowed : CollisionKind.Refused, owner, symbol, size);
                return;
            case LinkNameState.Defined when isWeak:
                Lose(number, CollisionKind.StrongOverWeak, owner, symbol, size);
                return;
            case LinkNameState.Defined:
                bool isSame = name.IsAbsolute && isAbsolute && name.Value == value;
                Lose(
                    number, isSame ? CollisionKind.SameValue : allowsDuplicates ? CollisionKind.Allowed : CollisionKind.Refused, owner, symbol, size);
                return;
            case LinkNameState.WeaklyDefined when isWeak:
                Lose(number, CollisionKind.FirstOfWeak, owner, symbol, size);
                return;
            case LinkNameState.WeaklyDefined:
                Lose(number, CollisionKind.StrongOverWeak, name.Object, name.Symbol, name.Size);
                break;
            case LinkNameState.Common when isWeak:
                Lose(number, CollisionKind.CommonOverWeak, owner, symbol, size);
                return;
            case LinkNameState.Common:
                Lose(number, CollisionKind.DefinitionOverCommon, name.Object, name.Symbol, name.Size);
                break;
        }

        name.State = isWeak ? LinkNameState.WeaklyDefined : LinkNameState.Defined;
        Take(ref name, owner, symbol, size);
        name.Value = value;
        name.IsAbsolute = isAbsolute;
    }

    /// <summary>A common symbol.</summary>
    public void DefineCommon(int number, int owner, int symbol, ulong size)
    {
        ref LinkName name = ref this[number];
        switch (name.State)
        {
            case LinkNameState.Assigned or LinkNameState.Overridden:
                Lose(number, CollisionKind.Script, owner, symbol, size);
                break;
            case LinkNameState.Defined:
                Lose(number, CollisionKind.DefinitionOverCommon, owner, symbol, size);
                return;
            case LinkNameState.Common when size <= name.Size:
                Lose(number, CollisionKind.CommonMerged, owner, symbol, size);
                return;
            case LinkNameState.Common:
                Lose(number, CollisionKind.CommonMerged, name.Object, name.Symbol, name.Size);
                break;
            case LinkNameState.WeaklyDefined:
                Lose(number, CollisionKind.CommonOverWeak, name.Object, name.Symbol, name.Size);
                break;
            case LinkNameState.New:
                Wants++;
                break;
        }

        name.State = LinkNameState.Common;
        name.IsAbsolute = false;
        Take(ref name, owner, symbol, size);
    }

    /// <summary>Everyone that refers to a name, in the order of the link.</summary>
    public IEnumerable<(int Object, int Symbol, bool IsWeak)> UsesOf(int number)
    {
        for (int use = this[number].FirstUse; use != 0; use = _uses[use - 1].Next)
        {
            yield return (_uses[use - 1].Object, _uses[use - 1].Symbol, _uses[use - 1].IsWeak);
        }
    }

    /// <summary>The object that first cannot do without a name, by number; -1 for none.</summary>
    public int FirstUser(int number)
    {
        foreach ((int user, _, bool isWeak) in UsesOf(number))
        {
            if (!isWeak)
            {
                return user;
            }
        }

        return -1;
    }

    private static void Take(ref LinkName name, int owner, int symbol, ulong size)
    {
        name.Object = owner;
        name.Symbol = symbol;
        name.Size = size;
    }

    private void Lose(int number, CollisionKind kind, int owner, int symbol, ulong size) =>
        Meetings.Add(new LinkMeeting(number, kind, owner, symbol, size));

    private void AddUse(ref LinkName name, int owner, int symbol, bool isWeak)
    {
        _uses.Add((owner, symbol, isWeak, 0));
        if (name.LastUse == 0)
        {
            name.FirstUse = _uses.Count;
        }
        else
        {
            _uses[name.LastUse - 1] = _uses[name.LastUse - 1] with { Next = _uses.Count };
        }

        name.LastUse = _uses.Count;
    }
}

/// <summary>What a linker knows of a name.</summary>
internal enum LinkNameState : byte
{
    New,
    WeaklyNeeded,
    Needed,
    Common,
    WeaklyDefined,
    Defined,

    /// <summary>By the linker script or an option so far, and by no object yet.</summary>
    Assigned,

    /// <summary>By an object, and then by the linker script over it: the linker refuses every definition that follows.</summary>
    Overridden,
}
