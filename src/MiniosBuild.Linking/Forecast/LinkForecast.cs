using MiniosBuild.Linking.Options;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Forecast;

/// <summary>
/// What GNU ld would take and decide in a static link, found out without it (ELF gABI, Symbol Table and Section Groups; ld manual,
/// Command-line Options and Assigning Values). Reads of archives their index, and only the members that are taken.
/// </summary>
public sealed class LinkForecast
{
    private readonly LinkRun _run;

    private LinkForecast(LinkLine line, LinkRun run, LinkOutcome outcome)
    {
        _run = run;
        Line = line;
        Objects = [.. run.Objects.Where(owner => owner.IsTaken)];
        Damage = run.Damage;
        Missing = outcome.Missing;
        Collisions = outcome.Collisions;
    }

    /// <summary>The files, with those that linker scripts name.</summary>
    public LinkLine Line { get; }

    /// <summary>The objects that the link takes, in its order.</summary>
    public IReadOnlyList<LinkObject> Objects { get; }

    /// <summary>What cannot be linked at all: damaged files, other machines, intermediate code (MINIOS1417 to 1419, 20xx, 21xx).</summary>
    public IReadOnlyList<Finding> Damage { get; }

    /// <summary>The names that nothing gives, in the order in which they were first met; the weak ones among them.</summary>
    public IReadOnlyList<MissingName> Missing { get; }

    /// <summary>The definitions that meet another of their name, in the order of the link; members that are passed over come last.</summary>
    public IReadOnlyList<LinkCollision> Collisions { get; }

    /// <summary>Every name that an object of the link defines and where it wins, in the order in which the names were first met.</summary>
    public IEnumerable<(string Name, LinkPlace Place)> Definitions
    {
        get
        {
            for (int name = 0; name < _run.Names.Table.Count; name++)
            {
                LinkName known = _run.Names[name];
                if (known.State >= LinkNameState.Common && !known.IsAssigned)
                {
                    yield return (_run.Names.Table.Text(name), new LinkPlace(_run.Objects[known.Object], known.Symbol));
                }
            }
        }
    }

    /// <summary>Files of which it is not known what they give; null for none.</summary>
    internal string? Unread => _run.Unread ?? Line.Findings.FirstOrDefault()?.Symbol;

    /// <summary>The archives of the link.</summary>
    internal IEnumerable<LinkArchive> Archives => _run.Archives;

    /// <summary>Forecasts a link.</summary>
    /// <param name="inputs">The files, in the order of the command line; those that linker scripts name come in where <see cref="LinkSettings.Files"/> has them.</param>
    /// <param name="settings">Options and script.</param>
    public static LinkForecast Make(IReadOnlyList<LinkInput> inputs, LinkSettings? settings = null)
    {
        settings ??= new LinkSettings();
        LinkLine line = LinkLine.Follow(inputs, settings);
        var run = new LinkRun(settings, line);
        run.Run();
        return new LinkForecast(line, run, new LinkOutcome(run, settings));
    }

    /// <summary>The definition that holds for a name; null when no object gives it (it is missing, unknown, or made by the linker or its script).</summary>
    public LinkPlace? DefinitionOf(string name)
    {
        int number = _run.Names.Table.Find(name);
        return number >= 0 && _run.Names[number] is { State: >= LinkNameState.Common, IsAssigned: false } found
            ? new LinkPlace(_run.Objects[found.Object], found.Symbol)
            : null;
    }
}

/// <summary>Two definitions of a name that meet in a link.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">How the linker settles it.</param>
/// <param name="Winner">The definition that holds in the end.</param>
/// <param name="Loser">The other one; of <see cref="CollisionKind.NotTaken"/>, its member is not part of the link and its symbol -1.</param>
/// <param name="WinnerSize">st_size in bytes; 0 when it is not known.</param>
/// <param name="LoserSize">st_size in bytes; 0 when it is not known.</param>
public sealed record LinkCollision(string Name, CollisionKind Kind, LinkPlace Winner, LinkPlace Loser, ulong WinnerSize = 0, ulong LoserSize = 0);

/// <summary>A definition that did not stay or come alone: noted when it happens, told when it is known who won in the end.</summary>
/// <param name="Name">The name's number.</param>
/// <param name="Kind">How the linker settles it.</param>
/// <param name="Object">The loser's object, by number.</param>
/// <param name="Symbol">The loser's symbol.</param>
/// <param name="Size">The loser's size.</param>
internal readonly record struct LinkMeeting(int Name, CollisionKind Kind, int Object, int Symbol, ulong Size);

/// <summary>A reference to a name.</summary>
/// <param name="Place">Who refers to it.</param>
/// <param name="IsWeak">Whether the user can do without: the reference is 0 then.</param>
public readonly record struct LinkUse(LinkPlace Place, bool IsWeak);
