using MiniosBuild.Linking.Forecast;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.Contracts;

/// <summary>The spelling of choices in contract files.</summary>
internal static class ContractWords
{
    public static IReadOnlyList<(string Word, LinkParty Value)> Parties { get; } =
    [
        ("framework", LinkParty.Framework), ("libc", LinkParty.Libc), ("compiler", LinkParty.Compiler), ("guest", LinkParty.Guest),
    ];

    public static IReadOnlyList<(string Word, LibcMode Value)> Modes { get; } =
        [("stub", LibcMode.Stub), ("private", LibcMode.Private), ("none", LibcMode.None)];

    public static IReadOnlyList<(string Word, ContractNameKind Value)> NameKinds { get; } =
        [("compiler", ContractNameKind.Compiler), ("c", ContractNameKind.C), ("other", ContractNameKind.Other)];

    public static IReadOnlyList<(string Word, SymbolKind Value)> SymbolKinds { get; } =
    [
        ("function", SymbolKind.Function), ("data", SymbolKind.Data), ("common", SymbolKind.Common),
        ("tls", SymbolKind.Tls), ("ifunc", SymbolKind.Ifunc), ("absolute", SymbolKind.Absolute),
    ];

    public static string WordOf<T>(IReadOnlyList<(string Word, T Value)> words, T value) =>
        words.First(entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Word;
}
