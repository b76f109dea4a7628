using System.Collections;
using System.Runtime.InteropServices;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>
/// What a validation found. An unpoliced set of a million symbols has as many findings: each is kept as numbers and made into a
/// <see cref="Finding"/> anew whenever it is asked for.
/// </summary>
internal sealed class FoundList : IReadOnlyList<Finding>
{
    private const int FirstCode = (int)SetFinding.OutsideNamespace;

    private readonly List<FoundEntry> _entries = [];
    private readonly List<Finding> _worded = [];
    private readonly DiagnosticSeverity?[] _severities = new DiagnosticSeverity?[(int)Enum.GetValues<SetFinding>().Max() - FirstCode + 1];
    private readonly FindingLevels _levels;
    private readonly FindingTexts _texts;
    private readonly NameTable _names;
    private readonly List<SetObject> _objects;
    private SourcePosition?[] _positions = [];
    private SourcePosition?[] _otherPositions = [];

    public FoundList(FindingLevels levels, FindingTexts texts, NameTable names, List<SetObject> objects)
    {
        _levels = levels;
        _texts = texts;
        _names = names;
        _objects = objects;
        foreach (SetFinding code in Enum.GetValues<SetFinding>())
        {
            _severities[(int)code - FirstCode] = levels.SeverityOf(CodeOf(code));
        }
    }

    public int Count => _entries.Count;

    /// <summary>The findings in numbers.</summary>
    public ReadOnlySpan<FoundEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    public Finding this[int index]
    {
        get
        {
            FoundEntry entry = _entries[index];
            if (entry.Code == 0)
            {
                return _worded[entry.Name];
            }

            SetObject owner = _objects[entry.Site.Object];
            string symbol = _names.Text(entry.Name);
            SourcePosition? other = _otherPositions.Length == 0 ? null : _otherPositions[index];
            return new Finding(
                CodeOf(entry.Code), _severities[(int)entry.Code - FirstCode]!.Value, owner.Library, owner.File, owner.Member, symbol,
                _texts.Text(entry, symbol, owner, entry.Other.Exists ? _objects[entry.Other.Object] : null, other),
                _positions.Length == 0 ? null : _positions[index])
            {
                Kind = FindingTexts.WordOf(entry.Site.Kind),
                MemberOffset = owner.MemberOffset,
            };
        }
    }

    /// <summary>How serious findings of a code are; null when it is silenced.</summary>
    public DiagnosticSeverity? SeverityOf(string code) => _levels.SeverityOf(code);

    /// <summary>Adds a finding about a symbol, unless its code is silenced.</summary>
    public void Add(SetFinding code, int name, in SymbolSite site) => Add(code, name, site, SymbolSite.None);

    /// <summary>The same, naming another symbol.</summary>
    public void Add(SetFinding code, int name, in SymbolSite site, in SymbolSite other)
    {
        if (_severities[(int)code - FirstCode] is not null)
        {
            _entries.Add(new FoundEntry(code, name, site, other));
        }
    }

    /// <summary>Takes back what was found about a symbol.</summary>
    public void Remove(SetFinding code, int name) => _entries.RemoveAll(entry => entry.Code == code && entry.Name == name);

    /// <summary>Adds damage.</summary>
    public void Add(Finding finding)
    {
        _entries.Add(new FoundEntry(0, _worded.Count, SymbolSite.None, SymbolSite.None));
        _worded.Add(finding);
    }

    /// <summary>Adds a finding about an object as a whole, unless its code is silenced.</summary>
    public void Add(string code, SetObject about, string message)
    {
        if (_levels.SeverityOf(code) is { } severity)
        {
            Add(new Finding(code, severity, about.Library, about.File, about.Member, null, message) { MemberOffset = about.MemberOffset });
        }
    }

    /// <summary>Adds a finding about a file as a whole, unless its code is silenced.</summary>
    public void Add(string code, string library, string file, string message)
    {
        if (_levels.SeverityOf(code) is { } severity)
        {
            Add(new Finding(code, severity, library, file, null, null, message));
        }
    }

    /// <summary>Sorts what was found since there were <paramref name="start"/> findings by the names, keeping the order of one name's.</summary>
    public void SortFrom(int start)
    {
        if (_entries.Count - start > 1)
        {
            NameTable names = _names;
            CollectionsMarshal.AsSpan(_entries)[start..].Sort((left, right) =>
                left.Name == right.Name ? left.Code.CompareTo(right.Code) : names.Bytes(left.Name).SequenceCompareTo(names.Bytes(right.Name)));
        }
    }

    /// <summary>Tells where the source has the symbol, or the other symbol, of a finding.</summary>
    public void Locate(int index, bool isOther, SourcePosition position)
    {
        if (_positions.Length == 0)
        {
            _positions = new SourcePosition?[_entries.Count];
            _otherPositions = new SourcePosition?[_entries.Count];
        }

        (isOther ? _otherPositions : _positions)[index] = position;
    }

    public IEnumerator<Finding> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string CodeOf(SetFinding code) => $"MINIOS{(int)code}";
}

/// <summary>A finding in numbers; words are made of it when somebody reads them.</summary>
/// <param name="Code">Its code; 0 for a finding that is kept in words.</param>
/// <param name="Name">The name's number; with code 0 the finding's.</param>
/// <param name="Site">The symbol that it is about.</param>
/// <param name="Other">The other symbol that it names, if there is one.</param>
internal readonly record struct FoundEntry(SetFinding Code, int Name, SymbolSite Site, SymbolSite Other);
