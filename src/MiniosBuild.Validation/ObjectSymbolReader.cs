using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>Puts the symbols of one object into those of the set, and checks the names that it defines.</summary>
internal sealed class ObjectSymbolReader(
    NamespacePolicy policy, PermittedNames permitted, PublicNames publicNames, List<SetObject> objects, SetSymbols symbols, FoundList found)
{
    public void Read(int number, ElfFile elf)
    {
        int start = found.Count;
        SetObject owner = objects[number];
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (!symbol.HasOwnName)
            {
                continue;
            }

            ReadOnlySpan<byte> bytes = symbol.NameBytes;
            int name = symbols.Number(bytes);
            var site = new SymbolSite(number, symbol.Index, elf.KindOf(symbol), symbol.Binding);
            if (symbol.IsUndefined)
            {
                symbols.Want(name, site);
            }
            else if (symbol.IsGlobal)
            {
                symbols.Define(name, site);
                Check(owner, name, bytes, site);
            }
            else
            {
                symbols.Hide(name, site);
            }
        }

        found.SortFrom(start);
    }

    private void Check(SetObject owner, int name, ReadOnlySpan<byte> bytes, in SymbolSite site)
    {
        NameTraits traits = symbols.TraitsOf(name);
        if (site.Kind == SymbolKind.Common)
        {
            found.Add(SetFinding.Common, name, site);
        }

        if (site.Binding == ElfSymbolBinding.GnuUnique)
        {
            found.Add(SetFinding.Unique, name, site);
        }

        if ((traits & NameTraits.Hook) != 0 && !site.IsWeak)
        {
            found.Add(SetFinding.StrongHook, name, site);
        }
        else if (!MayHide(owner, site) && !permitted.MayDefine(owner.Library, bytes, traits, site.IsWeak))
        {
            found.Add((traits & NameTraits.Spelled) != 0 ? SetFinding.Spelled : owner.IsLibc ? SetFinding.NoLibcName : SetFinding.OutsideNamespace, name, site);
        }
    }

    /// <summary>Under a policy that hides instead of renaming, any name may be global that the rest of the set needs; the set check sees to that.</summary>
    private bool MayHide(SetObject owner, in SymbolSite site) =>
        (!owner.IsLibc || publicNames.MarksDecide) && (site.IsCode ? policy.Functions : policy.Data) == SymbolTreatment.Hide;
}
