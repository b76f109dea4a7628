using System.Text;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Options;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Forecast;

/// <summary>Goes through the files of a link as GNU ld does: objects as they come, archives until they have nothing more to give, groups likewise.</summary>
internal sealed class LinkRun
{
    private readonly LinkSettings _settings;
    private readonly HashSet<string> _wrapped;
    private readonly ObjectReader _reader = new(ObjectFault.NotRelocatable, ObjectFault.OtherMachine, ObjectFault.OnlyIntermediateCode);
    private readonly KeptSections _kept = new();
    private readonly Dictionary<int, LinkArchive?> _archives = [];
    private readonly Dictionary<int, int> _parts = [];
    private int _taken;

    public LinkRun(LinkSettings settings, LinkLine line)
    {
        _settings = settings;
        Line = line;
        _wrapped = new HashSet<string>(settings.Options.Wrapped, StringComparer.Ordinal);
        Names = new LinkNames(settings.Options.AllowsMultipleDefinition);
        // Object 0 is what is no object: the options.
        Objects.Add(new LinkObject(new LinkInput(LinkParty.Guest, "", settings.Script?.Path ?? "linker options", default)));
    }

    public LinkLine Line { get; }

    public LinkNames Names { get; }

    /// <summary>The objects that are taken, and what is no object but refers to names: those have no number.</summary>
    public List<LinkObject> Objects { get; } = [];

    public List<Finding> Damage { get; } = [];

    /// <summary>The first file whose names could not be read, for the middle of a sentence; null for none.</summary>
    public string? Unread { get; private set; }

    public IEnumerable<LinkArchive> Archives => _archives.Values.OfType<LinkArchive>();

    /// <summary>The names that the linker script defines if they are needed and nobody else does, and what it defines them by.</summary>
    public Dictionary<int, IReadOnlyList<string>> Provided { get; } = [];

    public void Run()
    {
        AddRoots();
        AddRun(0, Line.Inputs.Count, 0, isFirst: true);
        // What is only evaluated fetches nothing.
        foreach ((int name, IReadOnlyList<string> references) in Provided.ToArray())
        {
            if (Names[name].State is LinkNameState.Needed or LinkNameState.WeaklyNeeded)
            {
                AddNeeds(references, 0);
            }
        }

        foreach (LinkerScriptNames script in Line.Scripts)
        {
            AddNeeds(script.References, 0);
        }
    }

    private void AddRoots()
    {
        LinkerOptions options = _settings.Options;
        AddNeeds(Line.Externs, 0);
        AddNeeds(options.Undefined, 0);
        if ((options.Entry ?? Line.Entry) is { Length: > 0 } entry && !char.IsAsciiDigit(entry[0]))
        {
            AddNeeds([entry], 0);
        }

        AddAssignments(options.Assignments, 0, isFirst: true);
    }

    private void AddNeeds(IEnumerable<string> names, int owner)
    {
        foreach (string name in names)
        {
            Names.Ask(Names.Table.Add(name), owner);
        }
    }

    private void AddAssignments(IReadOnlyList<LinkerAssignment> assignments, int owner, bool isFirst)
    {
        foreach (LinkerAssignment assignment in assignments)
        {
            int name = Names.Table.Add(assignment.Name);
            if (assignment.IsProvided && Names[name].State is not (LinkNameState.Needed or LinkNameState.WeaklyNeeded))
            {
                Provided[name] = assignment.References;
            }
            else
            {
                Names.Assign(name, owner);
                AddNeeds(isFirst ? assignment.References : [], owner);
            }
        }
    }

    /// <summary>Goes through neighbours, those of one group again and again until they are quiet.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="depth">How many groups they all stand in.</param>
    /// <param name="isFirst">Whether they were not gone through before.</param>
    private void AddRun(int start, int end, int depth, bool isFirst)
    {
        for (int i = start; i < end; i++)
        {
            int group = GroupOf(i, depth);
            if (group == 0)
            {
                Add(i, Line.Inputs[i], isFirst);
                continue;
            }

            int first = i;
            while (i + 1 < end && GroupOf(i + 1, depth) == group)
            {
                i++;
            }

            AddGroup(first, i + 1, depth + 1, isFirst);
        }
    }

    private int GroupOf(int input, int depth) =>
        depth == 0 ? Line.Inputs[input].Group : Line.Inputs[input].Inner is { } inner && depth <= inner.Count ? inner[depth - 1] : 0;

    private void AddGroup(int start, int end, int depth, bool isFirst)
    {
        int wants;
        do
        {
            wants = Names.Wants;
            AddRun(start, end, depth, isFirst);
            isFirst = false;
        }
        while (wants != Names.Wants);
    }

    private void Add(int number, LinkInput input, bool isFirst)
    {
        if (input.Script is { } script)
        {
            AddScript(number, input, script, isFirst);
        }
        else if (!isFirst)
        {
            if (_archives.GetValueOrDefault(number) is { } known)
            {
                Fetch(known);
            }
        }
        else if (input.Names is { } part)
        {
            AddNames(input, part);
        }
        else if (input.IsSymbolsOnly)
        {
            AddValues(input);
        }
        else if (!ArArchive.IsArchive(input.Data.Span))
        {
            AddObject(new LinkObject(input), input.Data);
        }
        else if (Open(input) is { } archive)
        {
            _archives.Add(number, archive);
            if (input.IsWhole)
            {
                for (int member = 0; member < archive.Members.Count; member++)
                {
                    Take(archive, member);
                }
            }
            else
            {
                Fetch(archive);
            }
        }
    }

    private void AddScript(int number, LinkInput input, LinkScriptPart script, bool isFirst)
    {
        if (!_parts.TryGetValue(number, out int owner))
        {
            owner = Objects.Count;
            _parts.Add(number, owner);
            Objects.Add(new LinkObject(input));
            AddNeeds(script.Externs, owner);
        }

        AddAssignments(script.Assignments, owner, isFirst);
    }

    /// <summary>ld manual, --just-symbols: the symbols of a linked file have their values, and what others define after it or weakly gives way silently.</summary>
    private void AddValues(LinkInput input)
    {
        var file = new LinkObject(input);
        try
        {
            ElfFile elf = ElfFile.Parse(input.Data);
            int owner = Objects.Count;
            Objects.Add(file);
            foreach (ElfSymbol symbol in elf.Symbols)
            {
                if (symbol.IsGlobal && symbol.IsDefined && symbol.HasName && Names.Table.Add(VersionedName.Plain(symbol.NameBytes)) is var name
                    && Names[name].State is not (LinkNameState.Defined or LinkNameState.Assigned))
                {
                    Names.Assign(name, owner);
                }
            }
        }
        catch (ObjectFormatException e)
        {
            Damaged(file, e.Code, e.Located);
        }
    }

    private LinkArchive? Open(LinkInput input)
    {
        var file = new LinkObject(input);
        if (ObjectReader.OpenArchive(input.Path, input.Data, refusal => Refuse(file, refusal)) is not { } archive)
        {
            return null;
        }

        if (archive.Index is null && archive.Members.Count > 0 && !input.IsWhole)
        {
            // Its names are known all the same.
            Damage.Add(Found(file, FindingCodes.NoObject, "an archive without an index, which the linker refuses; run ranlib on it."));
        }

        return new LinkArchive(input, archive, Names.Table);
    }

    /// <summary>Takes the members of an archive that define what is needed, until a round through its index brings nothing new.</summary>
    private void Fetch(LinkArchive archive)
    {
        if (archive.Input.IsWhole)
        {
            return;
        }

        // What is defined now may be common when the archive's turn comes again.
        Array.Clear(archive.Done);
        bool again;
        do
        {
            again = false;
            for (int i = 0; i < archive.Entries.Count; i++)
            {
                if (archive.Done[i])
                {
                    continue;
                }

                (int name, int member) = archive.Entries[i];
                if (member < 0 || archive.Taken[member] is not null || Names[name].IsDefined)
                {
                    archive.Done[i] = true;
                    continue;
                }

                if (!IsWorthFetching(archive, name, member))
                {
                    continue;
                }

                int wants = Names.Wants;
                int user = Names.FirstUser(name);
                LinkObject taken = Take(archive, member);
                taken.TakenFor = Names.Table.Text(name);
                taken.TakenBy = user >= 0 && Objects[user].IsTaken ? Objects[user] : null;
                again |= wants != Names.Wants;
            }
        }
        while (again);
    }

    private bool IsWorthFetching(LinkArchive archive, int name, int member) => Names[name].State switch
    {
        LinkNameState.Needed => !Names[name].IsDropped,
        LinkNameState.Common => archive.DefinesData(member, Names.Table.Bytes(name)),
        _ => false,
    };

    private LinkObject Take(LinkArchive archive, int member)
    {
        LinkObject taken = archive.NewObject(member);
        archive.Taken[member] = taken;
        AddObject(taken, archive.Members[member].Data);
        return taken;
    }

    private void AddNames(LinkInput input, ContractPart part)
    {
        var owner = new LinkObject(input);
        int number = Number(owner);
        for (int i = 0; i < part.Needs.Count; i++)
        {
            Names.Use(Names.Table.Add(part.Needs[i].Name), number, i, part.Needs[i].IsWeak);
        }

        for (int i = 0; i < part.Gifts.Count; i++)
        {
            ContractGift gift = part.Gifts[i];
            int name = Names.Table.Add(gift.Name);
            if (gift.Kind == SymbolKind.Common)
            {
                Names.DefineCommon(name, number, part.Needs.Count + i, 0);
            }
            else
            {
                Names.Define(name, number, part.Needs.Count + i, 0, 0, isAbsolute: false, gift.IsWeak);
            }
        }
    }

    private void AddObject(LinkObject owner, ReadOnlyMemory<byte> data)
    {
        if (_reader.Read(new ObjectFile(owner.File, data), refusal => Refuse(owner, refusal)) is { } elf)
        {
            owner.Elf = elf;
            _kept.Meet(owner, elf);
            AddSymbols(owner, elf);
        }
    }

    private void Refuse(LinkObject owner, ObjectRefusal refusal)
    {
        ElfFile? elf = refusal.Elf;
        (string code, string message) = refusal.Fault switch
        {
            ObjectFault.Damaged => (refusal.Damage!.Code, refusal.Damage.Located),
            ObjectFault.Thin => (FindingCodes.NoObject, "a thin archive holds no objects, only their paths, which are not followed; make it without T."),
            ObjectFault.NotElf => (
                FindingCodes.NoObject, $"{(refusal.IsArchive ? "an archive" : "not an ELF file")}; a link takes relocatable ELF objects and archives of them. Remove it."),
            ObjectFault.NotRelocatable => (FindingCodes.NoObject, $"an ELF file of type {elf!.Type}; a static link takes relocatable objects. Remove it."),
            ObjectFault.OtherMachine => (
                FindingCodes.OtherMachine,
                $"for {MachineKind.Of(elf!)}, but the first object of the link is for {refusal.First.Kind}; no link takes both. Compile it for the same machine."),
            _ => (
                FindingCodes.IntermediateCode,
                "holds intermediate code for link-time optimisation only, whose names cannot be known before the link; compile it with -fno-lto."),
        };
        Damaged(owner, code, message);
    }

    private void Damaged(LinkObject owner, string code, string message)
    {
        Damage.Add(Found(owner, code, message));
        Unread ??= owner.Place;
    }

    private void AddSymbols(LinkObject owner, ElfFile elf)
    {
        int number = Number(owner);
        for (int index = 1; index < elf.Symbols.Count; index++)
        {
            ElfSymbol symbol = elf.Symbols[index];
            if (!symbol.IsGlobal || !symbol.HasName)
            {
                continue;
            }

            ReadOnlySpan<byte> bytes = symbol.NameBytes;
            bool isWeak = symbol.Binding == ElfSymbolBinding.Weak;
            int name = symbol.IsUndefined && _wrapped.Count > 0 ? WrappedName(bytes) : Names.Table.Add(VersionedName.Plain(bytes));
            if (symbol.IsUndefined)
            {
                Names.Use(name, number, index, isWeak);
            }
            else if (symbol.IsCommon)
            {
                Names.DefineCommon(name, number, index, symbol.Size);
            }
            else if (symbol.Placement == ElfSymbolPlacement.Section && IsLeftOut(owner, elf, (int)symbol.SectionIndex))
            {
                Names.UseKept(name, number, index, symbol.Size, isWeak);
            }
            else
            {
                Names.Define(name, number, index, symbol.Value, symbol.Size, symbol.IsAbsolute, isWeak);
                if (bytes.IndexOf("@@"u8) is > 0 and int at)
                {
                    // The default version answers to its full name too.
                    Names.Define(Names.Table.Add([.. bytes[..at], .. bytes[(at + 1)..]]), number, index, symbol.Value, symbol.Size, symbol.IsAbsolute, isWeak);
                }
            }
        }
    }

    private static bool IsLeftOut(LinkObject owner, ElfFile elf, int section) =>
        owner.IsDiscarded(section) || (elf.Sections[section].Flags & ElfSectionFlags.Exclude) != 0;

    /// <summary>ld manual, --wrap: references to NAME go to __wrap_NAME, and those to __real_NAME to NAME.</summary>
    private int WrappedName(ReadOnlySpan<byte> bytes)
    {
        string name = Encoding.UTF8.GetString(bytes);
        const string real = "__real_";
        return _wrapped.Contains(name) ? Names.Table.Add("__wrap_" + name)
            : name.StartsWith(real, StringComparison.Ordinal) && _wrapped.Contains(name[real.Length..]) ? Names.Table.Add(name[real.Length..])
            : Names.Table.Add(bytes);
    }

    private int Number(LinkObject owner)
    {
        owner.Number = _taken++;
        Objects.Add(owner);
        return Objects.Count - 1;
    }

    private static Finding Found(LinkObject owner, string code, string message) =>
        new(code, DiagnosticSeverity.Error, owner.Library, owner.File, owner.Member, null, message);
}
