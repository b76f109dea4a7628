namespace MiniosBuild.Linking.Scripts;

/// <summary>Finds the assignments of a linker script, by the shape of its statements (ld manual, Linker Scripts).</summary>
internal sealed class LinkerScriptReader
{
    // Whose arguments name sections, regions or constants, not symbols.
    private static readonly HashSet<string> s_nonSymbolFunctions = new(StringComparer.Ordinal)
    {
        "SIZEOF", "ADDR", "LOADADDR", "ALIGNOF", "ORIGIN", "LENGTH", "CONSTANT", "SEGMENT_START", "DEFINED",
    };

    private static readonly HashSet<string> s_dataStatements = new(StringComparer.Ordinal) { "BYTE", "SHORT", "LONG", "QUAD", "SQUAD", "FILL", "ASSERT" };

    // What stands in them looks like assignments and is none.
    private static readonly HashSet<string> s_skippedBlocks = new(StringComparer.Ordinal) { "MEMORY", "PHDRS", "VERSION" };

    // With these a file begins that is a script (ld manual, Linker Scripts), beside assignments and INCLUDE.
    private static readonly HashSet<string> s_commands = new(StringComparer.Ordinal)
    {
        "ENTRY", "INPUT", "GROUP", "OUTPUT", "SEARCH_DIR", "STARTUP", "OUTPUT_FORMAT", "TARGET", "REGION_ALIAS", "ASSERT", "EXTERN", "NOCROSSREFS", "NOCROSSREFS_TO",
        "OUTPUT_ARCH", "LD_FEATURE", "SECTIONS", "MEMORY", "PHDRS", "VERSION", "PROVIDE", "PROVIDE_HIDDEN", "HIDDEN", "FORCE_COMMON_ALLOCATION",
        "INHIBIT_COMMON_ALLOCATION", "FORCE_GROUP_ALLOCATION", "INSERT",
    };

    private readonly List<LinkerScriptToken> _tokens;
    private readonly List<LinkerScriptFile> _files = [];
    private readonly List<string> _folders = [];
    private readonly List<LinkerAssignment> _assignments = [];
    private readonly List<string> _externs = [];
    private readonly List<string> _references = [];
    private readonly List<string> _sections = [];
    private string? _entry;
    private bool _hasSections;
    private int _groups;
    private int _braces;
    private int _at;

    public LinkerScriptReader(string text, string path = "", LinkerScriptIncludes? includes = null) => _tokens = new LinkerScriptLexer(text, path, includes).Read();

    /// <summary>Whether it begins as a script does; a file that is empty but for comments is one too.</summary>
    public bool BeginsScript => AtEnd || Current.Is(";") || (Current.Kind == LinkerScriptTokenKind.Word && Following.IsAssignment)
        || (!Current.IsQuoted && s_commands.Contains(Current.Text) && (Following.Is("(") || Following.Is("{") || Current.Text.EndsWith("_ALLOCATION", StringComparison.Ordinal)));

    private LinkerScriptToken Current => _tokens[_at];

    private LinkerScriptToken Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private bool AtEnd => Current.Kind == LinkerScriptTokenKind.End;

    /// <summary>The symbols of an expression, each once.</summary>
    public static List<string> NamesOfExpression(string expression)
    {
        var names = new List<string>();
        new LinkerScriptReader(expression).ReadExpression(names, closes: false);
        return names;
    }

    public LinkerScriptNames Read(string path)
    {
        while (!AtEnd)
        {
            ReadStatement();
        }

        return new LinkerScriptNames
        {
            Path = path,
            Assignments = _assignments,
            Externs = _externs,
            Entry = _entry,
            References = [.. _references.Distinct(StringComparer.Ordinal)],
            Sections = _sections,
            Files = _files,
            SearchFolders = _folders,
            HasSections = _hasSections,
        };
    }

    private void ReadStatement()
    {
        LinkerScriptToken token = Current;
        if (token.Is("}"))
        {
            _at++;
            _braces--;
            SkipSectionTail();
        }
        else if (token.Kind != LinkerScriptTokenKind.Word)
        {
            _braces += token.Is("{") ? 1 : 0;
            _at++;
        }
        else if (Following.IsAssignment)
        {
            ReadAssignment(isProvided: false, closes: false);
        }
        else if (token.IsQuoted || !ReadCommand(token.Text))
        {
            ReadSectionName(token);
            _at++;
        }
    }

    private bool ReadCommand(string word)
    {
        if (s_skippedBlocks.Contains(word) && Following.Is("{"))
        {
            _at++;
            SkipBraces();
            return true;
        }

        _hasSections |= word == "SECTIONS" && Following.Is("{");
        if (!Following.Is("("))
        {
            return false;
        }

        switch (word)
        {
            case "INPUT" or "GROUP" or "STARTUP" when _braces == 0:
                ReadFiles(word);
                return true;
            case "SEARCH_DIR":
                ReadFolder();
                return true;
            case "PROVIDE" or "PROVIDE_HIDDEN" or "HIDDEN":
                _at += 2;
                if (!AtEnd && Following.IsAssignment)
                {
                    ReadAssignment(isProvided: word != "HIDDEN", closes: true);
                }

                return true;
            case "ENTRY":
                _at += 2;
                _entry = Current.IsSymbol ? Current.Text : _entry;
                return true;
            case "EXTERN":
                for (_at += 2; !AtEnd && !Current.Is(")"); _at++)
                {
                    if (Current.IsSymbol)
                    {
                        _externs.Add(Current.Text);
                    }
                }

                return true;
            default:
                if (s_dataStatements.Contains(word))
                {
                    _at += 2;
                    ReadExpression(_references, closes: true);
                    return true;
                }

                return false;
        }
    }

    /// <summary>The files of a list. What stands in AS_NEEDED is needed only of shared libraries: others are taken as all files are.</summary>
    private void ReadFiles(string command)
    {
        int group = command == "GROUP" ? ++_groups : 0;
        int depth = 0;
        for (_at++; !AtEnd; _at++)
        {
            depth += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
            if (depth == 0)
            {
                _at++;
                return;
            }

            if (Current.Kind != LinkerScriptTokenKind.Word || Current.Text.Length == 0 || (Current.IsWord("AS_NEEDED") && Following.Is("(")))
            {
                continue;
            }

            bool isLibrary = !Current.IsQuoted && Current.Text.StartsWith("-l", StringComparison.Ordinal);
            _files.Add(new LinkerScriptFile(isLibrary ? Current.Text[2..] : Current.Text, isLibrary, group, _assignments.Count, Current.Path, Current.Line)
            {
                IsFirst = command == "STARTUP",
            });
        }
    }

    /// <summary>A folder falls apart into words and marks, of which only blanks are lost.</summary>
    private void ReadFolder()
    {
        var folder = new System.Text.StringBuilder();
        for (_at += 2; !AtEnd && !Current.Is(")"); _at++)
        {
            folder.Append(Current.Text);
        }

        _at += AtEnd ? 0 : 1;
        if (folder.Length > 0)
        {
            _folders.Add(folder.ToString());
        }
    }

    private void ReadAssignment(bool isProvided, bool closes)
    {
        LinkerScriptToken target = Current;
        _at += 2;
        var references = new List<string>();
        ReadExpression(references, closes);
        if (target.IsSymbol)
        {
            _assignments.Add(new LinkerAssignment(target.Text, isProvided, references, target.Line));
        }
        else
        {
            _references.AddRange(references); // Of the location counter.
        }
    }

    /// <summary>Reads up to the end of the statement, or past the parenthesis that closes it.</summary>
    private void ReadExpression(List<string> names, bool closes)
    {
        var found = new List<string>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        ReadExpression(found, asked, closes);
        // What an expression first asks for, as in DEFINED(a) ? a : 1, it does without.
        names.AddRange(found.Where(name => !asked.Contains(name) && !names.Contains(name)));
    }

    private void ReadExpression(List<string> names, HashSet<string> asked, bool closes)
    {
        int depth = 0;
        for (; !AtEnd; _at++)
        {
            LinkerScriptToken token = Current;
            if (token.Is(";") || token.Is("{") || token.Is("}") || (depth == 0 && token.Is(",")) || (depth == 0 && token.Is(")")))
            {
                _at += token.Is(";") || (closes && token.Is(")")) ? 1 : 0;
                return;
            }

            if (token.Is("("))
            {
                depth++;
            }
            else if (token.Is(")"))
            {
                depth--;
            }
            else if (Following.Is("(") && s_nonSymbolFunctions.Contains(token.Text) && !token.IsQuoted)
            {
                _at++;
                if (token.IsWord("DEFINED") && Following.IsSymbol)
                {
                    asked.Add(Following.Text);
                }

                SkipParentheses();
                _at--;
            }
            else if (token.IsSymbol && !(Following.Is("(") && !token.IsQuoted) && !names.Contains(token.Text))
            {
                names.Add(token.Text);
            }
        }
    }

    /// <summary>After the statements of an output section: where it goes and what fills it, which may look like an assignment.</summary>
    private void SkipSectionTail()
    {
        while (!AtEnd)
        {
            if (Current.Is(">") || Current.Is(":"))
            {
                _at = Math.Min(_at + 2, _tokens.Count - 1);
            }
            else if (Current.IsWord("AT") && Following.Is(">"))
            {
                _at++;
            }
            else if (Current.Is("="))
            {
                _at++;
                SkipFill();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipFill()
    {
        if (Current.Is("("))
        {
            SkipParentheses();
        }
        else if (!AtEnd)
        {
            _at++;
        }
    }

    private void SkipParentheses()
    {
        int depth = 0;
        for (; !AtEnd; _at++)
        {
            depth += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
            if (depth == 0)
            {
                _at++;
                return;
            }
        }
    }

    private void SkipBraces()
    {
        int depth = 0;
        for (; !AtEnd; _at++)
        {
            depth += Current.Is("{") ? 1 : Current.Is("}") ? -1 : 0;
            if (depth == 0)
            {
                _at++;
                return;
            }
        }
    }

    /// <summary>An output section is a name, perhaps an address and a type, and a colon.</summary>
    private void ReadSectionName(LinkerScriptToken name)
    {
        int at = _at + 1;
        int end = Math.Min(at + 8, _tokens.Count);
        while (at < end && !(_tokens[at].Is(":") || _tokens[at].Is(";") || _tokens[at].Is("{") || _tokens[at].Is("}") || _tokens[at].Is("*")))
        {
            at++;
        }

        if (at < end && _tokens[at].Is(":"))
        {
            _sections.Add(name.Text);
        }
    }
}

/// <summary>What a linker script says between two of the files that it names.</summary>
/// <param name="Externs">The names that it asks for.</param>
/// <param name="Assignments">The names that it gives.</param>
internal sealed record LinkScriptPart(IReadOnlyList<string> Externs, IReadOnlyList<LinkerAssignment> Assignments);
