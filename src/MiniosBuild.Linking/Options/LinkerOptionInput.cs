using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.Options;

/// <summary>A file that an option list names.</summary>
/// <param name="Text">The path, or the name of a library as <c>-l</c> has it.</param>
/// <param name="IsLibrary">Whether it is the name of a library, to be searched for: <c>libTEXT.a</c>, or TEXT itself after a colon.</param>
/// <param name="Group">As <see cref="LinkInput.Group"/>.</param>
/// <param name="IsWhole">As <see cref="LinkInput.IsWhole"/>.</param>
public sealed record LinkerOptionInput(string Text, bool IsLibrary, int Group, bool IsWhole)
{
    /// <summary>Whether it is no object or archive, but bytes that ld makes an object of: <c>--format=binary</c>, <c>-b binary</c>.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Whether it is a linker script: <c>-T</c>.</summary>
    public bool IsScript { get; init; }

    /// <summary>Whether only the values of its symbols are linked: <c>--just-symbols</c>, <c>-R</c>.</summary>
    public bool IsSymbolsOnly { get; init; }

    /// <summary>
    /// What ld makes of bytes (ld manual, <c>--format</c>; bfd documentation, binary): their start, end and size, under the name of the file as the
    /// option has it, in which whatever is no letter or digit is an underscore.
    /// </summary>
    public ContractPart BinaryNames(LinkParty party, string library)
    {
        string file = string.Concat(Text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        ContractGift Gift(string end, SymbolKind kind) => new($"_binary_{file}_{end}", party, library, kind, IsWeak: false);
        return new ContractPart(party, library, [], [Gift("start", SymbolKind.Data), Gift("end", SymbolKind.Data), Gift("size", SymbolKind.Absolute)]);
    }
}
