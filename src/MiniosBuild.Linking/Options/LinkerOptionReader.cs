using MiniosBuild.Linking.Scripts;

namespace MiniosBuild.Linking.Options;

/// <summary>Reads the options of GNU ld as its manual spells them (Command-line Options): one letter with its value beside or after it, words with one dash or two.</summary>
internal sealed class LinkerOptionReader(IReadOnlyList<string> words)
{
    // Words whose value may be the next argument, beside those that are read here: it must not be taken for a file.
    private static readonly HashSet<string> s_valued = new(StringComparer.Ordinal)
    {
        "architecture", "assert", "audit", "auxiliary", "dynamic-linker", "filter", "fini", "init", "Map",
        "oformat", "out-implib", "output", "plugin-opt", "print-map", "rpath", "rpath-link",
        "section-start", "soname", "sort-section", "Tbss", "Tdata", "Ttext", "Trodata-segment", "Tldata-segment", "Ttext-segment", "trace-symbol",
        "version-exports-section", "dependency-file", "task-link", "image-base", "package-metadata", "depaudit",
        "ignore-unresolved-symbol", "exclude-libs", "remap-inputs", "export-dynamic-symbol",
    };

    // Words with one dash that must not be read as a letter with its value.
    private static readonly HashSet<string> s_plain = new(StringComparer.Ordinal)
    {
        "eh-frame-hdr", "embedded-relocs", "emit-relocs", "enable-new-dtags", "enable-non-contiguous-regions", "error-execstack", "error-rwx-segments",
        "export-dynamic", "undefined-version", "unique", "ld-generated-unwind-info", "EB", "EL",
    };

    // Letters whose value is beside them or the next argument.
    private const string ValuedLetters = "AabefFGhIlLmoPuYyz";

    private readonly List<string> _undefined = [];
    private readonly List<string> _required = [];
    private readonly List<LinkerAssignment> _assignments = [];
    private readonly List<string> _wrapped = [];
    private readonly List<string> _folders = [];
    private readonly List<LinkerOptionInput> _inputs = [];
    private readonly List<LinkerOptionFile> _files = [];
    private string? _entry;
    private bool _allowsDuplicates;
    private bool _ignoresScriptFolders;
    private bool _collects;
    private bool _allowsMissing;
    private readonly Stack<bool> _states = [];
    private bool _isWhole;
    private bool _isBinary;
    private int _groups;
    private bool _inGroup;
    private int _at;

    public LinkerOptions Read()
    {
        for (; _at < words.Count; _at++)
        {
            string word = words[_at];
            if (word.Length < 2 || word[0] != '-')
            {
                AddInput(word, isLibrary: false);
            }
            else if (!ReadWord(word) && !ReadLetter(word) && word.Length == 2 && ValuedLetters.Contains(word[1]))
            {
                _at++;
            }
        }

        return new LinkerOptions
        {
            Undefined = _undefined,
            Required = _required,
            Assignments = _assignments,
            Entry = _entry,
            Wrapped = _wrapped,
            SearchFolders = _folders,
            Inputs = _inputs,
            Files = _files,
            AllowsMultipleDefinition = _allowsDuplicates,
            IgnoresScriptFolders = _ignoresScriptFolders,
            CollectsSections = _collects,
            AllowsMissingNames = _allowsMissing,
        };
    }

    private bool ReadWord(string word)
    {
        string name = word[(word[1] == '-' ? 2 : 1)..];
        int equals = name.IndexOf('=');
        string? beside = equals < 0 ? null : name[(equals + 1)..];
        name = equals < 0 ? name : name[..equals];
        switch (name)
        {
            case "undefined":
                Need(beside ?? Next(), isRequired: false);
                break;
            case "require-defined":
                Need(beside ?? Next(), isRequired: true);
                break;
            case "defsym":
                Define(beside ?? Next());
                break;
            case "entry":
                _entry = beside ?? Next();
                break;
            case "wrap":
                Add(_wrapped, beside ?? Next());
                break;
            case "library":
                AddInput(beside ?? Next(), isLibrary: true);
                break;
            case "script":
                AddInput(beside ?? Next(), isLibrary: false, isScript: true);
                break;
            case "just-symbols":
                AddInput(beside ?? Next(), isLibrary: false, isSymbolsOnly: true);
                break;
            case "version-script" or "dynamic-list" or "export-dynamic-symbol-list" or "section-ordering-file" or "mri-script" or "default-script" or "dT":
                AddFile(beside ?? Next(), isSearched: true);
                break;
            case "retain-symbols-file" or "remap-inputs-file" or "plugin":
                AddFile(beside ?? Next(), isSearched: false);
                break;
            case "library-path":
                Add(_folders, beside ?? Next());
                break;
            case "whole-archive":
            case "no-whole-archive":
                _isWhole = name == "whole-archive";
                break;
            case "push-state":
                _states.Push(_isWhole);
                break;
            case "pop-state":
                _isWhole = _states.TryPop(out bool state) ? state : _isWhole;
                break;
            case "format":
                _isBinary = (beside ?? Next()) == "binary";
                break;
            case "start-group" or "(":
                _inGroup = true;
                _groups++;
                break;
            case "end-group" or ")":
                _inGroup = false;
                break;
            case "allow-multiple-definition":
                _allowsDuplicates = true;
                break;
            case "nostdlib":
                _ignoresScriptFolders = true;
                break;
            case "gc-sections":
            case "no-gc-sections":
                _collects = name == "gc-sections";
                break;
            case "noinhibit-exec" or "warn-unresolved-symbols" or "relocatable" or "r":
                _allowsMissing = true;
                break;
            case "error-unresolved-symbols":
                _allowsMissing = false;
                break;
            case "unresolved-symbols":
                _allowsMissing = (beside ?? Next()) is "ignore-all" or "ignore-in-object-files";
                break;
            default:
                if (!s_valued.Contains(name))
                {
                    return s_plain.Contains(name);
                }

                _at += beside is null ? 1 : 0;
                break;
        }

        return true;
    }

    private bool ReadLetter(string word)
    {
        // With two dashes it is a word, which nobody knows.
        string? Value() => word.Length > 2 ? word[2..] : Next();
        switch (word[1])
        {
            case 'u':
                Need(Value(), isRequired: false);
                break;
            case 'e':
                _entry = Value();
                break;
            case 'b':
                _isBinary = Value() == "binary";
                break;
            case 'l':
                AddInput(Value(), isLibrary: true);
                break;
            case 'T':
                AddInput(Value(), isLibrary: false, isScript: true);
                break;
            case 'R':
                AddInput(Value(), isLibrary: false, isSymbolsOnly: true);
                break;
            case 'c':
                AddFile(Value(), isSearched: true);
                break;
            case 'L':
                Add(_folders, Value());
                break;
            case 'z':
                _allowsDuplicates |= Value() == "muldefs";
                break;
            default:
                return false;
        }

        return true;
    }

    private string? Next() => _at + 1 < words.Count ? words[++_at] : null;

    private void Need(string? name, bool isRequired)
    {
        Add(_undefined, name);
        if (isRequired)
        {
            Add(_required, name);
        }
    }

    private void Define(string? text)
    {
        if (text?.IndexOf('=') is > 0 and int equals)
        {
            _assignments.Add(new LinkerAssignment(text[..equals].Trim(), IsProvided: false, LinkerScriptReader.NamesOfExpression(text[(equals + 1)..]), 0));
        }
    }

    private static void Add(List<string> list, string? text)
    {
        if (text is { Length: > 0 })
        {
            list.Add(text);
        }
    }

    private void AddInput(string? text, bool isLibrary, bool isScript = false, bool isSymbolsOnly = false)
    {
        if (text is { Length: > 0 })
        {
            _inputs.Add(new LinkerOptionInput(text, isLibrary, _inGroup ? _groups : 0, _isWhole)
            {
                IsBinary = _isBinary && !isLibrary && !isScript, IsScript = isScript, IsSymbolsOnly = isSymbolsOnly,
            });
        }
    }

    private void AddFile(string? text, bool isSearched)
    {
        if (text is { Length: > 0 })
        {
            _files.Add(new LinkerOptionFile(text, isSearched));
        }
    }
}
