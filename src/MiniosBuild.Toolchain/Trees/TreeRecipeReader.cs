using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>
/// Makes the recipe of a tree. Its makefiles are evaluated once with the settings, once without those that are switches for the defaults, and once for each
/// switch turned: what the makefiles then build, or no longer do, is what the switch decides.
/// </summary>
internal sealed class TreeRecipeReader
{
    private const string Prefix = "CONFIG_";

    private readonly string _root;
    private readonly string _family;
    private readonly string _arch;
    private readonly MakefileFiles _files;

    public TreeRecipeReader(string root, string family, string arch, MakefileFiles files)
    {
        _root = MakefilePath.Hide(Path.TrimEndingDirectorySeparator(root));
        (_family, _arch, _files) = (family, arch, files);
    }

    public TreeRecipe? Read(IReadOnlyList<(string Name, string Value)> settings)
    {
        try
        {
            return Evaluate(settings) is { } recipe ? Shown(recipe) : null;
        }
        catch (DiagnosticException e)
        {
            var found = e.Diagnostic;
            throw new DiagnosticException(found with { Message = MakefilePath.Show(found.Message), File = found.File is null ? null : MakefilePath.Show(found.File) }, e);
        }
    }

    private static TreeRecipe Shown(TreeRecipe recipe)
    {
        return new TreeRecipe
        {
            Switches = [.. recipe.Switches.Select(s => s with { Default = MakefilePath.Show(s.Default), Value = MakefilePath.Show(s.Value), File = MakefilePath.Show(s.File) })],
            Sources = [.. recipe.Sources.Select(s => s with { Path = MakefilePath.Show(s.Path) })],
            C = Line(recipe.C),
            ArchitectureC = Line(recipe.ArchitectureC),
            Assembly = Line(recipe.Assembly),
            LinkerOptions = All(recipe.LinkerOptions),
            EntrySource = One(recipe.EntrySource),
            LinkerScript = One(recipe.LinkerScript),
            KeptGlobals = recipe.KeptGlobals,
            Files = All(recipe.Files),
            Notes = [.. recipe.Notes.Select(n => n with { Text = MakefilePath.Show(n.Text), Position = n.Position with { File = MakefilePath.Show(n.Position.File) } })],
        };

        static string? One(string? text) => text is null ? null : MakefilePath.Show(text);
        static IReadOnlyList<string> All(IReadOnlyList<string> texts) => [.. texts.Select(MakefilePath.Show)];
        static CompileLine Line(CompileLine line) => line with
        {
            Defines = All(line.Defines), IncludeFolders = [.. line.IncludeFolders.Select(f => f with { Path = MakefilePath.Show(f.Path) })], Options = All(line.Options),
        };
    }

    private TreeRecipe? Evaluate(IReadOnlyList<(string Name, string Value)> settings)
    {
        if (Start(settings) is not { } make || make.All.All(m => m.Objects.Count == 0))
        {
            return null;
        }

        TreeMake plain = Start([.. settings.Where(s => !IsSwitch(s.Name))])!;
        var switches = Switches(make, plain);
        var turned = switches.Select(s => (s.Name, Make: Start([.. settings.Where(t => t.Name != Prefix + s.Name), (Prefix + s.Name, s.Value == "y" ? "n" : "y")])))
            .Where(t => t.Make is not null).Select(t => (t.Name, Make: t.Make!)).ToList();

        MadeObject? Of(TreeMake m, string extension) => m.Objects.FirstOrDefault(o => Path.GetExtension(o.Source) == extension && _files.Exists(o.Source));
        CompileLine LineOf(IEnumerable<TreeMake> makes, string extension) =>
            makes.Select(m => Of(m, extension) is { } made ? m.LineOf(made) : null).FirstOrDefault(l => l is not null) ?? CompileLine.None;
        CompileLine c = LineOf(make.All, ".c"), own = LineOf(make.Makes.SelectMany(m => m.All), ".c");
        string? entry = Entry(make);
        var assembly = make.All.Select(m => m.Objects.FirstOrDefault(o => o.Source == entry) is { } head ? m.LineOf(head) : null).FirstOrDefault(l => l is not null)
            ?? LineOf(make.All, ".S");
        var (options, script) = Link(make);
        return new TreeRecipe
        {
            Switches = switches,
            Sources = Sources(make, turned),
            C = c,
            ArchitectureC = own == CompileLine.None ? c : own,
            Assembly = assembly,
            LinkerOptions = options,
            EntrySource = entry,
            LinkerScript = script,
            KeptGlobals = Kept(make),
            Files = [.. make.All.SelectMany(m => m.Reader.Files).Distinct()],
            Notes = [.. make.All.SelectMany(m => m.Reader.Notes)
                .Select(n => n with { Text = n.Text.Replace(TreeMake.Unknown, "", StringComparison.Ordinal) }).Distinct()],
        };
    }

    private TreeMake? Start(IReadOnlyList<(string Name, string Value)> settings)
    {
        (string Name, string Value)[] target = [("MINIOS_TARGET_ARCH", _arch), ("XEN_TARGET_ARCH", _arch), ("MINIOS_COMPILE_ARCH", _arch)];
        var make = TreeMake.Start(_root, _files, [.. target.Where(t => settings.All(s => s.Name != t.Name)), .. settings], []);
        make?.StartIn(Path.Combine(_root, "arch", _family));
        return make;
    }

    private static bool IsSwitch(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length;

    private static List<RecipeSwitch> Switches(TreeMake make, TreeMake plain)
    {
        // A name in a list of switches, a default, or a question: whichever comes first.
        var found = new SortedDictionary<string, MakefilePosition>(StringComparer.Ordinal);
        foreach (var reader in make.All.Concat(plain.All).Select(m => m.Reader))
        {
            foreach (var assignment in reader.Assignments.Where(a => !a.IsEvaluated))
            {
                if (IsSwitch(assignment.Name) && !IsPath(reader, assignment.Name))
                {
                    found.TryAdd(assignment.Name, assignment.Position);
                }

                foreach (string word in MakefileText.Words(assignment.RawValue).Where(w => IsSwitch(w) && w.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')))
                {
                    found.TryAdd(word, assignment.Position);
                }
            }

            foreach (var (name, position) in reader.References.Where(r => IsSwitch(r.Key) && !IsPath(reader, r.Key)))
            {
                found.TryAdd(name, position);
            }
        }

        return [.. found.Select(f => new RecipeSwitch(
            f.Key[Prefix.Length..], plain.Reader.ValueOf(f.Key).Trim(), make.Reader.ValueOf(f.Key).Trim(), f.Value.File, f.Value.Line))];
    }

    // A file's name is not a switch, however it is called.
    private static bool IsPath(MakefileReader reader, string name) => reader.ValueOf(name).Contains('/');

    private List<RecipeSource> Sources(TreeMake make, List<(string Name, TreeMake Make)> turned)
    {
        var inForce = Built(make);
        var decided = new Dictionary<string, string?>(StringComparer.Ordinal);
        var all = new SortedDictionary<string, bool>(inForce, StringComparer.Ordinal);
        foreach (var (name, other) in turned)
        {
            var built = Built(other);
            foreach (var (path, isOwn) in built.Where(b => !inForce.ContainsKey(b.Key)))
            {
                all.TryAdd(path, isOwn);
                decided.TryAdd(path, name);
            }

            foreach (string path in inForce.Keys.Where(p => !built.ContainsKey(p)))
            {
                decided.TryAdd(path, name);
            }
        }

        // src-$(CONFIG_X) += a.c names its switch, and wins over what a switch decides through another. What is named and never built is a source as well.
        foreach (TreeMake one in turned.Select(t => t.Make).Prepend(make).SelectMany(m => m.All))
        {
            foreach (var assignment in one.Reader.Assignments)
            {
                string? name = SwitchOf(assignment.RawName);
                foreach (string word in MakefileText.Words(assignment.RawValue).Where(w => !w.Contains('$') && Path.GetExtension(w) is ".c" or ".S" or ".o"))
                {
                    string stem = one.Full(Path.ChangeExtension(word, null));
                    string? source = all.Keys.FirstOrDefault(p => Path.ChangeExtension(p, null) == stem)
                        ?? (Path.GetExtension(word) != ".o" && _files.Exists(one.Full(word)) ? one.Full(word) : null);
                    if (source is not null && source.StartsWith(_root + "/", StringComparison.Ordinal))
                    {
                        all.TryAdd(source, one.Reader.Folder != _root);
                        decided[source] = name ?? decided.GetValueOrDefault(source);
                    }
                }
            }
        }

        return [.. all.Select(s => new RecipeSource(s.Key, decided.GetValueOrDefault(s.Key), inForce.ContainsKey(s.Key), s.Value))];
    }

    private Dictionary<string, bool> Built(TreeMake make)
    {
        var built = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (TreeMake one in make.All)
        {
            foreach (MadeObject made in one.Objects.Where(o => o.Source.StartsWith(_root + "/", StringComparison.Ordinal)))
            {
                built.TryAdd(made.Source, one != make);
            }
        }

        return built;
    }

    private static string? SwitchOf(string rawName)
    {
        int start = rawName.IndexOf("$(" + Prefix, StringComparison.Ordinal);
        start = start < 0 ? rawName.IndexOf("${" + Prefix, StringComparison.Ordinal) : start;
        string rest = start < 0 ? "" : rawName[(start + 2 + Prefix.Length)..];
        int end = rest.AsSpan().IndexOfAny(')', '}');
        return end > 0 && rest[..end].All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? rest[..end] : null;
    }

    private string? Entry(TreeMake make)
    {
        foreach (TreeMake one in make.All)
        {
            foreach (string name in new[] { "HEAD_OBJ", "HEAD_ARCH_OBJ" })
            {
                string head = one.Reader.ValueOf(name).Trim();
                if (head.Length == 0)
                {
                    continue;
                }

                string path = one.Full(head);
                if (make.All.SelectMany(m => m.Objects).FirstOrDefault(o => o.Path == path) is { } made)
                {
                    return made.Source;
                }

                string beside = Path.Combine(_root, "arch", _family, Path.ChangeExtension(Path.GetFileName(head), ".S"));
                if (_files.Exists(beside))
                {
                    return beside;
                }
            }
        }

        return null;
    }

    private (IReadOnlyList<string> Options, string? Script) Link(TreeMake make)
    {
        var words = CommandWords.Split($"ld {make.Reader.ValueOf("LDFLAGS")} {make.Reader.ValueOf("LDFLAGS_FINAL")}").FirstOrDefault([]);
        List<string> options = [];
        string? script = null;
        for (int i = 1; i < words.Count; i++)
        {
            string word = words[i];
            if (word.StartsWith("-T", StringComparison.Ordinal))
            {
                script = word.Length > 2 ? word[2..] : words.ElementAtOrDefault(++i);
            }
            else if (word is "-L" or "-l")
            {
                i++;
            }
            else if (!word.StartsWith("-L", StringComparison.Ordinal) && !word.StartsWith("-l", StringComparison.Ordinal) && !word.Contains(TreeMake.Unknown, StringComparison.Ordinal))
            {
                options.Add(word);
            }
        }

        if (script is not null)
        {
            string path = make.Full(script);
            script = make.MadeFrom(script) ?? make.MadeFrom(path) ?? (_files.Exists(path) ? path : null);
        }

        return (options, script);
    }

    private static KeptGlobals Kept(TreeMake make)
    {
        List<string> patterns = [];
        bool marked = false;
        foreach (var (_, words) in make.All.SelectMany(m => m.Commands()))
        {
            for (int i = 0; i < words.Count; i++)
            {
                if (words[i] is "-G" or "--keep-global-symbol" && i + 1 < words.Count)
                {
                    patterns.Add(words[++i]);
                }
                else if (words[i].StartsWith("--keep-global-symbol=", StringComparison.Ordinal))
                {
                    patterns.Add(words[i]["--keep-global-symbol=".Length..]);
                }

                marked |= words[i].Contains(".export_symbol", StringComparison.Ordinal) && !words[i].StartsWith("--remove-section", StringComparison.Ordinal);
            }
        }

        return new([.. patterns.Distinct()], marked);
    }
}
