using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.MachineCode;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Forecast;

/// <summary>Turns what a forecast says into findings, at the lines of the sources where these are known.</summary>
internal sealed class LinkFindings
{
    private const int MostTold = 3;

    private readonly LinkCheckInput _input;
    private readonly LinkForecast _forecast;
    private readonly FindingLevels _levels;
    private readonly LinkSources _sources;
    private readonly LinkHints _hints;
    private readonly HashSet<string> _hooks;
    private readonly List<Finding> _found = [];

    public LinkFindings(LinkCheckInput input, LinkForecast forecast)
    {
        _input = input;
        _forecast = forecast;
        _levels = input.Levels ?? input.Policy.Levels;
        _sources = new LinkSources(input.PathMap);
        _hints = new LinkHints(input, forecast, new ContractNames(input.Policy));
        _hooks = new HashSet<string>(input.Policy.Hooks.Select(hook => hook.Text), StringComparer.Ordinal);
    }

    public List<Finding> Find()
    {
        foreach (Finding lost in _forecast.Line.Findings)
        {
            Add(lost.Code, new LinkSite(lost.Library, lost.File, null, lost.Position), lost.Symbol, lost.Message);
        }

        _found.AddRange(_forecast.Damage);
        if ((_input.Absent ?? _forecast.Unread) is { } unread)
        {
            FindUnknown([.. _forecast.Missing.Where(missing => !missing.IsWeak)], unread);
        }
        else
        {
            foreach (MissingName missing in _forecast.Missing.Where(missing => !IsThreadLocalCall(missing)))
            {
                FindMissing(missing);
            }
        }

        FindCollisions();
        FindStart();
        FindSymbols(
            ElfSymbolType.Tls, FindingCodes.ThreadLocal,
            "is thread-local, and no thread of a guest has memory for such variables. Use a plain variable, or compile the library without thread-local storage.");
        FindSymbols(
            ElfSymbolType.GnuIfunc, FindingCodes.IndirectFunction,
            "is chosen at the start of the program by a resolver, which nothing in a guest calls (STT_GNU_IFUNC). Use a plain function, or compile the library without ifunc.");
        if (_input.ScansCode)
        {
            FindCode();
        }

        return _found;
    }

    /// <summary>Names that a file may give of which nothing is known: they are no errors yet, and one note tells of them all.</summary>
    private void FindUnknown(MissingName[] missing, string unread)
    {
        if (missing.Length == 0)
        {
            return;
        }

        LinkUsers users = LinkUsers.Of(missing[0], _sources, _input.ScriptPath);
        string others = missing.Length == 1 ? "" : $" The same goes for {string.Join(", ", missing.Skip(1).Take(MostTold).Select(name => $"\"{name.Name}\""))}"
            + (missing.Length - 1 > MostTold ? $" and {missing.Length - 1 - MostTold} more." : ".");
        Add(
            FindingCodes.MissingName, users.First, missing[0].Name,
            $"\"{missing[0].Name}\" is needed here{users.Others} and nothing that could be read gives it; {unread} could not be read and may.{others} Mend that first.", most: DiagnosticSeverity.Message);
    }

    /// <summary>Whether a name is only missed by code that is told to be thread-local, so that nobody should look for a library that has it.</summary>
    private bool IsThreadLocalCall(MissingName missing) =>
        LinkOutcome.ThreadLocalCalls.Contains(missing.Name) && _levels.SeverityOf(FindingCodes.ThreadLocal) == DiagnosticSeverity.Error
        && missing.Uses.All(use => use.Place.Object.Elf?.Symbols.Any(symbol => symbol.Type == ElfSymbolType.Tls && !symbol.NameBytes.IsEmpty) == true);

    private void FindMissing(MissingName missing)
    {
        LinkUsers users = LinkUsers.Of(missing, _sources, _input.ScriptPath);
        if (missing.IsWeak)
        {
            Add(FindingCodes.MissingWeakName, users.First, missing.Name, $"\"{missing.Name}\" is referred to weakly and nothing in the link gives it: it is 0{users.Others}.");
            return;
        }

        string hint = _hints.For(missing);
        string dropped = _input.Options.CollectsSections ? " With --gc-sections the linker may come to drop the code that needs it." : "";
        DiagnosticSeverity most = _input.Options.AllowsMissingNames ? DiagnosticSeverity.Message
            : _input.Options.CollectsSections ? DiagnosticSeverity.Warning
            : DiagnosticSeverity.Error;
        Add(
            FindingCodes.MissingName, users.First, missing.Name,
            $"\"{missing.Name}\" is needed here{users.Others} and nothing in the link gives it. {hint}{dropped}", most: most);
    }

    // The default of a weak hook links without a word, and the guest that it makes ends well.
    private void FindStart()
    {
        if (_input.Start is not { } start || !_hooks.Contains(start) || _forecast.DefinitionOf(start) is not { Object.Party: LinkParty.Framework } standIn)
        {
            return;
        }

        if (_forecast.DefinitionOf("main") is { Object.Party: LinkParty.Guest } main)
        {
            AddAt(FindingCodes.NoStart, main, "main", $"\"main\" is defined here, but a guest starts at \"{start}\", which nothing of the guest defines, so \"main\" is never called. Rename it to \"{start}\", or call it from there.");
        }
        else
        {
            AddAt(FindingCodes.NoStart, standIn, start, $"nothing of the guest that is linked defines \"{start}\", where a guest starts, and the framework's own does nothing. Define it in a source or object of the guest: a library's is not asked for.");
        }
    }

    private void FindCollisions()
    {
        LinkObject? passedOver = null;
        LinkPlace firstWinner = default;
        int first = 0, more = 0;
        foreach (LinkCollision collision in _forecast.Collisions)
        {
            if (collision.Kind != CollisionKind.NotTaken)
            {
                FindCollision(collision);
            }
            else if (collision.Loser.Object == passedOver)
            {
                // One finding for a member, however many of its names are taken.
                _found[first] = _found[first] with { Message = PassedOver(passedOver!, _found[first].Symbol!, firstWinner, ++more) };
            }
            else
            {
                (passedOver, more) = (null, 0);
                int before = _found.Count;
                firstWinner = collision.Winner;
                Add(
                    FindingCodes.PassedOverMember, SiteOf(collision.Loser.Object), collision.Name,
                    PassedOver(collision.Loser.Object, collision.Name, collision.Winner, 0), _sources.DefinitionOf(collision.Winner));
                if (_found.Count > before)
                {
                    (passedOver, first) = (collision.Loser.Object, before);
                }
                else
                {
                    break; // The code is silenced, and only passed over members come after.
                }
            }
        }
    }

    private string PassedOver(LinkObject member, string name, in LinkPlace winner, int more) =>
        $"the member is not linked for \"{name}\"{(more > 0 ? $" and {more} more name{(more > 1 ? "s" : "")}" : "")}: {Described(winner)} defines it already, and that definition serves everyone, {PartyOf(member)} too.";

    private static string PartyOf(LinkObject member) => member.Party switch
    {
        LinkParty.Framework => "the framework",
        LinkParty.Libc => "the C library",
        LinkParty.Compiler => "the compiler's library",
        _ => "the guest's libraries",
    };

    private void FindCollision(LinkCollision collision)
    {
        string name = collision.Name;
        LinkPlace winner = collision.Winner, loser = collision.Loser;
        switch (collision.Kind)
        {
            case CollisionKind.Refused:
                FindRefused(name, winner, loser);
                break;
            case CollisionKind.Allowed:
                AddAt(FindingCodes.DecidedByOrder, loser, name, $"\"{name}\" is defined here and in {Described(winner)}; an option lets the first one win, which is the other. Remove one of the two.");
                break;
            case CollisionKind.StrongOverWeak when loser.Object.Party == LinkParty.Guest && winner.Object.Party != LinkParty.Guest:
                AddAt(
                    FindingCodes.DecidedByOrder, loser, name,
                    $"the weak definition of {(_hooks.Contains(name) ? "the hook " : "")}\"{name}\" loses to the strong one in {Described(winner)}; define it strongly, or remove it.");
                break;
            case CollisionKind.FirstOfWeak when !ReferenceEquals(loser.Object.Input, winner.Object.Input):
                AddAt(
                    FindingCodes.DecidedByOrder, loser, name,
                    $"{(_hooks.Contains(name) ? "the hook " : "")}\"{name}\" is defined weakly here and in {Described(winner)}; the latter wins only because it comes first. Define the one that is meant strongly.");
                break;
            case CollisionKind.Script:
                AddAt(FindingCodes.DecidedByOrder, loser, name, $"\"{name}\" is defined here, but the linker script or an option gives it another value, which holds. Rename or remove it.");
                break;
            case CollisionKind.CommonMerged when collision.WinnerSize != collision.LoserSize:
                AddAt(FindingCodes.CommonMerged, loser, name, $"the common symbol \"{name}\" has {collision.LoserSize} bytes here and {collision.WinnerSize} in {Described(winner)}; a link makes them one variable. Declare it extern in all files but one, and compile with -fno-common.");
                break;
            case CollisionKind.DefinitionOverCommon:
                AddAt(FindingCodes.CommonMerged, loser, name, $"\"{name}\" is common here ({collision.LoserSize} bytes) and defined in {Described(winner)} ({collision.WinnerSize} bytes); a link makes them one. Declare it extern here, and compile with -fno-common.");
                break;
            case CollisionKind.CommonOverWeak:
                AddAt(FindingCodes.CommonMerged, loser, name, $"the weak definition of \"{name}\" loses to a common symbol in {Described(winner)}. Declare that one extern, and compile with -fno-common.");
                break;
            case CollisionKind.Comdat when collision.WinnerSize != collision.LoserSize:
                AddAt(FindingCodes.UnequalCopies, loser, name, $"\"{name}\" has {collision.LoserSize} bytes here and {collision.WinnerSize} in {Described(winner)}, of which the linker keeps the latter for both. Compile both from the same source with the same options.");
                break;
        }
    }

    // At the guest's own definition, which is the one that its author can change.
    private void FindRefused(string name, LinkPlace winner, LinkPlace loser)
    {
        (LinkPlace here, LinkPlace other) = winner.Object.Party == LinkParty.Guest && loser.Object.Party != LinkParty.Guest ? (winner, loser) : (loser, winner);
        string libc = here.Object.Party == LinkParty.Guest && other.Object.Party == LinkParty.Libc ? " With MiniosLibc private every name of C is the guest's own." : "";
        AddAt(FindingCodes.RefusedDuplicate, here, name, $"\"{name}\" is defined here and in {Described(other)}; the link takes both and fails. Make one static or weak, rename it, or leave out one of the two.{libc}");
    }

    private void FindSymbols(ElfSymbolType type, string code, string what)
    {
        foreach (LinkObject owner in _forecast.Objects)
        {
            int first = 0, more = -1;
            foreach (ElfSymbol symbol in owner.Elf?.Symbols ?? EmptySymbols)
            {
                if (symbol.Type == type && !symbol.NameBytes.IsEmpty
                    && !(symbol.Placement == ElfSymbolPlacement.Section && owner.IsDiscarded((int)symbol.SectionIndex)))
                {
                    first = more++ < 0 ? symbol.Index : first;
                }
            }

            if (first != 0)
            {
                ElfSymbol symbol = owner.Elf!.Symbols[first];
                var place = new LinkPlace(owner, first);
                Add(
                    code, SiteOf(owner), symbol.Name, $"\"{symbol.Name}\"{(more > 0 ? $" (and {more} more)" : "")} {what}",
                    symbol.IsUndefined ? _sources.UseOf(place) : _sources.DefinitionOf(place));
            }
        }
    }

    private static IEnumerable<ElfSymbol> EmptySymbols => [];

    private void FindCode()
    {
        bool isToldOnce = false;
        foreach (LinkObject owner in _forecast.Objects)
        {
            if (owner.Elf is not { } elf)
            {
                continue;
            }

            if (!MachineCodeScan.Knows(elf.Machine))
            {
                if (!isToldOnce)
                {
                    isToldOnce = true;
                    Add(FindingCodes.UnknownCode, SiteOf(owner), null, $"code for {elf.Machine} is not looked into: system calls in it are not found.");
                }

                continue;
            }

            foreach (CodeHit hit in MachineCodeScan.Scan(elf, owner.IsDiscarded))
            {
                FindHit(owner, elf, hit);
            }
        }
    }

    private void FindHit(LinkObject owner, ElfFile elf, in CodeHit hit)
    {
        string? function = hit.Symbol > 0 ? elf.Symbols[hit.Symbol].Name : null;
        string at = function is null
            ? $"{elf.Sections[hit.Section].Name}+0x{hit.Offset:x}"
            : $"{function}+0x{hit.Offset - elf.Symbols[hit.Symbol].Value:x}";
        string more = hit.Count > 1 ? $" (and {hit.Count - 1} more)" : "";
        (string code, string message) = hit.Trait switch
        {
            CodeTrait.SystemCall => (
                FindingCodes.SystemCall,
                $"\"{hit.Instruction}\" at {at}{more} calls an operating system; under Xen that is a hypercall or a fault. {(owner.Party == LinkParty.Guest && owner.Member is null ? "Call the framework instead" : "Replace the member by code that calls the framework, or choose a libc without system calls of its own")}."),
            CodeTrait.ThreadPointer => (
                FindingCodes.ThreadPointer,
                $"\"{hit.Instruction}\" at {at}{more} uses the thread pointer, which nothing sets up in a guest{Canary(elf.Machine, hit.Displacement)}."),
            _ => (
                FindingCodes.RedZone,
                $"\"{hit.Instruction}\" at {at}{more} keeps data below the stack pointer, where Xen writes when an event comes. Compile it with -mno-red-zone."),
        };
        Add(code, SiteOf(owner), function, message, _sources.LineAt(owner, hit.Section, hit.Offset));
    }

    private static string Canary(ElfMachine machine, long displacement) =>
        displacement == CodeMachine.Of(machine)?.Canary ? ": compile it with -fno-stack-protector" : ". Compile it without thread-local storage, or replace the member";

    private string Described(in LinkPlace place) =>
        place.Object.IsTaken && _sources.DefinitionOf(place) is { } position ? $"{place.Object.Place} at {position.File}({position.Line})" : place.Object.Place;

    private static LinkSite SiteOf(LinkObject owner) => new(owner.Library, owner.File, owner.Member, null);

    private void AddAt(string code, in LinkPlace place, string name, string message) =>
        Add(code, SiteOf(place.Object), name, message, _sources.DefinitionOf(place));

    private void Add(
        string code, in LinkSite site, string? name, string message, SourcePosition? position = null, DiagnosticSeverity most = DiagnosticSeverity.Error)
    {
        if (_levels.SeverityOf(code) is { } severity)
        {
            _found.Add(new Finding(
                code, severity < most ? severity : most, site.Library, site.File, site.Member, name, message, position ?? site.Position));
        }
    }
}
