namespace MiniosBuild.Toolchain.Trees;

/// <summary>Decides which sources of a tree are built, and into which library.</summary>
public static class TreeSelector
{
    /// <summary>Drivers that are wanted without being named.</summary>
    public static readonly IReadOnlyList<string> DefaultDrivers = ["console", "xenbus"];

    // Names that users of Mini-OS know for a driver's switch where it is not simply the driver's name.
    private static readonly Dictionary<string, string[]> s_switches = new(StringComparer.Ordinal)
    {
        ["console"] = ["CONSOLE", "CONSFRONT"],
    };

    /// <summary>Applies drivers and switches to the candidate sources.</summary>
    /// <exception cref="DiagnosticException">MINIOS1007, 1008 or 1010.</exception>
    public static TreeSelection Select(TreeRequest request)
    {
        if (!request.Sources.Any(s => s.Library == "core"))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NotATree,
                $"MiniosSourceRoot '{request.Root}' is not a Mini-OS tree: {TreePlaces.WhyNot(request.Root)}",
                request.Root));
        }

        RequireSwitches(request.Config);
        var drivers = Drivers(request);
        var switches = request.Recipe is null ? Switches(request, drivers) : SwitchesOf(request.Recipe, request.Config);
        var candidates = request.Sources.Select(s => Assign(s, drivers, request.Root)).ToList();
        candidates.AddRange(FoldersOf(drivers, candidates, request.Root));
        RequireKnown(drivers, candidates, request);

        var sources = InForce(request, candidates)
            .Where(s => request.WithLibc || s.Library != "libc")
            .Where(s => s.IsByShape && request.Recipe is not null || s.Library is "core" or "libc" || drivers.Contains(s.Library))
            .Where(s => s.Config.All(c => switches.TryGetValue(c, out string? value) && IsOn(value)))
            .DistinctBy(s => s.Path)
            .OrderBy(s => s.Library == "core" ? 0 : s.Library == "libc" ? 1 : 2)
            .ThenBy(s => s.Library, StringComparer.Ordinal)
            .ThenBy(s => s.Path, StringComparer.Ordinal)
            .ToList();
        return new(sources, [.. sources.Select(s => s.Library).Distinct()], Defines(request, switches), switches);
    }

    /// <summary>
    /// What the project sets of the tree's switches, as variables for its makefiles: first the configuration files, then the drivers that are listed or
    /// are missing from the list, then the switches that are named.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Settings(
        IEnumerable<(string Name, string Value)> files, IReadOnlyList<string> drivers, IEnumerable<(string Name, string Value)> config)
    {
        var missing = DefaultDrivers.Except(drivers).SelectMany(SwitchesOf).Select(s => (s, "n"));
        var listed = drivers.Except(DefaultDrivers).SelectMany(SwitchesOf).Select(s => (s, "y"));
        return [.. files.Concat(missing).Concat(listed).Concat(config).Select(s => ("CONFIG_" + s.Item1, s.Item2))];
    }

    // The tree's own list has the say on what it lists; a source that it lists and the project took away stays away.
    private static IEnumerable<TreeSource> InForce(TreeRequest request, List<TreeSource> candidates)
    {
        if (request.Recipe is null || !candidates.Any(c => c.IsByShape))
        {
            return candidates;
        }

        var shaped = candidates.Where(c => c.IsByShape).ToLookup(c => c.Path, StringComparer.Ordinal);
        var listed = request.Recipe.Sources.Where(s => s.IsInForce).SelectMany(s => shaped.Contains(s.Path)
            ? [shaped[s.Path].First() with { Config = [] }]
            : File.Exists(s.Path) && IsCandidateByShape(request.Root, s.Path) ? Array.Empty<TreeSource>() : [new TreeSource(s.Path, LibraryOf(request.Root, s.Path), [], true)]);
        return [.. listed, .. candidates.Where(c => !c.IsByShape)];
    }

    // What build/Minios.Items.props looks for: no folder below these.
    private static bool IsCandidateByShape(string root, string path) =>
        Path.GetRelativePath(root, Path.GetDirectoryName(path)!) is "." or "console" or "xenbus" or "lib" || Path.GetRelativePath(root, path).StartsWith("arch/", StringComparison.Ordinal);

    private static string LibraryOf(string root, string path) =>
        Path.GetRelativePath(root, path).StartsWith("lib/", StringComparison.Ordinal) ? "libc" : "core";

    private static bool IsOn(string value) => value is "y" or "1";

    private static bool IsOff(string value) => value is "n" or "0" or "";

    private static IReadOnlyList<string> Defines(TreeRequest request, IReadOnlyDictionary<string, string> switches)
    {
        var own = switches.Where(s => !IsOff(s.Value)).Select(s => s.Value == "y" ? $"CONFIG_{s.Key}" : $"CONFIG_{s.Key}={s.Value}");
        if (request.Recipe is null)
        {
            return [.. own];
        }

        // Of its own switches the tree's makefiles make definitions; of others that the project sets, we do.
        var known = request.Recipe.Switches.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var extra = request.Config.Where(c => !known.Contains(c.Name)).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return [.. request.Recipe.Defines, .. own.Where(d => extra.Contains(d["CONFIG_".Length..].Split('=')[0]))];
    }

    private static SortedDictionary<string, string> SwitchesOf(TreeRecipe recipe, IReadOnlyList<(string Name, string Value)> config)
    {
        var switches = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in config)
        {
            switches[name] = value;
        }

        foreach (var known in recipe.Switches)
        {
            switches[known.Name] = known.Value;
        }

        return switches;
    }

    private static void RequireKnown(SortedSet<string> drivers, List<TreeSource> candidates, TreeRequest request)
    {
        var known = candidates.Select(s => s.Library).ToHashSet(StringComparer.Ordinal);
        known.ExceptWith(["core", "libc"]);
        foreach (string driver in drivers.Where(d => !known.Contains(d)))
        {
            if (request.Recipe is { } recipe && (DefaultDrivers.Contains(driver) || recipe.Switches.Any(s => SwitchesOf(driver).Contains(s.Name))))
            {
                continue;
            }

            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.UnknownDriver,
                $"MiniosDriver '{driver}' is not in the tree {request.Root}: there is no {driver}.c and no {driver}/*.c; it has {string.Join(", ", known.Order(StringComparer.Ordinal))}",
                request.Root));
        }
    }

    // What is listed; a driver's own switch adds it or takes it away.
    private static SortedSet<string> Drivers(TreeRequest request)
    {
        var drivers = new SortedSet<string>(request.Drivers, StringComparer.Ordinal);
        foreach (string driver in request.Sources.Select(s => s.Library).Where(l => l is not ("core" or "libc")).Concat(request.Drivers).Distinct())
        {
            string own = SwitchesOf(driver)[0];
            switch (request.Config.LastOrDefault(c => c.Name == own).Value)
            {
                case "y" or "1":
                    drivers.Add(driver);
                    break;
                case "n" or "0":
                    drivers.Remove(driver);
                    break;
            }
        }

        return drivers;
    }

    private static string[] SwitchesOf(string driver) => s_switches.GetValueOrDefault(driver, [driver.ToUpperInvariant().Replace('-', '_')]);

    private static SortedDictionary<string, string> Switches(TreeRequest request, IEnumerable<string> drivers)
    {
        var switches = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string driver in drivers)
        {
            foreach (string name in SwitchesOf(driver))
            {
                switches[name] = "y";
            }
        }

        foreach (var (name, value) in request.Config)
        {
            switches[name] = value;
        }

        return switches;
    }

    private static void RequireSwitches(IReadOnlyList<(string Name, string Value)> config)
    {
        foreach (var (name, value) in config)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.BadConfiguration, $"MiniosConfig '{name}' is not the name of a switch: letters, digits and _ only, without CONFIG_"));
            }

            if (name.StartsWith("CONFIG_", StringComparison.Ordinal))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.BadConfiguration, $"MiniosConfig '{name}' must be written without CONFIG_: Include=\"{name["CONFIG_".Length..]}\""));
            }

            if (value.Length == 0)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.BadConfiguration, $"MiniosConfig '{name}' has no Value; write Value=\"y\", Value=\"n\" or a number"));
            }
        }
    }

    // A file NAME.c in the tree's root belongs to the driver NAME if that is listed.
    private static TreeSource Assign(TreeSource source, SortedSet<string> drivers, string root)
    {
        string name = Path.GetFileNameWithoutExtension(source.Path);
        bool inRoot = Path.GetDirectoryName(source.Path) == root.TrimEnd('/');
        return source.Library == "core" && inRoot && drivers.Contains(name) ? source with { Library = name } : source;
    }

    // So do the files of a folder NAME.
    private static IEnumerable<TreeSource> FoldersOf(SortedSet<string> drivers, List<TreeSource> candidates, string root)
    {
        foreach (string driver in drivers)
        {
            string folder = Path.Combine(root, driver);
            if (candidates.All(c => c.Library != driver) && Directory.Exists(folder))
            {
                foreach (string file in Directory.EnumerateFiles(folder, "*.c"))
                {
                    yield return new TreeSource(file, driver, []);
                }
            }
        }
    }
}

/// <summary>What a project asks of a tree.</summary>
/// <param name="Root">Absolute path of the tree.</param>
/// <param name="Sources">All candidate sources, drivers that are not wanted included.</param>
/// <param name="Drivers">Names of the wanted drivers.</param>
/// <param name="Config">Switches and their values, for example BALLOON and y.</param>
/// <param name="WithLibc">Whether the tree's own stub libc is part of the set.</param>
/// <param name="Recipe">What the tree's own makefiles say; null for a tree that has none, which is recognised by its shape alone.</param>
public sealed record TreeRequest(
    string Root,
    IReadOnlyList<TreeSource> Sources,
    IReadOnlyList<string> Drivers,
    IReadOnlyList<(string Name, string Value)> Config,
    bool WithLibc,
    TreeRecipe? Recipe = null);

/// <summary>The part of a tree that a project builds.</summary>
/// <param name="Sources">Sources in a fixed order, each once.</param>
/// <param name="Libraries">core first, then libc if it is built, then the drivers by name.</param>
/// <param name="Defines">Preprocessor definitions that follow from drivers and switches, <c>NAME</c> or <c>NAME=VALUE</c>.</param>
/// <param name="Switches">The switches, without CONFIG_, and their values.</param>
public sealed record TreeSelection(
    IReadOnlyList<TreeSource> Sources, IReadOnlyList<string> Libraries, IReadOnlyList<string> Defines, IReadOnlyDictionary<string, string> Switches);

/// <summary>A source of the tree and the library that its object belongs to.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Library">core, libc or the name of a driver.</param>
/// <param name="Config">The switches (without CONFIG_) that must all be on for it to be built; usually empty.</param>
/// <param name="IsByShape">Whether it is a candidate only because trees are like that, so that the tree's own makefiles have the say.</param>
public sealed record TreeSource(string Path, string Library, IReadOnlyList<string> Config, bool IsByShape = false);
