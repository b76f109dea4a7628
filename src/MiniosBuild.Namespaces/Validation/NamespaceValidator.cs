namespace MiniosBuild.Namespaces;

/// <summary>
/// Checks finished archives and staged headers against the policy. It knows nothing of the plan that made them, and shares no
/// decision with it: what one gets wrong, the other shows.
/// </summary>
public sealed class NamespaceValidator
{
    private readonly NamespacePolicy _policy;
    private readonly PermittedNames _names;

    /// <param name="policy">The rules.</param>
    /// <param name="libc">What the set's libc library has to be like.</param>
    public NamespaceValidator(NamespacePolicy policy, LibcMode libc)
    {
        _policy = policy;
        _names = new PermittedNames(policy, libc);
    }

    /// <summary>Checks the names and members of one archive.</summary>
    /// <returns>MINIOS1410-1412, 1414 and 1417-1419 and MINIOS20xx/21xx, in the order of the members; empty when all is well.</returns>
    public IReadOnlyList<Diagnostic> ValidateArchive(string library, string archivePath, ReadOnlyMemory<byte> data)
    {
        var found = new List<Diagnostic>();
        foreach (FinishedObject finished in new ArchiveContents(found).ReadArchive(library, archivePath, data))
        {
            CheckNames(finished, found);
        }

        return found;
    }

    /// <summary>The same for one object, such as the entry object that is linked first.</summary>
    public IReadOnlyList<Diagnostic> ValidateObject(string library, string path, ReadOnlyMemory<byte> data)
    {
        var found = new List<Diagnostic>();
        if (new ArchiveContents(found).ReadObject(library, path, null, data) is { } finished)
        {
            CheckNames(finished, found);
        }

        return found;
    }

    /// <summary>
    /// Checks all archives of a set, and objects that are linked beside them: each by itself as the other methods do, and then
    /// together, for machines that differ, lost hooks, hidden targets, leftovers, names that nothing defines and duplicates.
    /// </summary>
    /// <param name="files">Archives and objects, told apart by their content.</param>
    /// <param name="staged">What the staged headers declare; null when not known, which leaves out MINIOS1415.</param>
    /// <returns>MINIOS1410-1420 and MINIOS20xx/21xx.</returns>
    public IReadOnlyList<Diagnostic> ValidateSet(IEnumerable<ValidatedFile> files, PublicDeclarations? staged = null)
    {
        var found = new List<Diagnostic>();
        var contents = new ArchiveContents(found);
        var objects = new List<FinishedObject>();
        foreach (ValidatedFile file in files)
        {
            if (!ObjectFormats.Elf.ElfFile.IsElf(file.Data.Span))
            {
                objects.AddRange(contents.ReadArchive(file.Library, file.Path, file.Data));
            }
            else if (contents.ReadObject(file.Library, file.Path, null, file.Data) is { } single)
            {
                objects.Add(single);
            }
        }

        foreach (FinishedObject finished in objects)
        {
            CheckNames(finished, found);
        }

        new SetValidation(_policy, _names, objects, staged, found).Check();
        return found;
    }

    /// <summary>Checks that public headers declare nothing outside the policy.</summary>
    /// <param name="staged">What the staged headers declare.</param>
    /// <returns>MINIOS1501 for functions and MINIOS1502 for variables, with file and line; functions first, sorted by name.</returns>
    public IReadOnlyList<Diagnostic> ValidateHeaders(PublicDeclarations staged)
    {
        var found = new List<Diagnostic>();
        foreach ((string name, DeclarationSite site) in staged.Functions)
        {
            if (_policy.Functions == SymbolTreatment.Rename && !_names.MayDeclare(name))
            {
                found.Add(Diagnostic.Error(
                    "MINIOS1501",
                    $"the function \"{name}\" is outside the policy {_policy.Name}: {_names.Explain("", name, isCode: true)}. Rewrite the header with the plan's names.",
                    site.File,
                    site.Line));
            }
        }

        foreach ((string name, DeclarationSite site) in staged.Variables)
        {
            if (_policy.Data == SymbolTreatment.Rename && !_names.MayDeclare(name))
            {
                found.Add(Diagnostic.Error(
                    "MINIOS1502",
                    $"the variable \"{name}\" is outside the policy {_policy.Name}: {_names.Explain("", name, isCode: false)}. Rewrite the header with the plan's names.",
                    site.File,
                    site.Line));
            }
        }

        return found;
    }

    private void CheckNames(FinishedObject finished, List<Diagnostic> found)
    {
        foreach (FoundSymbol symbol in finished.Symbols.Where(symbol => symbol.IsGlobal && symbol.IsDefined).OrderBy(symbol => symbol.Name, StringComparer.Ordinal))
        {
            string what = $"{symbol.Kind} \"{symbol.Name}\" ({Describe(symbol)})";
            bool isLibc = finished.Library == NamespacePolicy.LibcLibrary;
            if (symbol.Kind == "common")
            {
                found.Add(finished.Error("MINIOS1414", $"{what} has no section and can meet any other variable of its name; compile with -fno-common."));
            }

            if (_names.IsHook(symbol.Name) && !symbol.IsWeak)
            {
                found.Add(finished.Error(
                    "MINIOS1412", $"{what} is a hook, but not weak (rule 2), so that no guest can override it; declare it __attribute__((weak))."));
            }
            else if (!_names.MayDefine(finished.Library, symbol) && !(symbol.IsCode ? MayHide(_policy.Functions, isLibc) : MayHide(_policy.Data, isLibc)))
            {
                found.Add(isLibc
                    ? finished.Error("MINIOS1411", $"{what} of the libc is outside the policy {_policy.Name}, and no name that ISO C or POSIX gives a libc: {_names.Explain(finished.Library, symbol.Name, symbol.IsCode)}.")
                    : finished.Error("MINIOS1410", $"{what} is outside the policy {_policy.Name}: {_names.Explain(finished.Library, symbol.Name, symbol.IsCode)}."));
            }
        }
    }

    /// <summary>Under a policy that hides instead of renaming, any name may be global that the rest of the set needs; the set check sees to that.</summary>
    private static bool MayHide(SymbolTreatment treatment, bool isLibc) => treatment == SymbolTreatment.Hide && !isLibc;

    private static string Describe(in FoundSymbol symbol) => symbol.Binding switch
    {
        ObjectFormats.Elf.ElfSymbolBinding.Global => "global",
        ObjectFormats.Elf.ElfSymbolBinding.Weak => "weak",
        ObjectFormats.Elf.ElfSymbolBinding.GnuUnique => "GNU unique",
        _ => symbol.Binding.ToString(),
    };
}
