using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Validation.Headers;

namespace MiniosBuild.Validation;

/// <summary>
/// Checks finished archives and staged headers against the policy. It knows nothing of the plan that made them, and shares no
/// decision with it: what one gets wrong, the other shows.
/// </summary>
public sealed class NamespaceValidator
{
    private readonly NamespacePolicy _policy;
    private readonly LibcMode _libc;
    private readonly PermittedNames _names;
    private readonly ValidationSettings _settings;
    private readonly FindingLevels _levels;
    private readonly IReadOnlyList<string> _given;
    private HashSet<string> _wanted = [];

    /// <param name="policy">The rules.</param>
    /// <param name="libc">What the set's libc library has to be like.</param>
    /// <param name="settings">Levels, folders and needs of consumers; null for none.</param>
    public NamespaceValidator(NamespacePolicy policy, LibcMode libc, ValidationSettings? settings = null)
    {
        _policy = policy;
        _libc = libc;
        _settings = settings ?? new ValidationSettings();
        _given = [.. Given(_settings)];
        _names = new PermittedNames(policy, libc, _settings.Headers, _given);
        _levels = policy.Levels.With(_settings.Levels);
    }

    /// <summary>Checks the names and members of one archive.</summary>
    /// <returns>MINIOS1410-1412, 1414, 1417-1419, 1430 and MINIOS20xx/21xx, in the order of the members; empty when all is well.</returns>
    public IReadOnlyList<Finding> ValidateArchive(string library, string archivePath, ReadOnlyMemory<byte> data)
    {
        var set = new ValidatedSet(_policy, _names, _libc, _settings, _levels);
        set.Reader.ReadArchive(new ValidatedFile(library, archivePath, data));
        return set.End();
    }

    /// <summary>The same for one object, such as the entry object that is linked first.</summary>
    public IReadOnlyList<Finding> ValidateObject(string library, string path, ReadOnlyMemory<byte> data)
    {
        var set = new ValidatedSet(_policy, _names, _libc, _settings, _levels);
        set.Reader.ReadObject(new ValidatedFile(library, path, data));
        return set.End();
    }

    /// <summary>
    /// Checks all archives of a set, and objects that are linked beside them: each by itself as the other methods do, and then
    /// together, for what only shows then: lost hooks, hidden targets, names that nothing defines, duplicates, ABIs and passes that differ.
    /// </summary>
    /// <param name="files">Archives and objects, told apart by their content.</param>
    /// <param name="staged">What the staged headers declare; null when not known, which leaves out MINIOS1415 and 1421.</param>
    /// <returns>MINIOS1410-1432 and MINIOS20xx/21xx: those about single files in their order, then those about the set, by code and name.</returns>
    public IReadOnlyList<Finding> ValidateSet(IEnumerable<ValidatedFile> files, PublicDeclarations? staged = null)
    {
        var set = new ValidatedSet(_policy, _names, _libc, _settings, _levels);
        foreach (ValidatedFile file in files)
        {
            set.Reader.Read(file);
        }

        set.CheckTogether(staged);
        _wanted = set.Wanted();
        return set.End();
    }

    /// <summary>Checks that public headers declare nothing outside the policy.</summary>
    /// <param name="staged">What the staged headers declare.</param>
    /// <returns>MINIOS1501 for functions and MINIOS1502 for variables, with file and line; functions first, sorted by name.</returns>
    public IReadOnlyList<Finding> ValidateHeaders(PublicDeclarations staged)
    {
        var found = new List<Finding>();
        if (_policy.Functions == SymbolTreatment.Rename)
        {
            CheckDeclarations(staged.Functions, FindingCodes.HeaderFunction, isCode: true, found);
        }

        if (_policy.Data == SymbolTreatment.Rename)
        {
            CheckDeclarations(staged.Variables, FindingCodes.HeaderVariable, isCode: false, found);
        }

        return found;
    }

    /// <summary>Checks that public headers have no name outside the policy, and that they stand alone and in any order.</summary>
    /// <param name="staged">What the staged headers give.</param>
    /// <param name="textOf">The text of a file, for the columns of findings; null when it is not known.</param>
    /// <returns>
    /// MINIOS1501 and 1502 for functions and variables; of the kinds that the policy judges MINIOS1504 to 1507; if it judges any, MINIOS1508 to 1513, 1515
    /// and 1518; and of whatever policy MINIOS1514 and 1536: by the place of the header, line, column and code.
    /// </returns>
    public IReadOnlyList<Finding> ValidateHeaders(HeaderCensus staged, Func<string, string?>? textOf = null)
    {
        var found = new HeaderFindings(_levels, textOf);
        var names = new StagedNames(staged);
        var symbols = new PermittedNames(_policy, _libc, staged, _given);
        var permitted = new PermittedHeaderNames(_policy, symbols);
        new HeaderNameChecks(_policy, names, permitted, symbols, _wanted, found).Check();
        CheckUse(staged, found);
        if (_policy.Headers.Kinds.Count > 0)
        {
            new HeaderOrderChecks(names, found).Check();
            new HeaderReachChecks(_policy, names, permitted, found).Check();
            new HeaderKeywordChecks(names, found).Check();
        }

        return found.Sorted();
    }

    /// <summary>What users of the headers have to bring along.</summary>
    private static void CheckUse(HeaderCensus staged, HeaderFindings found)
    {
        foreach (CensusHeader header in staged.Headers)
        {
            if (header.Refusal is { } refusal)
            {
                found.Add(FindingCodes.HeaderNotAlone, header.Place, new SourcePosition(refusal.Site.File, refusal.Site.Line, refusal.Column), null, refusal.Message);
            }
        }

        if (staged.HostHeaders is [var first, ..] hosts)
        {
            string place = staged.Headers.FirstOrDefault(header => header.Path == first.Site.File)?.Place ?? Path.GetFileName(first.Site.File);
            found.Add(
                FindingCodes.HostHeader, place, new SourcePosition(first.Site.File, first.Site.Line, 0), string.Join(',', hosts.Select(host => host.File)),
                $"users of the public headers need headers that come from the machine that compiles, not from the tree, its libc, Xen or the compiler: {string.Join(", ", hosts.Select(host => $"{host.File} ({host.Site.File}({host.Site.Line}))"))}. The guest's libc has to have them.");
        }
    }

    private void CheckDeclarations(IReadOnlyDictionary<string, DeclarationSite> declarations, string code, bool isCode, List<Finding> found)
    {
        if (_levels.SeverityOf(code) is not { } severity)
        {
            return;
        }

        foreach ((string name, DeclarationSite site) in declarations)
        {
            if (!_names.MayDeclare(name))
            {
                string kind = isCode ? "function" : "variable";
                found.Add(new Finding(
                    code, severity, Finding.HeadersLibrary, site.File, BelowInclude(site.File), name,
                    $"the {kind} \"{name}\" is outside the policy {_policy.Name}: {_names.ExplainDeclared(name, isCode, _wanted)}.",
                    new SourcePosition(site.File, site.Line, 0))
                {
                    Kind = isCode ? "function" : "data",
                });
            }
        }
    }

    /// <summary>What programs define and the set does not.</summary>
    private static IEnumerable<string> Given(ValidationSettings settings)
    {
        if (settings.ConsumerDefinitions.Count == 0)
        {
            return [];
        }

        var unpassed = new UnpassedSet();
        foreach (ValidatedFile file in settings.Unpassed)
        {
            unpassed.Read(file);
        }

        return settings.ConsumerDefinitions.Where(name => !unpassed.Definitions.ContainsKey(name));
    }

    /// <summary>The path that a program includes, which does not depend on where the headers are staged.</summary>
    private static string BelowInclude(string file)
    {
        const string folder = "/include/";
        int start = file.LastIndexOf(folder, StringComparison.Ordinal);
        return start < 0 ? Path.GetFileName(file) : file[(start + folder.Length)..];
    }
}
