using System.Globalization;
using System.Text;

namespace MiniosBuild.Toolchain.Trees.Makefiles;

public sealed partial class MakefileReader
{
    private const int DeepestExpansion = 150;
    private const long MostText = 16 * 1024 * 1024;

    // What make knows by itself and these makefiles use.
    private static readonly (string Name, string Value)[] s_defaults =
    [
        ("AR", "ar"), ("ARFLAGS", "rv"), ("AS", "as"), ("CC", "cc"), ("CPP", "$(CC) -E"), ("CXX", "g++"), ("LD", "ld"), ("RM", "rm -f"),
        ("MAKE", "$(MAKE_COMMAND)"), ("MAKE_COMMAND", "make"), ("MAKE_VERSION", "4.3"), ("SHELL", "/bin/sh"),
    ];

    // Name, fewest arguments, most arguments (0: any number), whether they are expanded beforehand.
    private static readonly Dictionary<string, (int Least, int Most, bool Expands)> s_functions = new(StringComparer.Ordinal)
    {
        ["abspath"] = (0, 1, true), ["addprefix"] = (2, 2, true), ["addsuffix"] = (2, 2, true), ["and"] = (1, 0, false), ["basename"] = (0, 1, true),
        ["call"] = (1, 0, true), ["dir"] = (0, 1, true), ["error"] = (0, 1, true), ["eval"] = (0, 1, true), ["file"] = (1, 2, true), ["filter"] = (2, 2, true),
        ["filter-out"] = (2, 2, true), ["findstring"] = (2, 2, true), ["firstword"] = (0, 1, true), ["flavor"] = (0, 1, true), ["foreach"] = (3, 3, false),
        ["guile"] = (0, 1, true), ["if"] = (2, 3, false), ["info"] = (0, 1, true), ["join"] = (2, 2, true), ["lastword"] = (0, 1, true), ["notdir"] = (0, 1, true),
        ["or"] = (1, 0, false), ["origin"] = (0, 1, true), ["patsubst"] = (3, 3, true), ["realpath"] = (0, 1, true), ["shell"] = (0, 1, true),
        ["sort"] = (0, 1, true), ["strip"] = (0, 1, true), ["subst"] = (3, 3, true), ["suffix"] = (0, 1, true), ["value"] = (0, 1, true),
        ["warning"] = (0, 1, true), ["wildcard"] = (0, 1, true), ["word"] = (2, 2, true), ["wordlist"] = (3, 3, true), ["words"] = (0, 1, true),
    };

    private readonly Dictionary<string, string> _locals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MakefilePosition> _references = new(StringComparer.Ordinal);
    private readonly HashSet<string> _expanding = new(StringComparer.Ordinal);
    private int _depth;
    private int _arguments;
    private long _text;

    /// <summary>The names of variables that were asked for, and where first; those of recipes are not among them.</summary>
    public IReadOnlyDictionary<string, MakefilePosition> References => _references;

    /// <summary>Expands a text, with automatic variables like <c>@</c> and <c>&lt;</c>, as a line of a recipe.</summary>
    public string Expand(string text, IEnumerable<(string Name, string Value)> automatic)
    {
        List<string> names = [];
        foreach (var (name, value) in automatic)
        {
            _locals[name] = value;
            names.Add(name);
        }

        try
        {
            return Expand(text);
        }
        finally
        {
            names.ForEach(n => _locals.Remove(n));
        }
    }

    /// <summary>Expands the references of a text.</summary>
    /// <exception cref="DiagnosticException">MINIOS1030, 1031 or 1032, with the file and line.</exception>
    public string Expand(string text)
    {
        int dollar = text.IndexOf('$');
        if (dollar < 0)
        {
            Charge(text.Length);
            return text;
        }

        Deepen(text);
        var result = new StringBuilder(text.Length);
        int at = 0;
        for (; dollar >= 0 && dollar < text.Length; dollar = at < text.Length ? text.IndexOf('$', at) : -1)
        {
            result.Append(text, at, dollar - at);
            at = dollar + 1;
            if (at >= text.Length)
            {
                // At the end of a text it stands for itself.
                result.Append('$');
                break;
            }

            char c = text[at];
            if (c is '(' or '{')
            {
                at = Reference(text, at, result);
            }
            else
            {
                at++;
                if (c == '$')
                {
                    result.Append('$');
                }
                else if (!MakefileText.IsSpace(c))
                {
                    result.Append(Value(c.ToString()));
                }
            }
        }

        if (at < text.Length)
        {
            result.Append(text, at, text.Length - at);
        }

        Charge(result.Length);
        _depth--;
        return result.ToString();
    }

    private void Deepen(string text)
    {
        if (++_depth > DeepestExpansion)
        {
            throw Failure(ToolchainCodes.MakefileRecursion, $"references within references, more than {DeepestExpansion} deep: {Shown(text)}");
        }
    }

    /// <summary>Expands what begins with a parenthesis or brace behind a dollar.</summary>
    /// <returns>Where the text goes on.</returns>
    private int Reference(string text, int open, StringBuilder result)
    {
        char opening = text[open], closing = opening == '(' ? ')' : '}';
        int name = open + 1, nameEnd = name;
        while (nameEnd < text.Length && (text[nameEnd] is >= 'a' and <= 'z' or '-'))
        {
            nameEnd++;
        }

        if (nameEnd < text.Length && MakefileText.IsSpace(text[nameEnd]) && s_functions.ContainsKey(text[name..nameEnd]))
        {
            int end = Closing(text, nameEnd, opening, closing);
            if (end < 0)
            {
                throw Syntax($"the call of '{text[name..nameEnd]}' is not closed by '{closing}'");
            }

            result.Append(Function(text[name..nameEnd], text[nameEnd..end].TrimStart(MakefileText.Spaces), opening, closing));
            return end + 1;
        }

        int close = text.IndexOf(closing, name);
        if (close < 0)
        {
            throw Syntax($"the reference is not closed by '{closing}': {Shown(text[(open - 1)..])}");
        }

        string inner = text[name..close];
        if (inner.Contains('$') && Closing(text, name, opening, closing) is var matching and >= 0)
        {
            close = matching;
            inner = Expand(text[name..close]);
        }

        int colon = inner.IndexOf(':');
        int equals = colon < 0 ? -1 : inner.IndexOf('=', colon);
        if (equals >= 0)
        {
            string value = Value(inner[..colon]), from = inner[(colon + 1)..equals], to = inner[(equals + 1)..];
            bool hasStem = MakefilePattern.Parse(from).HasStem;
            result.Append(value.Length == 0 ? "" : MakefileFunctions.PatternSubstitute(hasStem ? from : "%" + from, hasStem ? to : "%" + to, value));
        }
        else
        {
            result.Append(Value(inner));
        }

        Charge(result.Length);
        return close + 1;
    }

    private static int Closing(string text, int from, char opening, char closing)
    {
        for (int i = from, depth = 0; i < text.Length; i++)
        {
            depth += text[i] == opening ? 1 : text[i] == closing ? -1 : 0;
            if (depth < 0)
            {
                return i;
            }
        }

        return -1;
    }

    private string? Lookup(string name) => _locals.TryGetValue(name, out string? local) ? local : _variables.TryGetValue(name, out var variable) ? variable.Value : null;

    private void Refer(string name)
    {
        // What is asked for once the makefiles are read, they do not ask for themselves.
        if (_position.Line > 0)
        {
            _references.TryAdd(name, _position);
        }
    }

    private string Value(string name)
    {
        if (_locals.TryGetValue(name, out string? local))
        {
            return local;
        }

        Refer(name);
        if (!_variables.TryGetValue(name, out MakefileVariable? variable))
        {
            return "";
        }

        if (!variable.IsRecursive || !variable.Value.Contains('$'))
        {
            return variable.Value;
        }

        if (!_expanding.Add(name))
        {
            throw Failure(ToolchainCodes.MakefileRecursion, $"the variable '{Shown(name)}' refers to itself; assign it with ':=' or append with '+='");
        }

        string value = Expand(variable.Value);
        _expanding.Remove(name);
        return value;
    }

    private string Function(string name, string text, char opening, char closing)
    {
        (int least, int most, bool expands) = s_functions[name];
        var arguments = new List<string>();
        for (int at = 0; at <= text.Length;)
        {
            int end = arguments.Count + 1 == most ? text.Length : Comma(text, at, opening, closing);
            arguments.Add(expands ? Expand(text[at..end]) : text[at..end]);
            at = end + 1;
        }

        if (arguments.Count < least)
        {
            throw Syntax($"'{name}' has {arguments.Count} arguments and needs {least}");
        }

        string result = Call(name, arguments);
        Charge(result.Length);
        return result;
    }

    private static int Comma(string text, int from, char opening, char closing)
    {
        int depth = 0;
        for (int i = from; i < text.Length; i++)
        {
            if (text[i] == ',' && depth == 0)
            {
                return i;
            }

            depth += text[i] == opening ? 1 : text[i] == closing ? -1 : 0;
        }

        return text.Length;
    }

    private string Call(string name, List<string> a) => name switch
    {
        "subst" => Bounded(a[0].Length == 0 ? a[2].Length : a[2].Length / a[0].Length * (long)a[1].Length, () => MakefileFunctions.Substitute(a[0], a[1], a[2])),
        "patsubst" => MakefileFunctions.PatternSubstitute(a[0], a[1], PerWord(a[2], a[1])),
        "strip" => MakefileFunctions.Join(Words(a[0])),
        "findstring" => a[1].Contains(a[0], StringComparison.Ordinal) ? a[0] : "",
        "filter" => MakefileFunctions.Filter(Paired(a[0], a[1]), a[1], isIn: true),
        "filter-out" => MakefileFunctions.Filter(Paired(a[0], a[1]), a[1], isIn: false),
        "sort" => MakefileFunctions.Sort(MakefileFunctions.Join(Words(a[0]))),
        "word" => Words(a[1]).ElementAtOrDefault(Number(name, a[0], least: 1) - 1) ?? "",
        "wordlist" => MakefileFunctions.WordRange(a[2], Number(name, a[0], least: 1), Number(name, a[1], least: 0)),
        "words" => Words(a[0]).Length.ToString(CultureInfo.InvariantCulture),
        "firstword" => Words(a[0]).FirstOrDefault() ?? "",
        "lastword" => Words(a[0]).LastOrDefault() ?? "",
        "dir" => MakefileFunctions.Each(a[0], MakefileFunctions.Folder),
        "notdir" => MakefileFunctions.Each(a[0], MakefileFunctions.Name),
        "suffix" => MakefileFunctions.Join(Words(a[0]).Select(MakefileFunctions.Suffix).Where(s => s.Length > 0)),
        "basename" => MakefileFunctions.Each(a[0], MakefileFunctions.Base),
        "addprefix" => MakefileFunctions.Each(PerWord(a[1], a[0]), word => a[0] + word),
        "addsuffix" => MakefileFunctions.Each(PerWord(a[1], a[0]), word => word + a[0]),
        "join" => MakefileFunctions.JoinPairs(a[0], a[1]),
        "wildcard" => MakefileFunctions.Join(Words(a[0]).SelectMany(pattern => _files.Match(Folder, pattern))),
        "abspath" => MakefileFunctions.Each(a[0], word => Absolute(word)),
        "realpath" => MakefileFunctions.Join(Words(a[0]).Select(word => _files.Real(Absolute(word))).OfType<string>()),
        "if" => Known(Expand(a[0].Trim(MakefileText.Spaces))).Length > 0 ? Expand(a[1]) : a.Count > 2 ? Expand(a[2]) : "",
        "or" => a.Select(part => Expand(part.Trim(MakefileText.Spaces))).FirstOrDefault(value => Known(value).Length > 0) ?? "",
        "and" => And(a),
        "foreach" => ForEach(a),
        "call" => CallOf(a),
        "value" => Lookup(a[0]) ?? "",
        "origin" => Origin(a[0]),
        "flavor" => _locals.ContainsKey(a[0]) ? "simple" : !_variables.TryGetValue(a[0], out var v) ? "undefined" : v.IsRecursive ? "recursive" : "simple",
        "eval" => Evaluated(a[0]),
        "error" => Noted(MakefileNoteKind.Error, a[0]),
        "warning" => Noted(MakefileNoteKind.Warning, a[0]),
        "info" => Noted(MakefileNoteKind.Message, a[0]),
        "shell" => Command(a[0]),
        _ => Noted(MakefileNoteKind.NotFollowed, $"$({name} {string.Join(',', a)})"),
    };

    private string[] Words(string text)
    {
        string[] words = MakefileText.Words(text);
        Charge(words.Length * 8L);
        return CommandOutput.Length == 0 ? words : [.. words.Where(w => w != CommandOutput)];
    }

    private string PerWord(string text, string added) => Bounded(MakefileText.Words(text).Length * (8L + added.Length), () => text);

    private string Paired(string patterns, string text)
    {
        // Patterns times words is what a filter takes; in text read, that is what bounds it.
        int percents = MakefileText.Words(patterns).Count(p => p.Contains('%'));
        return Bounded(percents * (long)text.Length / 4, () => patterns);
    }

    private string Bounded(long cost, Func<string> function)
    {
        Charge(cost);
        return function();
    }

    private string Absolute(string word) => Path.GetFullPath(word, Folder) is var path && path.Length > 1 ? path.TrimEnd('/') : path;

    private int Number(string function, string text, int least) =>
        int.TryParse(text.Trim(MakefileText.Spaces), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw Syntax($"'{function}' needs a number of at least {least}, not '{Shown(text)}'");

    private string And(List<string> arguments)
    {
        string last = "";
        foreach (string argument in arguments)
        {
            last = Expand(argument.Trim(MakefileText.Spaces));
            if (Known(last).Length == 0)
            {
                return "";
            }
        }

        return last;
    }

    private string ForEach(List<string> arguments)
    {
        string name = Expand(arguments[0]).Trim(MakefileText.Spaces);
        bool had = _locals.TryGetValue(name, out string? outer);
        var results = new List<string>();
        foreach (string word in Words(Expand(arguments[1])))
        {
            _locals[name] = word;
            results.Add(Expand(arguments[2]));
        }

        Restore(name, had ? outer : null);
        return string.Join(' ', results);
    }

    private string CallOf(List<string> arguments)
    {
        string name = arguments[0].Trim(MakefileText.Spaces);
        if (name == "cc-option" && (Lookup(name) is { } own ? own.Contains("shell ", StringComparison.Ordinal) : _missesInclude))
        {
            // A compiler of today takes the option; with the option alone, the question is whether it does. A makefile that is not there may define the function.
            return arguments.Count > 2 ? arguments[2] : "y";
        }

        if (s_functions.TryGetValue(name, out var function))
        {
            List<string> given = arguments[1..];
            if (function.Most > 0 && given.Count > function.Most)
            {
                given = [.. given.Take(function.Most - 1), string.Join(',', given.Skip(function.Most - 1))];
            }

            if (given.Count < function.Least)
            {
                throw Syntax($"'{name}' has {given.Count} arguments and needs {function.Least}");
            }

            Deepen(name);
            string made = Call(name, given);
            _depth--;
            return made;
        }

        if (Lookup(name) is not { Length: > 0 } body)
        {
            Refer(name);
            return "";
        }

        // The arguments of a call around this one are not seen within it.
        int outer = _arguments;
        var saved = Enumerable.Range(0, Math.Max(outer, arguments.Count)).Select(i => i.ToString(CultureInfo.InvariantCulture))
            .Select((n, i) => (Name: n, Value: _locals.GetValueOrDefault(n), Now: i < arguments.Count ? arguments[i] : "")).ToList();
        saved.ForEach(s => _locals[s.Name] = s.Now);
        _arguments = saved.Count;
        Refer(name);
        bool wasExpanding = _expanding.Remove(name);
        bool isRecursive = !_variables.TryGetValue(name, out var variable) || variable.IsRecursive;
        string result = isRecursive && !_locals.ContainsKey(name) ? Expand(body) : body;
        if (wasExpanding)
        {
            _expanding.Add(name);
        }

        _arguments = outer;
        saved.ForEach(s => Restore(s.Name, s.Value));
        return result;
    }

    private void Restore(string name, string? value)
    {
        if (value is null)
        {
            _locals.Remove(name);
        }
        else
        {
            _locals[name] = value;
        }
    }

    private string Origin(string name) => _locals.ContainsKey(name) ? "automatic"
        : !_variables.TryGetValue(name, out var variable) ? "undefined"
        : variable.Origin switch
        {
            MakefileOrigin.Default => "default",
            MakefileOrigin.Environment => "environment",
            MakefileOrigin.File => "file",
            MakefileOrigin.CommandLine => "command line",
            _ => "override",
        };

    private string Evaluated(string text)
    {
        MakefilePosition here = _position;
        int depth = _depth;
        _evaluations++;
        Evaluate(text, _ => here);
        _evaluations--;
        (_position, _depth) = (here, depth);
        return "";
    }

    private string Noted(MakefileNoteKind kind, string text)
    {
        Note(kind, text);
        return "";
    }

    private string Command(string command)
    {
        Note(MakefileNoteKind.Command, command);
        return CommandOutput;
    }

    private void Charge(long characters)
    {
        // Never less than a little, so that what yields nothing ends as well.
        _text += characters + 16;
        if (_text > MostText)
        {
            throw TooLarge($"the makefiles make more than {MostText} characters of text");
        }
    }
}
