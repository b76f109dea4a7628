using System.Collections.Frozen;

namespace MiniosBuild.Namespaces;

/// <summary>The codes of findings, and how serious each is when nobody says otherwise.</summary>
public static class FindingCodes
{
    public const string OutsideNamespace = "MINIOS1410";
    public const string NoLibcName = "MINIOS1411";
    public const string StrongHook = "MINIOS1412";
    public const string HiddenTarget = "MINIOS1413";
    public const string Common = "MINIOS1414";
    public const string Leftover = "MINIOS1415";
    public const string Unresolved = "MINIOS1416";
    public const string NoObject = "MINIOS1417";
    public const string OtherMachine = "MINIOS1418";
    public const string IntermediateCode = "MINIOS1419";
    public const string Duplicate = "MINIOS1420";
    public const string OverExport = "MINIOS1421";
    public const string Alternative = "MINIOS1422";
    public const string CommonAndDefined = "MINIOS1423";
    public const string ExecutableStack = "MINIOS1424";
    public const string OtherAbi = "MINIOS1425";
    public const string WeakWithoutTarget = "MINIOS1426";
    public const string HookDefinedTwice = "MINIOS1427";
    public const string HookWithoutDefault = "MINIOS1428";
    public const string SymbolVersion = "MINIOS1429";
    public const string Unique = "MINIOS1430";
    public const string OtherPass = "MINIOS1431";
    public const string NotPassed = "MINIOS1432";
    public const string StaleBaseline = "MINIOS1440";
    public const string HeaderFunction = "MINIOS1501";
    public const string HeaderVariable = "MINIOS1502";
    public const string HeaderTypedef = "MINIOS1504";
    public const string HeaderTag = "MINIOS1505";
    public const string HeaderEnumerator = "MINIOS1506";
    public const string HeaderMacro = "MINIOS1507";
    public const string HeaderGuard = "MINIOS1508";
    public const string HeaderOrder = "MINIOS1509";
    public const string HeaderDuplicate = "MINIOS1510";
    public const string HidingMacro = "MINIOS1511";
    public const string ReachingOut = "MINIOS1512";
    public const string InternalMacro = "MINIOS1513";
    public const string HeaderNotAlone = "MINIOS1514";
    public const string ForeignName = "MINIOS1515";
    public const string KeywordName = "MINIOS1518";
    public const string HostHeader = "MINIOS1536";
    public const string Spelled = "MINIOS1538";
    public const string MissingName = "MINIOS1620";
    public const string MissingWeakName = "MINIOS1621";
    public const string RefusedDuplicate = "MINIOS1630";
    public const string PassedOverMember = "MINIOS1631";
    public const string DecidedByOrder = "MINIOS1632";
    public const string CommonMerged = "MINIOS1633";
    public const string UnequalCopies = "MINIOS1634";
    public const string ScriptFile = "MINIOS1635";
    public const string NoStart = "MINIOS1636";
    public const string SystemCall = "MINIOS1640";
    public const string ThreadPointer = "MINIOS1641";
    public const string RedZone = "MINIOS1642";
    public const string ThreadLocal = "MINIOS1643";
    public const string UnknownCode = "MINIOS1644";
    public const string IndirectFunction = "MINIOS1645";

    /// <summary>Every code whose level may be changed, with its severity by default. Damage is always an error, and not among them.</summary>
    public static FrozenDictionary<string, DiagnosticSeverity> Levelled { get; } = new Dictionary<string, DiagnosticSeverity>
    {
        [OutsideNamespace] = DiagnosticSeverity.Error,
        [NoLibcName] = DiagnosticSeverity.Error,
        [StrongHook] = DiagnosticSeverity.Error,
        [HiddenTarget] = DiagnosticSeverity.Error,
        [Common] = DiagnosticSeverity.Error,
        [Leftover] = DiagnosticSeverity.Error,
        [Unresolved] = DiagnosticSeverity.Warning,
        [Duplicate] = DiagnosticSeverity.Error,
        [OverExport] = DiagnosticSeverity.Message,
        [Alternative] = DiagnosticSeverity.Warning,
        [CommonAndDefined] = DiagnosticSeverity.Warning,
        [ExecutableStack] = DiagnosticSeverity.Warning,
        [OtherAbi] = DiagnosticSeverity.Error,
        [WeakWithoutTarget] = DiagnosticSeverity.Message,
        [HookDefinedTwice] = DiagnosticSeverity.Warning,
        [HookWithoutDefault] = DiagnosticSeverity.Message,
        [SymbolVersion] = DiagnosticSeverity.Warning,
        [Unique] = DiagnosticSeverity.Warning,
        [OtherPass] = DiagnosticSeverity.Error,
        [NotPassed] = DiagnosticSeverity.Warning,
        [StaleBaseline] = DiagnosticSeverity.Warning,
        [HeaderFunction] = DiagnosticSeverity.Error,
        [HeaderVariable] = DiagnosticSeverity.Error,
        [HeaderTypedef] = DiagnosticSeverity.Error,
        [HeaderTag] = DiagnosticSeverity.Error,
        [HeaderEnumerator] = DiagnosticSeverity.Error,
        [HeaderMacro] = DiagnosticSeverity.Error,
        [HeaderGuard] = DiagnosticSeverity.Error,
        [HeaderOrder] = DiagnosticSeverity.Warning,
        [HeaderDuplicate] = DiagnosticSeverity.Error,
        [HidingMacro] = DiagnosticSeverity.Message,
        [ReachingOut] = DiagnosticSeverity.Warning,
        [InternalMacro] = DiagnosticSeverity.Error,
        [HeaderNotAlone] = DiagnosticSeverity.Message,
        [ForeignName] = DiagnosticSeverity.Error,
        [KeywordName] = DiagnosticSeverity.Warning,
        [HostHeader] = DiagnosticSeverity.Message,
        [Spelled] = DiagnosticSeverity.Message,
        [MissingName] = DiagnosticSeverity.Error,
        [MissingWeakName] = DiagnosticSeverity.Message,
        [RefusedDuplicate] = DiagnosticSeverity.Error,
        [PassedOverMember] = DiagnosticSeverity.Message,
        [DecidedByOrder] = DiagnosticSeverity.Warning,
        [CommonMerged] = DiagnosticSeverity.Warning,
        [UnequalCopies] = DiagnosticSeverity.Warning,
        [ScriptFile] = DiagnosticSeverity.Error,
        [NoStart] = DiagnosticSeverity.Warning,
        [SystemCall] = DiagnosticSeverity.Error,
        [ThreadPointer] = DiagnosticSeverity.Warning,
        [RedZone] = DiagnosticSeverity.Warning,
        [ThreadLocal] = DiagnosticSeverity.Error,
        [UnknownCode] = DiagnosticSeverity.Message,
        [IndirectFunction] = DiagnosticSeverity.Error,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
