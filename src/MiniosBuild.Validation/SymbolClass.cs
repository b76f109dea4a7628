namespace MiniosBuild.Validation;

/// <summary>What a symbol is, in the words of reports.</summary>
internal enum SymbolClass : byte
{
    Unknown,
    Function,
    Data,
    Tls,
    Ifunc,
    Common,
}
