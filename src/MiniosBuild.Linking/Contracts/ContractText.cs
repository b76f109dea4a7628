using System.Globalization;
using System.Text;
using MiniosBuild.Linking.Forecast;

namespace MiniosBuild.Linking.Contracts;

/// <summary>Tells a contract in Markdown: for each party what it needs, by the kind of the names, and what the framework gives.</summary>
internal sealed class ContractText(LibcContract contract)
{
    private const int MostUsers = 4;

    private static readonly (LinkParty Party, string Needs)[] s_parties =
    [
        (LinkParty.Framework, "What the framework needs"),
        (LinkParty.Libc, "What the C library needs"),
        (LinkParty.Compiler, "What the compiler's library needs"),
        (LinkParty.Guest, "What the guest needs"),
    ];

    private static readonly (ContractNameKind Kind, string Title)[] s_kinds =
    [
        (ContractNameKind.C, "Names of ISO C and POSIX"),
        (ContractNameKind.Compiler, "Names that the compiler makes"),
        (ContractNameKind.Other, "Other names"),
    ];

    private readonly StringBuilder _text = new();

    public string Write()
    {
        Line($"# Contract of the framework for {Cell(contract.Arch)}");
        Line($"Libc mode {ContractWords.WordOf(ContractWords.Modes, contract.Libc)}, policy {Cell(contract.PolicyName)} ({Cell(contract.PolicyDigest)}).");
        foreach ((LinkParty party, string title) in s_parties)
        {
            WriteNeeds(party, title);
        }

        Line("## What the framework gives");
        WriteGifts();
        WriteList("## Hooks", "A guest may define these; where it does not, the framework has a default or does without.", contract.Hooks);
        WriteList("## Names left to the linker", "The linker or its script defines these.", contract.LinkerNames);
        return _text.ToString();
    }

    private void WriteNeeds(LinkParty party, string title)
    {
        ContractNeed[] needs = [.. contract.Needs.Where(need => need.Party == party)];
        if (needs.Length == 0 && party != LinkParty.Framework)
        {
            return;
        }

        Line($"## {title}");
        if (needs.Length == 0)
        {
            Line("Nothing.");
        }

        foreach ((ContractNameKind kind, string heading) in s_kinds)
        {
            ContractNeed[] ofKind = [.. needs.Where(need => need.Kind == kind)];
            if (ofKind.Length == 0)
            {
                continue;
            }

            Line($"### {heading}");
            _text.Append("| name | needed by | first used | given by |\n|---|---|---|---|\n");
            foreach (ContractNeed need in ofKind)
            {
                _text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{Cell(need.Name)}`{(need.IsWeak ? " (weakly)" : "")} | {Users(need)} | {FirstPlace(need)} | {Givers(need)} |\n");
            }

            _text.Append('\n');
        }
    }

    private void WriteGifts()
    {
        if (contract.Gifts.Count == 0)
        {
            Line("Nothing.");
            return;
        }

        _text.Append("| library | kind | names |\n|---|---|---|\n");
        foreach (var group in contract.Gifts.GroupBy(gift => (gift.Party, gift.Library, gift.Kind))
            .OrderBy(group => group.Key.Party).ThenBy(group => group.Key.Library, StringComparer.Ordinal).ThenBy(group => group.Key.Kind))
        {
            string names = string.Join(", ", group.Select(gift => $"`{Cell(gift.Name)}`{(gift.IsWeak ? " (weak)" : "")}").Distinct(StringComparer.Ordinal));
            _text.Append(
                CultureInfo.InvariantCulture, $"| {Cell(group.Key.Library)} | {ContractWords.WordOf(ContractWords.SymbolKinds, group.Key.Kind)} | {names} |\n");
        }

        _text.Append('\n');
    }

    private void WriteList(string title, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            Line(title);
            Line(what);
            Line(string.Join(", ", names.Select(name => $"`{Cell(name)}`")));
        }
    }

    private static string Users(ContractNeed need) => string.Join("; ", need.Uses.GroupBy(use => use.Library).Select(library =>
    {
        string[] members = [.. library.Select(use => Cell(use.Member ?? use.Archive)).Distinct(StringComparer.Ordinal)];
        string more = members.Length > MostUsers ? $" and {members.Length - MostUsers} more" : "";
        return $"{Cell(library.Key)}: {string.Join(", ", members.Take(MostUsers))}{more}";
    }));

    private static string FirstPlace(ContractNeed need) => need.Uses.Select(use => use.Position).FirstOrDefault(position => position is not null) is { } found
        ? $"{Cell(found.File)}:{found.Line.ToString(CultureInfo.InvariantCulture)}"
        : "";

    private static string Givers(ContractNeed need) =>
        need.GivenBy.Count == 0 ? "nobody" : string.Join(", ", need.GivenBy.Select(giver => Cell(giver.Library)));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private void Line(string text) => _text.Append(text).Append("\n\n");
}
