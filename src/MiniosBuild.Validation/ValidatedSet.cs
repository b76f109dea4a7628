using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Validation;

/// <summary>One validation under way.</summary>
internal sealed class ValidatedSet
{
    private readonly NamespacePolicy _policy;
    private readonly PermittedNames _permitted;
    private readonly ValidationSettings _settings;
    private readonly List<SetObject> _objects = [];
    private readonly SetSymbols _symbols;
    private readonly FoundList _found;
    private readonly ObjectSymbolReader _names;
    private readonly ObjectChecks _checks;
    private readonly UnpassedSet _unpassed = new();
    private readonly List<int> _withMarks = [];

    public ValidatedSet(NamespacePolicy policy, PermittedNames permitted, LibcMode libc, ValidationSettings settings, FindingLevels levels)
    {
        _policy = policy;
        _permitted = permitted;
        _settings = settings;
        _symbols = new SetSymbols(permitted);
        _found = new FoundList(levels, new FindingTexts(policy, permitted), _symbols.Names, _objects);
        foreach (ValidatedFile file in settings.Unpassed)
        {
            _unpassed.Read(file);
        }

        _names = new ObjectSymbolReader(policy, permitted, NewPublicNames(), _objects, _symbols, _found);
        _checks = new ObjectChecks(_objects, new PassChecks(policy, libc, _objects));
        Reader = new SetReader(_objects, _found, ReadObject);
    }

    public SetReader Reader { get; }

    public void CheckTogether(PublicDeclarations? staged)
    {
        _checks.Report(_found);
        PublicNames names = NewPublicNames();
        new SetChecks(_policy, _permitted, names, _unpassed, _objects, _symbols, _found).Check(staged);
        new MarkChecks(_policy, _permitted, _unpassed, names, _symbols, _settings, _found).Check(staged);
        foreach (int number in _withMarks)
        {
            _found.Add(FindingCodes.MarksLeft, _objects[number],
                "still has the section .export_symbol, which only the build of the set has a use for: users' tools that read such marks would take them for the users' own. Apply the symbol pass.");
        }
    }

    /// <summary>The names that objects refer to and none defines.</summary>
    public HashSet<string> Wanted() =>
        [.. _symbols.Sorted(name => _symbols.User(name).Exists && !_symbols.Definition(name).Exists && !_symbols.Local(name).Exists).Select(_symbols.Names.Text)];

    /// <summary>Finds the places in the sources, and lets go of the files.</summary>
    public FoundList End()
    {
        new SourceLocator(_objects, _settings.PathMap).Locate(_found);
        foreach (SetObject shipped in _objects)
        {
            shipped.Data = default;
        }

        return _found;
    }

    private PublicNames NewPublicNames() => new(_policy, _unpassed.Marks.Keys, _settings.ConsumerNeeds);

    private void ReadObject(int number, ElfFile elf)
    {
        _names.Read(number, elf);
        _checks.Read(number, elf);
        if (_unpassed.ReadFinished(_objects[number], elf))
        {
            _withMarks.Add(number);
        }
    }
}
