namespace MiniosBuild.Namespaces;

/// <summary>Everything that the set says about one global name.</summary>
internal sealed class NameUse(string name)
{
    public string Name { get; } = name;

    /// <summary>Who defines it; more than one when definitions are weak or duplicate.</summary>
    public List<(ObjectSymbols Object, SymbolDefinition Definition)> Definitions { get; } = [];

    /// <summary>Who refers to it without defining it.</summary>
    public List<(ObjectSymbols Object, SymbolReference Reference)> References { get; } = [];

    /// <summary>The definition that a link takes: the strong one if there is one, else the first by path.</summary>
    public (ObjectSymbols Object, SymbolDefinition Definition) Owner
    {
        get
        {
            int strong = Definitions.FindIndex(entry => !entry.Definition.IsWeak);
            return Definitions[Math.Max(strong, 0)];
        }
    }

    /// <summary>
    /// Another object than the owner that refers to the name, or defines it as well: definitions that stand in for one another
    /// find each other by name and cannot be local.
    /// </summary>
    public string? OtherUser =>
        References.Count > 0 ? References[0].Object.Path
        : Definitions.Count > 1 ? Definitions.First(entry => entry.Object != Owner.Object).Object.Path
        : null;

    /// <summary>All names of a census.</summary>
    public static SortedDictionary<string, NameUse> Collect(SymbolCensus census)
    {
        var names = new SortedDictionary<string, NameUse>(StringComparer.Ordinal);
        foreach (ObjectSymbols source in census.Objects)
        {
            foreach (SymbolDefinition definition in source.Definitions)
            {
                Of(definition.Name).Definitions.Add((source, definition));
            }

            foreach (SymbolReference reference in source.References)
            {
                Of(reference.Name).References.Add((source, reference));
            }
        }

        return names;

        NameUse Of(string name)
        {
            if (!names.TryGetValue(name, out NameUse? use))
            {
                names.Add(name, use = new NameUse(name));
            }

            return use;
        }
    }
}
