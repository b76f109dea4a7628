namespace MiniosBuild.Renaming.Api;

/// <summary>One difference between a list of public symbols and what a set has.</summary>
/// <param name="Kind">How they differ.</param>
/// <param name="Listed">The symbol as the list has it; null when it is added.</param>
/// <param name="Actual">The symbol as the set has it; null when it is removed.</param>
/// <param name="Line">The 1-based line of the list that is wrong; of an added symbol, the line that it would get.</param>
public sealed record ApiChange(ApiChangeKind Kind, ApiSymbol? Listed, ApiSymbol? Actual, int Line)
{
    private const string Update = "If that is meant, update the list (target MiniosUpdateApi, or minios api --update)";

    /// <summary>The symbol's name.</summary>
    public string Name => (Actual ?? Listed)!.Name;

    /// <summary>MINIOS1603 to 1606, at the line of the list.</summary>
    /// <param name="list">What diagnostics call the list.</param>
    public Diagnostic ToDiagnostic(string list) => Kind switch
    {
        ApiChangeKind.Added => Diagnostic.Error(ApiCodes.Added, $"the {Word(Actual!)} \"{Name}\" of {Actual!.Library}{Declared} is public and not listed. {Update}; else make it static, or take it out of the public headers.", list, Line),
        ApiChangeKind.Removed => Diagnostic.Error(ApiCodes.Removed, $"the {Word(Listed!)} \"{Name}\" of {Listed!.Library} is listed and no longer public: what uses it does not link. {Update}.", list, Line),
        ApiChangeKind.KindChanged => Diagnostic.Error(ApiCodes.KindChanged, $"\"{Name}\"{Declared} is listed as {Word(Listed!)} and is {Word(Actual!)} now: what was compiled for the one does not work with the other. {Update}.", list, Line),
        _ => Diagnostic.Error(ApiCodes.Moved, $"\"{Name}\"{Declared} is listed for the library {Listed!.Library} and is defined by {Actual!.Library} now: links that take only the one fail. {Update}.", list, Line),
    };

    private string Declared => Actual?.Declaration is { } site ? $", declared at {site.File}({site.Line})," : "";

    private static string Word(ApiSymbol symbol) => ApiText.Word(symbol.Kind);
}

/// <summary>How a public symbol differs from the list.</summary>
public enum ApiChangeKind
{
    /// <summary>It is public and not listed.</summary>
    Added,

    /// <summary>It is listed and not public any more.</summary>
    Removed,

    /// <summary>It is something else than the list says: a function became data, for example.</summary>
    KindChanged,

    /// <summary>Another library than the listed one defines it.</summary>
    LibraryChanged,
}
