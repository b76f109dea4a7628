namespace MiniosBuild.Namespaces;

/// <summary>
/// What GNU ld would take and decide in a static link, found out without it (ELF gABI, Symbol Table and Section Groups; ld manual,
/// Command-line Options and Assigning Values). Reads of archives their index, and only the members that are taken.
/// </summary>
public sealed class LinkForecast
{
    internal LinkForecast()
    {
    }

    /// <summary>The objects that the link takes, in its order.</summary>
    public IReadOnlyList<LinkObject> Objects { get; internal init; } = [];

    /// <summary>What cannot be linked at all: damaged files, other machines, intermediate code (MINIOS1417 to 1419, 20xx, 21xx).</summary>
    public IReadOnlyList<Finding> Damage { get; internal init; } = [];

    /// <summary>The names that nothing gives, in the order in which they were first needed; the weak ones among them.</summary>
    public IReadOnlyList<MissingName> Missing { get; internal init; } = [];

    /// <summary>The definitions that meet another of their name, in the order of the link; members that are passed over come last.</summary>
    public IReadOnlyList<LinkCollision> Collisions { get; internal init; } = [];

    /// <summary>Forecasts a link.</summary>
    /// <param name="inputs">The files, in the order of the command line.</param>
    /// <param name="settings">Options and script.</param>
    public static LinkForecast Make(IReadOnlyList<LinkInput> inputs, LinkSettings? settings = null) => throw new NotImplementedException();

    /// <summary>The definition that holds for a name; null when no object gives it (it is missing, unknown, or made by the linker or its script).</summary>
    public LinkPlace? DefinitionOf(string name) => throw new NotImplementedException();
}
