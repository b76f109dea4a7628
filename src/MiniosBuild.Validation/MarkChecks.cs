using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>Compares the export marks of a set with its definitions, its public headers and what became of it.</summary>
internal sealed class MarkChecks(
    NamespacePolicy policy, PermittedNames permitted, UnpassedSet unpassed, PublicNames publicNames, SetSymbols finished, ValidationSettings settings, FoundList found)
{
    private readonly List<(string Code, int Object, int Symbol, string Name, string Message)> _told = [];

    /// <param name="staged">What the staged headers declare; null when that is not known.</param>
    public void Check(PublicDeclarations? staged)
    {
        foreach ((int number, ObjectFormats.ObjectFormatException fault) in unpassed.Faults)
        {
            SetObject source = unpassed.Objects[number];
            found.Add(new Finding(
                fault.Code, policy.Public.Marks ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, source.Library, source.File, source.Member, null,
                fault.Located));
        }

        if (unpassed.Marks.Count == 0)
        {
            return;
        }

        foreach ((string name, int marker) in unpassed.Marks)
        {
            if (unpassed.Definitions.TryGetValue(name, out SymbolSite site))
            {
                CheckDefined(name, site, staged);
            }
            else
            {
                CheckUndefined(name, marker);
            }
        }

        if (staged is not null)
        {
            CheckUnmarked(staged);
        }

        Report();
    }

    private void CheckDefined(string name, in SymbolSite site, PublicDeclarations? staged)
    {
        if (staged is not null && !publicNames.Spellings(name).Any(spelling => Declares(staged, spelling)))
        {
            Tell(FindingCodes.MarkedUndeclared, site, name,
                $"\"{name}\" has an export mark, but no public header declares it: users have to declare it themselves. Declare it in a public header, or take the mark away.");
        }

        if (policy.Public.Marks && !publicNames.Spellings(name).Any(IsGlobal))
        {
            Tell(FindingCodes.MarkedLost, site, name,
                $"\"{name}\" has an export mark, and the policy makes marked names public, but the finished set has no global symbol of that name, nor of one that the policy makes of it. Apply the symbol pass to all objects, from those that the compiler made.");
        }
    }

    private void CheckUndefined(string name, int marker)
    {
        if (unpassed.Local(marker, name) is var local and > 0)
        {
            Tell(FindingCodes.MarkedLocal, marker, local, name,
                $"\"{name}\" has an export mark, but is static: the mark does nothing. Take away the word static, or the mark.");
        }
        else if (publicNames.Spellings(name).FirstOrDefault(unpassed.Definitions.ContainsKey) is { } spelling)
        {
            Tell(FindingCodes.MarkedRenamed, unpassed.Definitions[spelling], name,
                $"\"{name}\" has an export mark, but the objects define it as \"{spelling}\": the mark does nothing. Mark the name that the symbol has.");
        }
        else
        {
            string near = NearestName.Find(name, unpassed.Definitions.Keys) is { } meant ? $" Did you mean \"{meant}\"?" : "";
            Tell(FindingCodes.MarkedUndefined, marker, 0, name,
                $"\"{name}\" has an export mark here, but no object of the set defines it.{(near.Length > 0 ? near : " Define it, put the mark under the condition that its definition is under, or take it away.")}");
        }
    }

    private void CheckUnmarked(PublicDeclarations staged)
    {
        const NameTraits others = NameTraits.Hook | NameTraits.Kept | NameTraits.Tools;
        foreach ((string name, SymbolSite site) in unpassed.Definitions.OrderBy(definition => definition.Key, StringComparer.Ordinal))
        {
            if (!unpassed.Marks.ContainsKey(name) && (permitted.TraitsOf(System.Text.Encoding.UTF8.GetBytes(name)) & others) == 0
                && publicNames.Spellings(name).Any(spelling => Declares(staged, spelling)))
            {
                Tell(FindingCodes.DeclaredUnmarked, site, name,
                    $"\"{name}\" is declared by a public header, but has no export mark, which other names of the set have: the tree's own link hides it. Mark it, or move the declaration to a private header.");
            }
        }
    }

    private static bool Declares(PublicDeclarations staged, string name) => staged.Functions.ContainsKey(name) || staged.Variables.ContainsKey(name);

    private bool IsGlobal(string name) => finished.Names.Find(name) is var number and >= 0 && finished.Definition(number).Exists;

    private void Tell(string code, in SymbolSite site, string name, string message) => Tell(code, site.Object, site.Symbol, name, message);

    private void Tell(string code, int number, int symbol, string name, string message) => _told.Add((code, number, symbol, name, message));

    /// <summary>By object, so that the debug information of no two is open at a time.</summary>
    private void Report()
    {
        int opened = -1;
        ObjectPositions? positions = null;
        foreach ((string code, int number, int symbol, string name, string message) in _told.OrderBy(told => told.Object))
        {
            if (found.SeverityOf(code) is not { } severity)
            {
                continue;
            }

            SetObject source = unpassed.Objects[number];
            if (number != opened)
            {
                (opened, positions) = (number, new ObjectPositions(source));
            }

            SourcePosition? position = symbol > 0 ? positions!.Of(symbol, SymbolKind.Data) : null;
            found.Add(new Finding(code, severity, source.Library, source.File, source.Member, name, message,
                position is { } at ? at with { File = RecordedPath.Real(at.File, settings.PathMap) } : null));
        }
    }
}
