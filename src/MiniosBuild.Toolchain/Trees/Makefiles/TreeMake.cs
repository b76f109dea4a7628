namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>An object that a make would build, and what it is built from.</summary>
/// <param name="Target">The object as the makefile names it.</param>
/// <param name="Path">Absolute path of the object.</param>
/// <param name="Source">Absolute path of the source.</param>
internal sealed record MadeObject(string Target, string Path, string Source);

/// <summary>A folder's makefile, evaluated, with what its default goal leads to: objects, and makes in other folders.</summary>
internal sealed class TreeMake
{
    /// <summary>Stands for the output of commands; a character of the private use area, which no makefile has.</summary>
    public const string Unknown = "\uf8f0";

    private const int MostMakes = 32;

    private readonly MakefileFiles _files;
    private readonly IReadOnlyList<(string Name, string Value)> _commandLine;
    private readonly Dictionary<string, List<MakefileRule>> _explicit = new(StringComparer.Ordinal);
    private readonly List<(MakefilePattern Target, MakefileRule Rule)> _patterns = [];
    private readonly List<MadeObject> _objects = [];
    private readonly List<TreeMake> _makes = [];
    private readonly List<MakefileRule> _rules = [];

    private TreeMake(string folder, MakefileFiles files, IReadOnlyList<(string Name, string Value)> commandLine, IEnumerable<(string Name, string Value)> environment)
    {
        _files = files;
        _commandLine = commandLine;
        Reader = new MakefileReader(folder, files, commandLine, environment) { CommandOutput = Unknown };
    }

    public MakefileReader Reader { get; }

    public IReadOnlyList<MadeObject> Objects => _objects;

    /// <summary>The makes that recipes on the way start in other folders.</summary>
    public IReadOnlyList<TreeMake> Makes => _makes;

    /// <summary>The rules on the way to the default goal.</summary>
    public IReadOnlyList<MakefileRule> Rules => _rules;

    /// <summary>This make and those that it starts.</summary>
    public IEnumerable<TreeMake> All => _makes.SelectMany(m => m.All).Prepend(this);

    /// <summary>Evaluates the makefile of a folder; null if it has none.</summary>
    public static TreeMake? Start(
        string folder, MakefileFiles files, IReadOnlyList<(string Name, string Value)> commandLine, IEnumerable<(string Name, string Value)> environment)
    {
        int left = MostMakes;
        return Start(folder, files, commandLine, environment, [], ref left);
    }

    private static TreeMake? Start(
        string folder,
        MakefileFiles files,
        IReadOnlyList<(string Name, string Value)> commandLine,
        IEnumerable<(string Name, string Value)> environment,
        IReadOnlyList<string> goals,
        ref int left)
    {
        string? makefile = new[] { "GNUmakefile", "makefile", "Makefile" }.Select(n => Path.Combine(folder, n)).FirstOrDefault(p => files.Read(p) is not null);
        if (makefile is null || --left < 0)
        {
            return null;
        }

        var make = new TreeMake(folder, files, commandLine, environment);
        make.Reader.Read(makefile);
        make.Follow(goals, ref left);
        return make;
    }

    /// <summary>Starts one in a folder to which no recipe leads that could be followed.</summary>
    public void StartIn(string folder)
    {
        int left = MostMakes;
        if (All.All(m => m.Reader.Folder != folder) && Start(folder, _files, _commandLine, Reader.Environment(), [], ref left) is { } make)
        {
            _makes.Add(make);
        }
    }

    /// <summary>The source that a rule makes an object from, and its rule; null if there is none.</summary>
    public (string Source, MakefileRule? Rule)? SourceOf(string target)
    {
        foreach (var rule in _explicit.GetValueOrDefault(target, []))
        {
            string? given = rule.Prerequisites.FirstOrDefault(IsSource);
            if (rule.Recipe.Count > 0 && given is not null)
            {
                return (Full(given), rule);
            }
        }

        foreach (var (pattern, rule) in _patterns)
        {
            if (SourceBy(pattern, rule, target) is { } source && _files.Exists(source))
            {
                return (source, rule);
            }
        }

        string? ruleless = new[] { ".c", ".S" }.Select(extension => Full(Path.ChangeExtension(target, extension))).FirstOrDefault(_files.Exists);
        return ruleless is null ? null : (ruleless, null);
    }

    /// <summary>The command that compiles a source, as its recipe or make itself has it.</summary>
    public CompileLine LineOf(MadeObject made)
    {
        MakefileRule? rule = SourceOf(made.Target)?.Rule;
        bool isAssembly = Path.GetExtension(made.Source) == ".S";
        IEnumerable<string> recipe = rule is null
            ? [isAssembly ? "$(CC) $(ASFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c -o $@ $<" : "$(CC) $(CFLAGS) $(CPPFLAGS) $(TARGET_ARCH) -c -o $@ $<"]
            : rule.Recipe.Select(line => line.Text);
        (string, string)[] automatic = [("@", made.Target), ("<", made.Source), ("^", made.Source), ("?", made.Source), ("*", Path.ChangeExtension(made.Target, null))];
        var command = recipe.SelectMany(line => CommandWords.Split(Recipe(Reader.Expand(line, automatic)))).FirstOrDefault(words => words.Contains("-c"));
        return command is null ? CompileLine.None : CompileLine.Parse(command, Reader.Folder, Unknown);
    }

    /// <summary>The lines of the recipes on the way, expanded and split into commands.</summary>
    public IEnumerable<(MakefileRule Rule, List<string> Words)> Commands() => _rules.SelectMany(rule => Commands(rule).Select(words => (rule, words)));

    /// <summary>What a text of the makefiles names as a path.</summary>
    public string Full(string path) => Path.GetFullPath(path, Reader.Folder);

    private void Follow(IReadOnlyList<string> goals, ref int left)
    {
        foreach (var rule in Reader.Rules)
        {
            foreach (string target in rule.Targets)
            {
                // A static pattern rule is an explicit rule for each of its targets.
                if (rule.Pattern is null && target.Contains('%'))
                {
                    _patterns.Add((MakefilePattern.Parse(target), rule));
                }
                else
                {
                    MakefileRule own = rule.Pattern is null || MakefilePattern.Parse(rule.Pattern).Stem(target) is not { } stem
                        ? rule
                        : rule with { Prerequisites = [.. rule.Prerequisites.Select(p => MakefilePattern.Parse(p).With(stem))] };
                    if (!_explicit.TryGetValue(target, out var rules))
                    {
                        _explicit.Add(target, rules = []);
                    }

                    rules.Add(own);
                }
            }
        }

        var waiting = new Stack<string>(goals.Count > 0 ? goals : Reader.DefaultGoal is { } goal ? [goal] : []);
        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        var started = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryPop(out string? target))
        {
            if (Path.GetExtension(target) is ".o" && (SourceOf(target)?.Source ?? AbsentSourceOf(target)) is { } source)
            {
                _objects.Add(new(target, Full(target), source));
                continue;
            }

            foreach (var rule in _explicit.GetValueOrDefault(target, []))
            {
                _rules.Add(rule);
                foreach (var words in Commands(rule, only: "MAKE"))
                {
                    StartAnother(words, started, ref left);
                }

                foreach (string prerequisite in rule.Prerequisites.Reverse().Where(seen.Add))
                {
                    waiting.Push(prerequisite);
                }
            }
        }
    }

    private IEnumerable<List<string>> Commands(MakefileRule rule, string? only = null)
    {
        string target = rule.Targets[0];
        (string, string)[] automatic = [("@", target), ("<", rule.Prerequisites.FirstOrDefault() ?? ""), ("^", MakefileFunctions.Join(rule.Prerequisites.Distinct()))];
        return rule.Recipe
            .Where(line => only is null || line.Text.Contains($"$({only})", StringComparison.Ordinal) || line.Text.Contains($"${{{only}}}", StringComparison.Ordinal))
            .SelectMany(line => CommandWords.Split(Recipe(Reader.Expand(line.Text, automatic))));
    }

    // make --directory=FOLDER NAME=VALUE GOAL
    private void StartAnother(List<string> words, HashSet<string> started, ref int left)
    {
        string? folder = null;
        List<string> goals = [];
        var variables = _commandLine.ToList();
        foreach (var (word, i) in words.Skip(1).Select((w, i) => (w, i + 1)))
        {
            if (word.StartsWith("--directory=", StringComparison.Ordinal) || (word.StartsWith("-C", StringComparison.Ordinal) && word.Length > 2))
            {
                folder = word[(word[1] == '-' ? "--directory=".Length : 2)..];
            }
            else if (word is "-C" or "--directory")
            {
                folder = words.ElementAtOrDefault(i + 1);
            }
            else if (word.IndexOf('=') is var equals and > 0 && !word.StartsWith('-'))
            {
                variables.RemoveAll(v => v.Name == word[..equals]);
                variables.Add((word[..equals], word[(equals + 1)..]));
            }
            else if (!word.StartsWith('-') && words[i - 1] is not ("-C" or "--directory" or "-f"))
            {
                goals.Add(word);
            }
        }

        if (folder is not null && started.Add($"{Full(folder)} {string.Join(' ', goals)}")
            && Start(Full(folder), _files, variables, Reader.Environment(), goals, ref left) is { } make)
        {
            _makes.Add(make);
        }
    }

    private string? SourceBy(MakefilePattern pattern, MakefileRule rule, string target)
    {
        // A pattern without a folder matches the file's name, and the folder goes before what the stem gives.
        string folder = pattern.Text.Contains('/') ? "" : target[..(target.LastIndexOf('/') + 1)];
        if (rule.Recipe.Count == 0 || pattern.Stem(target[folder.Length..]) is not { } stem || rule.Prerequisites.FirstOrDefault(IsSource) is not { } prerequisite)
        {
            return null;
        }

        return Full(folder + MakefilePattern.Parse(prerequisite).With(stem));
    }

    // What make would ask for and not find.
    private string? AbsentSourceOf(string target) => _explicit.ContainsKey(target) || target.Contains(Unknown, StringComparison.Ordinal)
        ? null
        : _patterns.Select(p => SourceBy(p.Target, p.Rule, target)).FirstOrDefault(source => source is not null);

    /// <summary>The first of a rule's prerequisites for a target, the rule being explicit or a pattern; null if no rule makes the target.</summary>
    public string? MadeFrom(string target)
    {
        var rule = _explicit.GetValueOrDefault(target, []).FirstOrDefault(r => r.Recipe.Count > 0);
        if (rule is not null)
        {
            return rule.Prerequisites.Select(Full).FirstOrDefault(_files.Exists);
        }

        foreach (var (pattern, made) in _patterns.Where(p => p.Rule.Recipe.Count > 0))
        {
            if (pattern.Stem(target) is { } stem && made.Prerequisites.Select(p => Full(MakefilePattern.Parse(p).With(stem))).FirstOrDefault(_files.Exists) is { } source)
            {
                return source;
            }
        }

        return null;
    }

    private static bool IsSource(string path) => Path.GetExtension(path) is ".c" or ".S";

    // The characters before a recipe's command that make itself takes.
    private static string Recipe(string line) => line.TrimStart(' ', '\t', '@', '-', '+');
}
