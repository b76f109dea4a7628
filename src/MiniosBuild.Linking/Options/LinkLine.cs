using System.Text;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Linking.Options;

/// <summary>
/// The files of a link with those that linker scripts name in their places, as GNU ld finds them (ld manual, File Commands and Implicit
/// Linker Scripts; measured on GNU ld where that leaves it open). A file that is text and begins as a script does is one.
/// </summary>
public sealed class LinkLine
{
    // No limit of ld's: it keeps scripts that double with each level from filling the memory.
    private const int MostFiles = 10_000;
    private const int MostNested = 64;

    private readonly LinkSettings _settings;
    private readonly List<LinkInput> _first = [];
    private readonly List<LinkInput> _inputs = [];
    private readonly List<LinkInput> _last = [];
    private readonly List<LinkerScriptNames> _scripts = [];
    private readonly List<Finding> _findings = [];
    private readonly List<string> _folders;
    private readonly List<string> _open = [];
    private readonly LinkerScriptIncludes? _includes;
    private int _groups;
    private int _files;

    private LinkLine(IReadOnlyList<LinkInput> inputs, LinkSettings settings)
    {
        _settings = settings;
        _folders = [.. settings.Options.SearchFolders];
        _includes = settings.Files is null ? null : new LinkerScriptIncludes(FindInclude, _findings);
        _groups = inputs.Count == 0 ? 0 : inputs.Max(input => input.Group);
        // The scripts of -T are read before any file is opened.
        LinkerScriptNames?[] scripts = [.. inputs.Select(input => input.IsScript ? Read(input) : null)];
        AddRoots([.. scripts.Prepend(settings.Script).OfType<LinkerScriptNames>()]);
        if (settings.Script is { } script)
        {
            AddScript(new LinkInput(LinkParty.Guest, "script", script.Path, default), script, isImplicit: false);
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            if (scripts[i] is { } named)
            {
                AddScript(inputs[i], named, isImplicit: false);
            }
            else
            {
                Add(inputs[i]);
            }
        }

        Inputs = [.. _first, .. _inputs, .. _last];
    }

    /// <summary>The files in the order in which the linker takes them, and what scripts say between them.</summary>
    public IReadOnlyList<LinkInput> Inputs { get; }

    /// <summary>The scripts, in order.</summary>
    public IReadOnlyList<LinkerScriptNames> Scripts => _scripts;

    /// <summary>What scripts name and nobody has (MINIOS1635); the levels of findings are not applied.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The entry point of the scripts of <c>-T</c>; null for none.</summary>
    internal string? Entry { get; private set; }

    /// <summary>The names that those scripts ask for.</summary>
    internal IReadOnlyList<string> Externs { get; private set; } = [];

    /// <summary>Follows the scripts of a link.</summary>
    /// <param name="inputs">The files of the command line, in its order.</param>
    /// <param name="settings">Options, and how files are found; without that no script is followed.</param>
    public static LinkLine Follow(IReadOnlyList<LinkInput> inputs, LinkSettings settings) => new(inputs, settings);

    private void AddRoots(IReadOnlyList<LinkerScriptNames> scripts)
    {
        Entry = scripts.LastOrDefault(script => script.Entry is not null)?.Entry;
        Externs = [.. scripts.SelectMany(script => script.Externs)];
        AddFolders(scripts);
    }

    private void AddFolders(IEnumerable<LinkerScriptNames> scripts)
    {
        if (!_settings.Options.IgnoresScriptFolders)
        {
            _folders.AddRange(scripts.SelectMany(script => script.SearchFolders).Select(WithoutRoot));
        }
    }

    private LinkerScriptNames Read(LinkInput input) => new LinkerScriptReader(Encoding.UTF8.GetString(input.Data.Span), input.Path, _includes).Read(input.Path);

    private void Add(LinkInput input)
    {
        if (input.Names is not null || input.IsSymbolsOnly || !IsScript(input.Data.Span))
        {
            _inputs.Add(input);
            return;
        }

        LinkerScriptNames script = Read(input);
        AddFolders([script]);
        AddScript(input, script, isImplicit: true);
    }

    private static bool IsScript(ReadOnlySpan<byte> data) =>
        !ElfFile.IsElf(data) && !ArArchive.IsArchive(data) && !data.ContainsAnyInRange((byte)0, (byte)8) && new LinkerScriptReader(Encoding.UTF8.GetString(data)).BeginsScript;

    private void AddScript(LinkInput input, LinkerScriptNames script, bool isImplicit)
    {
        _scripts.Add(script);
        int start = _inputs.Count;
        string folder = Path.GetDirectoryName(input.Path) is { Length: > 0 } named ? named : ".";
        IReadOnlyList<string> externs = isImplicit ? script.Externs : [];
        int done = 0, last = 0, group = 0;
        _open.Add(input.Path);
        foreach (LinkerScriptFile file in script.Files)
        {
            AddPart(input, externs, script, done, file.Assignments);
            (externs, done) = ([], file.Assignments);
            if (file.Group != last)
            {
                last = file.Group;
                group = last == 0 ? 0 : ++_groups;
            }

            AddFile(input, file, group, isImplicit ? folder : null);
        }

        AddPart(input, externs, script, done, script.Assignments.Count);
        _open.RemoveAt(_open.Count - 1);
        if (isImplicit && script.HasSections && _open.Count == 0)
        {
            _last.AddRange(_inputs.Skip(start).Select(moved => input.Group == 0 ? moved : moved with { Group = moved.Inner.FirstOrDefault(), Inner = [.. moved.Inner.Skip(1)] }));
            _inputs.RemoveRange(start, _inputs.Count - start);
        }
    }

    private void AddPart(LinkInput input, IReadOnlyList<string> externs, LinkerScriptNames script, int from, int to)
    {
        if (externs.Count > 0 || to > from)
        {
            _inputs.Add(input with { Data = default, IsScript = false, Script = new LinkScriptPart(externs, [.. script.Assignments.Skip(from).Take(to - from)]) });
        }
    }

    private void AddFile(LinkInput input, LinkerScriptFile file, int group, string? folder)
    {
        if (_settings.Files is null)
        {
            return;
        }

        if (++_files > MostFiles)
        {
            if (_files == MostFiles + 1)
            {
                Refuse(file, $"is the {_files}th file that the linker scripts name, and no more are followed. Look for scripts that name each other.");
            }

            return;
        }

        if (Candidates(file, folder).Select(_settings.Files).FirstOrDefault(found => found is not null) is not { } found)
        {
            Refuse(file, $"is not there; looked for {(file.IsLibrary ? LibraryFile(file.Text) + " in " : "in ")}{Searched(file, folder)}. Create it, add its folder with -L, or take it out of the script.");
            return;
        }

        if (_open.Contains(found.Path) || _open.Count >= MostNested)
        {
            Refuse(file, "is a script that leads to itself again, and the linker would follow it for ever. Take it out of the script.");
            return;
        }

        if (file.IsFirst)
        {
            // Of an implicit script it comes too late to be the first.
            if (folder is null)
            {
                _first.Add(new LinkInput(input.Party, LinkInput.LibraryOf(found.Path), found.Path, found.Data));
            }

            return;
        }

        Add(new LinkInput(input.Party, LinkInput.LibraryOf(found.Path), found.Path, found.Data)
        {
            Group = input.Group == 0 ? group : input.Group, Inner = input.Group == 0 || group == 0 ? input.Inner : [.. input.Inner, group], IsWhole = input.IsWhole,
        });
    }

    private IEnumerable<string> Candidates(LinkerScriptFile file, string? folder)
    {
        string name = file.IsLibrary ? LibraryFile(file.Text) : WithoutRoot(file.Text);
        if (file.IsLibrary)
        {
            return _folders.Select(searched => Path.Combine(searched, name));
        }

        return Path.IsPathRooted(name) ? [name]
            : [.. folder is null || name.Length < file.Text.Length ? (IEnumerable<string>)[] : [Path.Combine(folder, name)], name, .. _folders.Select(searched => Path.Combine(searched, name))];
    }

    private LinkFile? FindInclude(string name) =>
        _folders.Select(folder => Path.Combine(folder, name)).Prepend(name).Select(_settings.Files!).FirstOrDefault(found => found is not null);

    private string Searched(LinkerScriptFile file, string? folder)
    {
        string[] folders = [.. file.IsLibrary ? [] : (string[])["the current folder"], .. _folders];
        return !file.IsLibrary && Path.IsPathRooted(WithoutRoot(file.Text)) ? "its folder"
            : folder is not null && !file.IsLibrary ? string.Join(", ", folders.Prepend("the script's folder").Distinct())
            : folders.Length == 0 ? "no folder, since no -L names one"
            : string.Join(", ", folders.Distinct());
    }

    private static string LibraryFile(string library) => library.StartsWith(':') ? library[1..] : $"lib{library}.a";

    // The folder that a cross linker was built to find its system in; without one it is empty (ld manual, --sysroot).
    private static string WithoutRoot(string name) =>
        name.StartsWith('=') ? name[1..] : name.StartsWith("$SYSROOT", StringComparison.Ordinal) ? name["$SYSROOT".Length..] : name;

    private void Refuse(LinkerScriptFile file, string why) => _findings.Add(new Finding(
        FindingCodes.ScriptFile, DiagnosticSeverity.Error, "script", file.Path, null, file.Text,
        $"\"{(file.IsLibrary ? "-l" : "")}{file.Text}\" {why}", new SourcePosition(file.Path, file.Line, 0)));
}
