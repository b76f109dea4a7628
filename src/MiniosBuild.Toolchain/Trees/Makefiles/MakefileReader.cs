namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>
/// Reads makefiles for what their variables and rules say. It is no make: it builds nothing and starts no process, so that
/// <c>$(shell …)</c> has no output, which is noted. Variables, conditionals, includes and functions mean what they mean to GNU make.
/// </summary>
public sealed partial class MakefileReader
{
    private const int DeepestInclude = 40;
    private const int MostLines = 500_000;

    private readonly Dictionary<string, MakefileVariable> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _exported = new(StringComparer.Ordinal);
    private readonly List<MakefileAssignment> _assignments = [];
    private readonly List<MakefileRule> _rules = [];
    private readonly List<MakefileNote> _notes = [];
    private readonly List<string> _read = [];
    private readonly MakefileFiles _files;
    private MakefilePosition _position = new("", 0);
    private bool _exportsAll;
    private bool _missesInclude;
    private int _includes;
    private int _evaluations;
    private int _lines;

    /// <param name="folder">The folder that make would be started in; names of files are relative to it.</param>
    /// <param name="files">The files that there are.</param>
    /// <param name="commandLine">Variables as given on make's command line, which win over the makefiles' own.</param>
    /// <param name="environment">Variables of the environment, which the makefiles' own win over.</param>
    public MakefileReader(
        string folder, MakefileFiles files, IEnumerable<(string Name, string Value)>? commandLine = null, IEnumerable<(string Name, string Value)>? environment = null)
    {
        Folder = folder;
        _files = files;
        foreach (var (name, value) in s_defaults)
        {
            _variables[name] = new(value, IsRecursive: true, MakefileOrigin.Default, _position);
        }

        foreach (var (name, value) in environment ?? [])
        {
            _variables[name] = new(value, IsRecursive: true, MakefileOrigin.Environment, _position);
            _exported[name] = true;
        }

        _variables["CURDIR"] = new(folder, IsRecursive: false, MakefileOrigin.File, _position);
        foreach (var (name, value) in commandLine ?? [])
        {
            _variables[name] = new(value, IsRecursive: true, MakefileOrigin.CommandLine, _position);
            _exported[name] = true;
        }
    }

    /// <summary>The folder that make would be started in.</summary>
    public string Folder { get; }

    /// <summary>What stands for the output of a command that was not run: nothing, or a mark by which what it got into can be told. In conditions it is nothing.</summary>
    public string CommandOutput { get; init; } = "";

    public IReadOnlyDictionary<string, MakefileVariable> Variables => _variables;

    /// <summary>The assignments that were read, in order.</summary>
    public IReadOnlyList<MakefileAssignment> Assignments => _assignments;

    public IReadOnlyList<MakefileRule> Rules => _rules;

    public IReadOnlyList<MakefileNote> Notes => _notes;

    /// <summary>The makefiles that were read, in order.</summary>
    public IReadOnlyList<string> Files => _read;

    /// <summary>What make would build by default; null if there is no rule.</summary>
    public string? DefaultGoal =>
        _variables.TryGetValue(".DEFAULT_GOAL", out var goal) && goal.Value.Length > 0 ? Expand(goal.Value).Trim(MakefileText.Spaces)
            : _rules.SelectMany(r => r.Targets).FirstOrDefault(t => !t.Contains('%') && (t[0] != '.' || t.Contains('/')));

    /// <summary>The variables that a make started by a recipe would have in its environment, expanded.</summary>
    public IEnumerable<(string Name, string Value)> Environment() =>
        _variables.Where(v => v.Value.Origin != MakefileOrigin.Default && (_exported.TryGetValue(v.Key, out bool exports) ? exports : _exportsAll && v.Key.All(IsPlain)))
            .Select(v => (v.Key, ValueOf(v.Key))).ToList();

    /// <summary>The expanded value of a variable; empty if there is none.</summary>
    public string ValueOf(string name) => Expand($"$({name})");

    /// <summary>Reads a makefile.</summary>
    /// <param name="file">Absolute path.</param>
    /// <exception cref="DiagnosticException">MINIOS1030, 1031 or 1032, with the file and line.</exception>
    public void Read(string file)
    {
        string text = _files.Read(file)
            ?? throw new DiagnosticException(Diagnostic.Error(ToolchainCodes.MakefileSyntax, "the makefile does not exist", file));
        Read(text, file);
    }

    /// <summary>Reads a text as a makefile of that name.</summary>
    /// <exception cref="DiagnosticException">MINIOS1030, 1031 or 1032, with the file and line.</exception>
    public void Read(string text, string file) => Read(text, file, Path.GetRelativePath(Folder, file));

    /// <param name="text">What is read.</param>
    /// <param name="file">Absolute path.</param>
    /// <param name="spelled">The name that it is included by.</param>
    private void Read(string text, string file, string spelled)
    {
        if (++_includes > DeepestInclude)
        {
            throw TooLarge($"makefiles include each other more than {DeepestInclude} deep");
        }

        int nul = text.IndexOf('\0');
        if (nul >= 0)
        {
            _position = new(file, text.AsSpan(0, nul).Count('\n') + 1);
            throw Syntax("a NUL byte: this is not a makefile");
        }

        MakefilePosition outer = _position;
        _read.Add(file);
        string list = _variables.TryGetValue("MAKEFILE_LIST", out var before) ? before.Value : "";
        Charge(list.Length);
        _variables["MAKEFILE_LIST"] = new($"{list} {spelled}", IsRecursive: false, MakefileOrigin.File, outer);
        Evaluate(text, line => new(file, line));
        _position = outer;
        _includes--;
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void Evaluate(string text, Func<int, MakefilePosition> position)
    {
        List<(string Text, int Line)> lines = MakefileText.Lines(text);
        _lines += lines.Count;
        if (_lines > MostLines)
        {
            throw TooLarge($"more than {MostLines} lines");
        }

        var state = new State();
        for (int i = 0; i < lines.Count; i++)
        {
            _position = position(lines[i].Line);
            i = Line(lines, i, state, position);
        }

        if (state.Conditions.Count > 0)
        {
            _position = state.Conditions.Peek().Position;
            throw Syntax("the conditional that begins here has no 'endif'");
        }
    }

    /// <returns>The index of the last line that was read.</returns>
    private int Line(List<(string Text, int Line)> lines, int index, State state, Func<int, MakefilePosition> position)
    {
        string line = lines[index].Text;
        char prefix = _variables.TryGetValue(".RECIPEPREFIX", out var chosen) && chosen.Value.Length > 0 ? chosen.Value[0] : '\t';
        if (line.Length > 0 && line[0] == prefix)
        {
            if (state.IsWithoutTargets)
            {
                return index;
            }

            if (state.Recipe is not null)
            {
                if (!state.IsIgnoring)
                {
                    state.Recipe.Add((line[1..], lines[index].Line));
                }

                return index;
            }
        }

        string text = MakefileText.RemoveComment(MakefileText.Collapse(line)).TrimStart(MakefileText.Spaces);
        if (MakefileText.Statement(text, isForTarget: false) is { } statement)
        {
            if (state.IsIgnoring)
            {
                return statement.Operator == "define" ? Define(lines, index).Last : index;
            }

            state.EndRule();
            if (statement.Operator == "define")
            {
                (string body, int last) = Define(lines, index);
                Define(statement, body);
                return last;
            }

            Assign(statement);
            return index;
        }

        if (text.Length == 0)
        {
            return index;
        }

        int length = text.AsSpan().IndexOfAny(MakefileText.Spaces);
        string word = length < 0 ? text : text[..length];
        string rest = length < 0 ? "" : text[length..].TrimStart(MakefileText.Spaces);
        if (IsConditional(word))
        {
            Condition(word, rest, state);
        }
        else if (state.IsIgnoring)
        {
        }
        else if (word is "export" or "unexport")
        {
            state.EndRule();
            Export(rest, word == "export");
        }
        else if (word is "include" or "-include" or "sinclude")
        {
            state.EndRule();
            Include(rest, isRequired: word == "include");
        }
        else if (word is "vpath" or "load" or "-load")
        {
            state.EndRule();
            Note(MakefileNoteKind.NotFollowed, text);
        }
        else if (line[0] == prefix)
        {
            throw Syntax("a recipe's line without a rule before it");
        }
        else
        {
            Rule(line, state);
        }

        return index;
    }

    private void Assign(MakefileStatement statement)
    {
        string name = Expand(statement.Name).TrimEnd(' ', '\t');
        if (name.Length == 0)
        {
            throw Syntax($"an assignment to a variable without a name: {Shown(statement.Name)} {statement.Operator} …");
        }

        MakefileOrigin origin = statement.Overrides ? MakefileOrigin.Override : MakefileOrigin.File;
        if (statement.Exports)
        {
            _exported[name] = true;
        }

        if (statement.Operator == "undefine")
        {
            if (_variables.TryGetValue(name, out var old) && old.Origin <= origin)
            {
                _variables.Remove(name);
            }

            return;
        }

        _assignments.Add(new(name, statement.Name, statement.Operator, statement.Value, _position, _evaluations > 0));
        Set(name, statement.Operator, statement.Value, origin);
    }

    private void Set(string name, string op, string value, MakefileOrigin origin)
    {
        _variables.TryGetValue(name, out MakefileVariable? old);
        if (op == "?=")
        {
            if (old is not null || _locals.ContainsKey(name))
            {
                return;
            }

            op = "=";
        }

        if (op == "+=" && old is not null)
        {
            string added = old.IsRecursive ? value : Expand(value);
            if (old.Origin <= origin)
            {
                string all = old.Value.Length == 0 ? added : added.Length == 0 ? old.Value : $"{old.Value} {added}";
                Charge(all.Length);
                _variables[name] = old with { Value = all, Origin = origin };
            }

            return;
        }

        bool isRecursive = op is "=" or "+=" or "define";
        if (op == "!=")
        {
            value = Command(value);
        }
        else if (!isRecursive)
        {
            value = Expand(value);
        }

        if (old is null || old.Origin <= origin)
        {
            _variables[name] = new(value, isRecursive, origin, old is null || old.Origin == MakefileOrigin.Default ? _position : old.Position);
        }
    }

    // The lines up to the endef of a define; nested ones are part of its value.
    private (string Body, int Last) Define(List<(string Text, int Line)> lines, int index)
    {
        int depth = 1;
        var body = new List<string>();
        for (int i = index + 1; i < lines.Count; i++)
        {
            string line = MakefileText.Collapse(lines[i].Text);
            if (line.Length == 0 || line[0] != '\t')
            {
                string text = line.TrimStart(MakefileText.Spaces);
                if (IsWord(text, "define"))
                {
                    depth++;
                }
                else if (IsWord(text, "endef") && --depth == 0)
                {
                    return (string.Join('\n', body), i);
                }
            }

            body.Add(line);
        }

        throw Syntax("'define' without 'endef'");

        static bool IsWord(string text, string word) =>
            text.StartsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || MakefileText.IsBlank(text[word.Length]));
    }

    private void Define(MakefileStatement statement, string body)
    {
        string name = statement.Name, op = "define";
        if (MakefileText.Assignment(name) is var (left, given, rest))
        {
            if (rest.Length > 0)
            {
                Note(MakefileNoteKind.Warning, $"extraneous text after 'define': {Shown(rest)}");
            }

            (name, op) = (left, given == "=" ? "define" : given);
        }

        Assign(statement with { Name = name.TrimEnd(MakefileText.Spaces), Operator = op, Value = body });
    }

    private void Export(string names, bool exports)
    {
        if (names.Length == 0)
        {
            _exportsAll = exports;
        }

        foreach (string name in MakefileText.Words(Expand(names)))
        {
            _exported[name] = exports;
        }
    }

    private void Include(string names, bool isRequired)
    {
        foreach (string pattern in MakefileText.Words(Expand(names)))
        {
            bool any = false;
            foreach (string name in _files.Match(Folder, pattern))
            {
                string path = Path.GetFullPath(name, Folder);
                if (_files.Read(path) is { } text)
                {
                    any = true;
                    MakefilePosition here = _position;
                    Read(text, path, name);
                    _position = here;
                }
            }

            if (!any && isRequired)
            {
                _missesInclude = true;
                Note(MakefileNoteKind.MissingInclude, pattern);
            }
        }
    }

    private void Rule(string line, State state)
    {
        state.EndRule();
        (string head, char found, string command) = MakefileText.Cut(line, "#;");
        head = MakefileText.Collapse(head);
        int colon = Colon(head);
        string targets = Expand(colon < 0 ? head : head[..colon]), rest = colon < 0 ? "" : head[colon..];
        int early = Colon(targets, references: false);
        if (early >= 0)
        {
            (targets, rest) = (targets[..early], targets[early..] + rest);
        }

        if (rest.Length == 0)
        {
            if (targets.Trim(MakefileText.Spaces).Length > 0 || found == ';')
            {
                throw Syntax($"missing separator: neither an assignment nor a rule: {Shown(head)}");
            }

            return;
        }

        rest = rest.TrimStart(':');
        string[] names = MakefileText.Words(targets);
        if (names.Length == 0)
        {
            state.IsWithoutTargets = true;
            return;
        }

        if (names is [".EXPORT_ALL_VARIABLES"])
        {
            _exportsAll = true;
        }

        // A command may hold what an assignment to a target's variable has behind a semicolon.
        string whole = found == ';' && MakefileText.Statement(rest, isForTarget: true) is not null ? $"{rest};{command}" : rest;
        if (MakefileText.Statement(whole, isForTarget: true) is not null)
        {
            return;
        }

        rest = Expand(rest);
        string? pattern = null;
        int second = Colon(rest, references: false);
        if (second >= 0)
        {
            (pattern, rest) = (rest[..second].Trim(MakefileText.Spaces), rest[(second + 1)..]);
        }

        state.Recipe = [];
        if (found == ';' && command.Trim(MakefileText.Spaces).Length > 0)
        {
            state.Recipe.Add((command.TrimStart(MakefileText.Spaces), _position.Line));
        }

        _rules.Add(new([.. names.Where(n => n != "&")], pattern, [.. MakefileText.Words(rest).Where(p => p != "|")], state.Recipe, _position));
    }

    private static int Colon(string text, bool references = true)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == ':' && (i == 0 || text[i - 1] != '\\'))
            {
                return i;
            }

            if (text[i] == '$' && references)
            {
                i = MakefileText.AfterReference(text, i) - 1;
            }
        }

        return -1;
    }

    private void Note(MakefileNoteKind kind, string text)
    {
        Charge(text.Length);
        _notes.Add(new(kind, text, _position));
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..77] + "…";

    private DiagnosticException Syntax(string message) => Failure(ToolchainCodes.MakefileSyntax, message);

    private DiagnosticException TooLarge(string message) => Failure(ToolchainCodes.MakefileTooLarge, message);

    private DiagnosticException Failure(string code, string message) =>
        new(Diagnostic.Error(code, message, _position.File.Length == 0 ? null : _position.File, _position.Line));

    /// <summary>What a text that is being read has open.</summary>
    private sealed class State
    {
        public Stack<OpenCondition> Conditions { get; } = [];

        /// <summary>The recipe that lines with a tab belong to.</summary>
        public List<(string Text, int Line)>? Recipe { get; set; }

        public bool IsWithoutTargets { get; set; }

        public bool IsIgnoring => Conditions.TryPeek(out OpenCondition? open) && (open.IsWithinIgnored || open.Branch != Branch.Taken);

        public void EndRule()
        {
            Recipe = null;
            IsWithoutTargets = false;
        }
    }
}
