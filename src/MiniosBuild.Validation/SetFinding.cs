namespace MiniosBuild.Validation;

/// <summary>Findings about one symbol, by the number of their code in the table of <see cref="FindingCodes"/>: a set may have millions.</summary>
internal enum SetFinding : short
{
    OutsideNamespace = 1410,
    NoLibcName = 1411,
    StrongHook = 1412,
    HiddenTarget = 1413,
    Common = 1414,
    Leftover = 1415,
    Unresolved = 1416,
    Duplicate = 1420,
    OverExport = 1421,
    Alternative = 1422,
    CommonAndDefined = 1423,
    WeakWithoutTarget = 1426,
    HookDefinedTwice = 1427,
    HookWithoutDefault = 1428,
    SymbolVersion = 1429,
    Unique = 1430,
    PublicUnasked = 1455,
    DeclaredLocal = 1456,
    Spelled = 1538,
}
