using System.Runtime.InteropServices;
using System.Text;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Linking.Contracts;

/// <summary>Reads archives into a contract: every object of them, whether a link would take it or not.</summary>
internal sealed class ContractReading(NamespacePolicy policy, IReadOnlyList<(string Recorded, string Real)> pathMap)
{
    private static readonly ObjectReader s_reader = new(ObjectFault.OnlyIntermediateCode);

    private readonly Dictionary<string, HashSet<ContractGiver>> _givers = new(StringComparer.Ordinal);
    private readonly Dictionary<(LinkParty Party, string Name), List<ContractUse>> _uses = [];
    private readonly HashSet<ContractGift> _gifts = [];
    private readonly List<(LinkInput Input, string? Member, ElfFile Elf)> _objects = [];
    private readonly HashSet<string> _hooks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _linkerNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hookNames = new(policy.Hooks.Select(hook => hook.Text), StringComparer.Ordinal);
    private readonly ContractNames _names = new(policy);

    public LibcContract Read(IReadOnlyList<LinkInput> inputs, LibcMode libc, string arch)
    {
        foreach (LinkInput input in inputs)
        {
            ReadFile(input, libc);
        }

        foreach ((LinkInput input, string? member, ElfFile elf) in _objects)
        {
            ReadUses(input, member, elf);
        }

        return new LibcContract
        {
            Arch = arch,
            Libc = libc,
            PolicyName = policy.Name,
            PolicyDigest = policy.Digest,
            Needs =
            [
                .. _uses.OrderBy(pair => pair.Key.Party).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal)
                    .Select(pair => new ContractNeed(pair.Key.Name, _names.KindOf(pair.Key.Name), pair.Key.Party, Sorted(pair.Value), GiversOf(pair.Key.Name))),
            ],
            Gifts =
            [
                .. _gifts.OrderBy(gift => gift.Name, StringComparer.Ordinal).ThenBy(gift => gift.Party).ThenBy(gift => gift.Library, StringComparer.Ordinal)
                    .ThenBy(gift => gift.IsWeak).ThenBy(gift => gift.Kind),
            ],
            Hooks = [.. _hooks.Order(StringComparer.Ordinal)],
            LinkerNames = [.. _linkerNames.Order(StringComparer.Ordinal)],
        };
    }

    private void ReadFile(LinkInput input, LibcMode libc)
    {
        if (input.Names is not null)
        {
            throw new ArgumentException("A contract is computed from archives, not from another contract.", nameof(input));
        }

        bool gives = input.Party == LinkParty.Framework
            || (input.Party == LinkParty.Libc && libc != LibcMode.None && input.Library == NamespacePolicy.LibcLibrary);
        foreach ((ObjectFile file, ElfFile elf) in s_reader.ReadAll(input.Path, input.Data, Refuse))
        {
            _objects.Add((input, file.Member, elf));
            ReadDefinitions(input, elf, gives);
        }
    }

    private static void Refuse(ObjectRefusal refusal)
    {
        (string code, string message) = refusal.Fault switch
        {
            // Notes and the like do not hinder a link that never asks for them.
            ObjectFault.NotElf => ("", ""),
            ObjectFault.Thin => (FindingCodes.NoObject, "a thin archive holds no objects, only their paths; make it without T."),
            ObjectFault.Damaged => (refusal.Damage!.Code, refusal.Damage.Located),
            _ => (
                FindingCodes.IntermediateCode,
                $"{refusal.File.Member ?? "the object"} holds intermediate code for link-time optimisation only, whose names cannot be known; compile it with -fno-lto."),
        };
        if (code.Length > 0)
        {
            throw new DiagnosticException(Diagnostic.Error(code, message, refusal.File.File));
        }
    }

    private void ReadDefinitions(LinkInput input, ElfFile elf, bool gives)
    {
        var giver = new ContractGiver(input.Party, input.Library);
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (!symbol.IsGlobal || !symbol.IsDefined || !symbol.HasName)
            {
                continue;
            }

            string name = Encoding.UTF8.GetString(VersionedName.Plain(symbol.NameBytes));
            ref HashSet<ContractGiver>? givers = ref CollectionsMarshal.GetValueRefOrAddDefault(_givers, name, out _);
            (givers ??= []).Add(giver);
            if (gives)
            {
                _gifts.Add(new ContractGift(name, input.Party, input.Library, elf.KindOf(symbol), symbol.Binding == ElfSymbolBinding.Weak));
                AddHook(name);
            }
        }
    }

    private void ReadUses(LinkInput input, string? member, ElfFile elf)
    {
        DwarfReader? sources = null;
        bool isOpen = false;
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.Index == 0 || !symbol.IsUndefined || !symbol.HasName)
            {
                continue;
            }

            string name = symbol.Name;
            AddHook(name);
            if (_givers.TryGetValue(name, out HashSet<ContractGiver>? givers) && givers.Any(giver => giver.Party == input.Party))
            {
                continue;
            }

            if (givers is null && _names.IsMadeByLinker(symbol.NameBytes))
            {
                _linkerNames.Add(name);
                continue;
            }

            if (givers is null && _hookNames.Contains(name))
            {
                continue;
            }

            if (!isOpen)
            {
                (isOpen, sources) = (true, DwarfPositions.Open(elf));
            }

            ref List<ContractUse>? uses = ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, (input.Party, name), out _);
            (uses ??= []).Add(new ContractUse(
                input.Library, Path.GetFileName(input.Path), member, symbol.Binding == ElfSymbolBinding.Weak,
                DwarfPositions.UseOf(sources, symbol.Index, pathMap)));
        }
    }

    private void AddHook(string name)
    {
        if (_hookNames.Contains(name))
        {
            _hooks.Add(name);
        }
    }

    private List<ContractGiver> GiversOf(string name) => _givers.TryGetValue(name, out HashSet<ContractGiver>? givers)
        ? [.. givers.OrderBy(giver => giver.Party).ThenBy(giver => giver.Library, StringComparer.Ordinal)]
        : [];

    private static List<ContractUse> Sorted(List<ContractUse> uses) =>
    [
        .. uses.OrderBy(use => use.Library, StringComparer.Ordinal).ThenBy(use => use.Archive, StringComparer.Ordinal)
            .ThenBy(use => use.Member ?? "", StringComparer.Ordinal),
    ];
}
