namespace MiniosBuild.Toolchain.Trees;

/// <summary>Decides which sources of a tree are built, and into which library.</summary>
public static class TreeSelector
{
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
                $"MiniosSourceRoot '{request.Root}' is not a Mini-OS tree: {(Directory.Exists(request.Root) ? "no .c file of the core was found in it" : "the folder does not exist")}",
                request.Root));
        }

        var drivers = Drivers(request);
        var switches = Switches(request, drivers);
        var candidates = request.Sources.Select(s => Assign(s, drivers, request.Root)).ToList();
        candidates.AddRange(FoldersOf(drivers, candidates, request.Root));

        var known = candidates.Select(s => s.Library).ToHashSet(StringComparer.Ordinal);
        known.ExceptWith(["core", "libc"]);
        foreach (string driver in drivers.Where(d => !known.Contains(d)))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.UnknownDriver,
                $"MiniosDriver '{driver}' is not in the tree {request.Root}: there is no {driver}.c and no {driver}/*.c; it has {string.Join(", ", known.Order(StringComparer.Ordinal))}",
                request.Root));
        }

        var sources = candidates
            .Where(s => s.Library switch { "core" => true, "libc" => request.WithLibc, _ => drivers.Contains(s.Library) })
            .Where(s => s.Config.All(c => switches.TryGetValue(c, out string? value) && value is "y" or "1"))
            .DistinctBy(s => s.Path)
            .OrderBy(s => s.Library == "core" ? 0 : s.Library == "libc" ? 1 : 2)
            .ThenBy(s => s.Library, StringComparer.Ordinal)
            .ThenBy(s => s.Path, StringComparer.Ordinal)
            .ToList();
        var defines = switches
            .Where(s => s.Value is not ("n" or "0"))
            .Select(s => s.Value == "y" ? $"CONFIG_{s.Key}" : $"CONFIG_{s.Key}={s.Value}");
        return new(sources, [.. sources.Select(s => s.Library).Distinct()], [.. defines]);
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

            switches[name] = value;
        }

        return switches;
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
