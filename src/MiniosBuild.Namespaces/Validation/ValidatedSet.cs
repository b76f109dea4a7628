using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

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

    public ValidatedSet(NamespacePolicy policy, PermittedNames permitted, LibcMode libc, ValidationSettings settings, FindingLevels levels)
    {
        _policy = policy;
        _permitted = permitted;
        _settings = settings;
        _symbols = new SetSymbols(permitted);
        _found = new FoundList(levels, new FindingTexts(policy, permitted), _symbols.Names, _objects);
        _names = new ObjectSymbolReader(policy, permitted, _objects, _symbols, _found);
        _checks = new ObjectChecks(_objects, new PassChecks(policy, libc, _objects));
        Reader = new SetReader(_objects, _found, ReadObject);
    }

    public SetReader Reader { get; }

    public void CheckTogether(PublicDeclarations? staged)
    {
        _checks.Report(_found);
        new SetChecks(_policy, _permitted, _objects, _symbols, _found).Check(staged, _settings.ConsumerNeeds);
    }

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

    private void ReadObject(int number, ElfFile elf)
    {
        _names.Read(number, elf);
        _checks.Read(number, elf);
    }
}
