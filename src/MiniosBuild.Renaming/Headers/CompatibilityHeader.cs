using System.Text;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Renaming.Headers;

/// <summary>
/// The header with which code that was written for the old names compiles and links. It is read before all staged headers. What is
/// no macro is served by renaming the staged headers' own name back, with a macro that is inside the namespace, and the symbol keeps
/// its new name by a pragma. Only old macros need a macro under their old name.
/// </summary>
public sealed class CompatibilityHeader
{
    /// <summary>Below the folder of staged headers.</summary>
    public const string Place = "mini-os/compat.h";

    private readonly CompatibilityHeaderInputs _inputs;
    private readonly HashSet<string> _olds;
    private readonly HashSet<string> _news;
    private readonly HashSet<string> _newMacros;
    private readonly SortedDictionary<string, string> _forward = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _back = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _symbols = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> _diagnostics = [];

    private CompatibilityHeader(CompatibilityHeaderInputs inputs)
    {
        _inputs = inputs;
        _olds = inputs.Names.Entries.Select(e => e.Old).ToHashSet(StringComparer.Ordinal);
        _news = inputs.Names.Entries.Select(e => e.New).ToHashSet(StringComparer.Ordinal);
        _newMacros = inputs.Names.Entries.Where(e => e.Kind.IsMacro()).Select(e => e.New).ToHashSet(StringComparer.Ordinal);
        foreach (NameMapEntry entry in inputs.Names.Entries)
        {
            if ((entry.Kind.IsMacro() ? ServeMacro(entry) : ServeOther(entry)) is { } reason)
            {
                _diagnostics.Add(Diagnostic.Warning(
                    HeaderCodes.NotServed, $"the old name \"{entry.Old}\" ({entry.Kind.Text()}) cannot be used with {Place}: {reason}; write \"{entry.New}\""));
            }
        }

        Text = Compose();
    }

    /// <summary>The header.</summary>
    public string Text { get; }

    /// <summary>The names outside the namespace that it defines as macros, sorted.</summary>
    public IReadOnlyCollection<string> LeakedMacros => _forward.Keys;

    /// <summary>How many old names can be used with it.</summary>
    public int ServedCount => _inputs.Names.Entries.Count - _diagnostics.Count;

    /// <summary>The old names that cannot be used with it: MINIOS1520.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Makes the header.</summary>
    public static CompatibilityHeader Of(CompatibilityHeaderInputs inputs) => new(inputs);

    // The entries come macros first. A macro stands for its name in all name spaces, so none of them can be renamed back.
    private string? ServeMacro(NameMapEntry entry)
    {
        if (WhyChained(entry) is { } reason)
        {
            return reason;
        }

        _forward[entry.Old] = entry.New;
        return null;
    }

    private string? ServeOther(NameMapEntry entry)
    {
        if (WhyChained(entry) is { } reason)
        {
            return reason;
        }

        if (_inputs.Names.Macro(entry.Old) is { } macro)
        {
            if (macro.New == entry.New)
            {
                return null; // The macro's own alias serves both.
            }

            if (macro.Kind == HeaderNameKind.Macro)
            {
                return "a macro of that name hides it";
            }
        }

        if (CanBeRenamedBack(entry))
        {
            _back[entry.New] = entry.Old;
            if (HasSymbol(entry))
            {
                _symbols[entry.Old] = entry.New;
            }

            return null;
        }

        // Something else has the new name, in another of C's name spaces: that must not be renamed back. Or the headers look for a macro of that name.
        if (_forward.TryGetValue(entry.Old, out string? target) ? target != entry.New : _back.ContainsValue(entry.Old))
        {
            return $"\"{entry.New}\" is another name as well";
        }

        _forward[entry.Old] = entry.New;
        return null;
    }

    private bool CanBeRenamedBack(NameMapEntry entry) => _back.TryGetValue(entry.New, out string? old)
        ? old == entry.Old
        : !_inputs.Taken.Contains(entry.New) && !_newMacros.Contains(entry.New) && !_inputs.Tested.Contains(entry.Old);

    private string? WhyChained(NameMapEntry entry) =>
        _olds.Contains(entry.New) ? $"\"{entry.New}\" is the old name of something else"
        : _news.Contains(entry.Old) ? "it is the new name of something else"
        : null;

    private bool HasSymbol(NameMapEntry entry) =>
        entry.Kind is HeaderNameKind.Function or HeaderNameKind.Variable && _inputs.Symbols.Contains(entry.Old);

    private string Compose()
    {
        string own = _inputs.OwnGuard;
        var text = new StringBuilder($"""
            /*
             * Old names for code that was written before Mini-OS had a namespace: compile it with -include {Place}.
             * {ServedCount} old names, {_forward.Count} of them macros outside the namespace. Written by MiniosBuild.
             */
            #ifndef {own}
            #define {own}


            """);
        string[] guards = [.. _inputs.Guards.Where(g => g != own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (guards.Length > 0)
        {
            text.Append("#if ").AppendJoin(" || \\\n\t", guards.Select(g => $"defined {g}"))
                .Append($"\n#error \"{Place} has to be read before all other headers of Mini-OS: compile with -include {Place}\"\n#endif\n\n");
        }

        // gcc expands macros in the pragma: the pragmas come before every macro.
        text.Append("#ifndef __ASSEMBLER__\n");
        Append("#pragma redefine_extname ", _symbols);
        Append("#define ", _back);
        text.Append("#else\n");
        Append("#define ", _symbols);
        text.Append("#endif\n\n");
        foreach ((string old, string name) in _forward)
        {
            // Only a call is the macro where other things have its name too.
            bool isCall = _inputs.Names.Macro(old) is { Kind: HeaderNameKind.FunctionMacro } && _back.ContainsValue(old);
            text.Append(_inputs.Originals.TryGetValue(old, out string? original) ? $"#define {original}\n" : isCall ? $"#define {old}(...) {name}(__VA_ARGS__)\n" : $"#define {old} {name}\n");
        }

        return text.Append("\n#endif\n").ToString();

        void Append(string directive, IEnumerable<KeyValuePair<string, string>> pairs)
        {
            foreach ((string left, string right) in pairs)
            {
                text.Append($"{directive}{left} {right}\n");
            }
        }
    }
}
