using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Finds new names that are none or that meet others, and what the policy asked for in vain.</summary>
internal sealed class HeaderPlanChecks(
    NamespacePolicy policy,
    HeaderCensus census,
    IReadOnlyList<OwnName> names,
    IReadOnlyList<HeaderDecision> decisions,
    IReadOnlyDictionary<string, string> renames)
{
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Run()
    {
        CheckTargets();
        CheckSpelled();
        _found.AddRange(new UnmatchedHeaderEntries(policy, names, decisions).Find());
        return _found;
    }

    private void CheckTargets()
    {
        // By the name that it will have: who has it in each name space, a macro meeting all of them.
        var holders = new Dictionary<string, List<Holder>>(StringComparer.Ordinal);
        foreach (HeaderName foreign in census.Foreign())
        {
            Add(foreign.Name, new Holder(foreign.Kind.Space(), foreign.Name, foreign.Kind, foreign.Site, IsForeign: true));
        }

        foreach (HeaderDecision decision in decisions.Where(decision => decision.Action != HeaderAction.Remove))
        {
            Add(decision.NewName, new Holder(decision.Kind.Space(), decision.Name, decision.Kind, decision.Site, IsForeign: false));
        }

        foreach (HeaderDecision decision in decisions.Where(decision => decision.Action == HeaderAction.Rename))
        {
            if (!SymbolText.IsIdentifier(decision.NewName))
            {
                Found(HeaderCodes.NameTaken, decision.Site, $"the {decision.Kind.Text()} \"{decision.Name}\" would become \"{decision.NewName}\" ({decision.Reason}), which is no C identifier; correct the policy.");
            }
            else if (holders[decision.NewName].FirstOrDefault(holder => Meets(decision, holder)) is { } other)
            {
                string whose = other.IsForeign ? "another's" : "the";
                string becomes = other.Name == decision.NewName ? "has that name" : "gets that name too";
                Found(
                    HeaderCodes.NameTaken, decision.Site,
                    $"the {decision.Kind.Text()} \"{decision.Name}\" would become \"{decision.NewName}\" ({decision.Reason}), but {whose} {other.Kind.Text()} \"{other.Name}\" at {other.Site.File}({other.Site.Line}) {becomes}; give one of the two another name under headers.rename, or change the source.");
            }
        }

        void Add(string name, Holder holder)
        {
            if (!holders.TryGetValue(name, out List<Holder>? list))
            {
                holders.Add(name, list = []);
            }

            list.Add(holder);
        }
    }

    /// <summary>Of two that get one name, each is told once: the later one of two in a name space, and the macro of two in different ones.</summary>
    private static bool Meets(HeaderDecision decision, Holder holder)
    {
        NameSpace space = decision.Kind.Space();
        if (!holder.IsForeign && holder.Name == decision.Name)
        {
            return false; // Itself, or its namesake in another name space, which it meets in the sources too.
        }

        return (holder.Space == space || holder.Space == NameSpace.Macro || space == NameSpace.Macro)
            && (holder.IsForeign || holder.Name == decision.NewName || string.CompareOrdinal(holder.Name, decision.Name) < 0);
    }

    /// <summary>What headers spell in assembly and labels stays as it is, and so must the symbols.</summary>
    private void CheckSpelled()
    {
        foreach ((string symbol, HeaderText text) in SpelledNames.Of(census).All.Where(spelled => renames.ContainsKey(spelled.Key)).OrderBy(spelled => spelled.Key, StringComparer.Ordinal))
        {
            string advice = $"becomes \"{renames[symbol]}\" in the archives, so that no user of the header could be linked";
            if (text.IsLabel)
            {
                Found(HeaderCodes.LabelOfRenamed, text.Site, $"an asm label names the symbol \"{symbol}\", which {advice}; declare it by the symbol's name, or take back the policy's rule for it.");
            }
            else
            {
                Found(HeaderCodes.AssemblyOfRenamed, text.Site, $"assembly names the symbol \"{symbol}\", which {advice}; hand the symbol over as an operand (\"i\"({symbol})), or take back the policy's rule for it.");
            }
        }
    }

    private void Found(string code, DeclarationSite site, string message) => _found.Add(Diagnostic.Error(code, message, site.File, site.Line));

    /// <summary>A name of the staged headers, or of those that come with them.</summary>
    private sealed record Holder(NameSpace Space, string Name, HeaderNameKind Kind, DeclarationSite Site, bool IsForeign);
}
