namespace MiniosBuild.Linking;

/// <summary>What a given name stands for.</summary>
public enum ContractSymbolKind
{
    Function,
    Data,
    Common,
    Tls,
    Ifunc,

    /// <summary>A value that is no address in a section.</summary>
    Absolute,
}
