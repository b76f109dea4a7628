using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Forecast;

/// <summary>What is left when all files of a link have been gone through: names without a definition, definitions without a use.</summary>
internal sealed class LinkOutcome
{
    private readonly LinkRun _run;
    private readonly LinkNames _names;
    private readonly WildcardPatterns _patterns = new();
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<int, HashSet<int>> _referred = [];

    public LinkOutcome(LinkRun run, LinkSettings settings)
    {
        _run = run;
        _names = run.Names;
        foreach (string name in settings.LinkerNames)
        {
            if (WildcardPatterns.IsPattern(name))
            {
                _patterns.Add(System.Text.Encoding.UTF8.GetBytes(name));
            }
            else
            {
                _exact.Add(name);
            }
        }

        _sections.UnionWith(run.Line.Scripts.SelectMany(script => script.Sections));
        FindMissing(settings);
        FindCollisions();
        FindPassedOver();
    }

    /// <summary>The functions that code for any module asks for the address of a thread-local variable.</summary>
    public static IReadOnlyList<string> ThreadLocalCalls { get; } = ["__tls_get_addr", "___tls_get_addr"];

    public List<MissingName> Missing { get; } = [];

    public List<LinkCollision> Collisions { get; } = [];

    private void FindMissing(LinkSettings settings)
    {
        HashSet<string>? required = settings.Options.Required.Count > 0 ? new HashSet<string>(settings.Options.Required, StringComparer.Ordinal) : null;
        HashSet<string> expressions = new(
            _run.Line.Scripts.SelectMany(script => script.Assignments).Concat(settings.Options.Assignments).Where(a => !a.IsProvided || IsAsked(a.Name))
                .SelectMany(a => a.References).Concat(_run.Line.Scripts.SelectMany(script => script.References)), StringComparer.Ordinal);
        bool hasSections = false;
        for (int number = 0; number < _names.Table.Count; number++)
        {
            if (_names[number].State is not (LinkNameState.Needed or LinkNameState.WeaklyNeeded) || _run.Provided.ContainsKey(number))
            {
                continue;
            }

            string name = _names.Table.Text(number);
            if (!hasSections)
            {
                hasSections = true;
                ReadSections();
            }

            if (IsMadeByLinker(number, name))
            {
                continue;
            }

            var uses = new List<LinkUse>();
            foreach ((int user, int symbol, bool isWeakUse) in _names.UsesOf(number))
            {
                // What options and scripts only ask for may be absent; what their expressions compute with may not.
                bool counts = !_run.Objects[user].IsTaken ? required?.Contains(name) == true || expressions.Contains(name) : IsReferred(user, symbol);
                if (counts)
                {
                    uses.Add(new LinkUse(new LinkPlace(_run.Objects[user], symbol), isWeakUse));
                }
            }

            if (uses.Count > 0)
            {
                Missing.Add(new MissingName(name, _names[number].State == LinkNameState.WeaklyNeeded && uses.TrueForAll(use => use.IsWeak), uses));
            }
        }
    }

    /// <summary>Whether a name that a script provides is provided.</summary>
    private bool IsAsked(string name) => _names.Table.Find(name) is >= 0 and int number
        && (_names[number].IsAssigned || _names[number].State is LinkNameState.Needed or LinkNameState.WeaklyNeeded);

    private bool IsMadeByLinker(int number, string name) =>
        _exact.Contains(name) || _patterns.Matches(_names.Table.Bytes(number))
        || (SectionOf(name) is { } section && _sections.Contains(section));

    private static string? SectionOf(string name) =>
        name.StartsWith("__start_", StringComparison.Ordinal) ? name["__start_".Length..]
        : name.StartsWith("__stop_", StringComparison.Ordinal) ? name["__stop_".Length..]
        : null;

    /// <summary>The names of the sections that come together from the objects; ld manual, Input Section Example: those that are C identifiers get symbols.</summary>
    private void ReadSections()
    {
        foreach (LinkObject owner in _run.Objects)
        {
            foreach (ElfSection section in owner.Elf?.Sections ?? [])
            {
                if ((section.Flags & ElfSectionFlags.Alloc) != 0 && !owner.IsDiscarded(section.Index) && !section.NameBytes.StartsWith("."u8))
                {
                    _sections.Add(section.Name);
                }
            }
        }
    }

    /// <summary>The linker looks for a definition where it has something to fill in: of a symbol that no relocation of a kept section names, it misses none.</summary>
    private bool IsReferred(int user, int symbol)
    {
        if (_run.Objects[user].Elf is not { } elf)
        {
            return true;
        }

        if (!_referred.TryGetValue(user, out HashSet<int>? symbols))
        {
            _referred.Add(user, symbols = Referred(_run.Objects[user], elf));
        }

        return symbols.Contains(symbol);
    }

    private static HashSet<int> Referred(LinkObject owner, ElfFile elf)
    {
        var symbols = new HashSet<int>();
        foreach (ElfSection section in elf.Sections)
        {
            if (section.Type is not (ElfSectionType.Rel or ElfSectionType.Rela) || section.Link != (uint)elf.Symbols.SectionIndex || owner.IsDiscarded((int)section.Info))
            {
                continue;
            }

            try
            {
                bool isThreadLocal = false;
                foreach (ElfRelocation relocation in elf.Relocations(section.Index))
                {
                    if (!isThreadLocal || !IsThreadLocalCall(elf, relocation.SymbolIndex))
                    {
                        symbols.Add(relocation.SymbolIndex);
                    }

                    isThreadLocal = elf.Machine.AsksForThreadLocalAddress(relocation.Type);
                }
            }
            catch (ObjectFormatException)
            {
                // The linker complains of it; what was read counts.
            }
        }

        return symbols;
    }

    /// <summary>The call behind the address of a thread-local variable: a static link replaces both and needs no such function (ELF Handling For Thread-Local Storage, 5).</summary>
    private static bool IsThreadLocalCall(ElfFile elf, int symbol) =>
        (uint)symbol < (uint)elf.Symbols.Count && ThreadLocalCalls.Contains(elf.Symbols[symbol].Name);

    private void FindCollisions()
    {
        foreach (LinkMeeting meeting in _names.Meetings)
        {
            LinkName name = _names[meeting.Name];
            LinkPlace winner = meeting.Kind == CollisionKind.Script ? new LinkPlace(_run.Objects[0], -1) : new LinkPlace(_run.Objects[name.Object], name.Symbol);
            Collisions.Add(new LinkCollision(
                _names.Table.Text(meeting.Name), meeting.Kind, winner,
                new LinkPlace(_run.Objects[meeting.Object], meeting.Symbol), name.Size, meeting.Size));
        }
    }

    /// <summary>Members that stay in their archive although they define a name of the link: their definition would have been another.</summary>
    private void FindPassedOver()
    {
        foreach (LinkArchive archive in _run.Archives)
        {
            LinkObject? owner = null;
            int last = -1;
            foreach ((int number, int member) in archive.Entries)
            {
                if (member < 0 || archive.Taken[member] is not null || _names[number] is not { State: >= LinkNameState.Common } name
                    || ReferenceEquals(_run.Objects[name.Object].Input, archive.Input))
                {
                    continue;
                }

                if (member != last)
                {
                    (last, owner) = (member, archive.NewObject(member));
                }

                Collisions.Add(new LinkCollision(
                    _names.Table.Text(number), CollisionKind.NotTaken, new LinkPlace(_run.Objects[name.Object], name.Symbol), new LinkPlace(owner!, -1), name.Size));
            }
        }
    }
}

/// <summary>A name that is needed and that nothing in the link gives.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsWeak">Whether all can do without it: it is 0 then, and the link succeeds.</param>
/// <param name="Uses">Everyone that refers to it, in the order of the link.</param>
public sealed record MissingName(string Name, bool IsWeak, IReadOnlyList<LinkUse> Uses)
{
    /// <summary>The first object of an origin that cannot do without it; null for none.</summary>
    public LinkObject? NeededBy(LinkOrigin origin) => Uses.Where(use => !use.IsWeak && use.Place.Object.Input.Origin == origin).Select(use => use.Place.Object).FirstOrDefault();
}
