using System.Collections.Frozen;
using static MiniosBuild.DiagnosticSeverity;

namespace MiniosBuild;

// Every diagnostic, a line each: how serious it is when nobody says otherwise (some are worse or better in some places), the title of its
// page in docs/diagnostics, its name in the code, its number. A number that is taken away is not given again.

/// <summary>Finding tools, compiling, archiving, linking, booting.</summary>
public static class ToolchainCodes
{
    [Title(Error, "a tool was not found")] public const string ToolNotFound = "MINIOS1001";
    [Title(Error, "a tool cannot be started")] public const string CannotStart = "MINIOS1002";
    [Title(Error, "a tool is too old")] public const string ToolTooOld = "MINIOS1003";
    [Title(Error, "the compiler builds for another machine")] public const string WrongTarget = "MINIOS1004";
    [Title(Error, "Xen's public headers were not found")] public const string XenHeadersNotFound = "MINIOS1005";
    [Title(Error, "unknown architecture")] public const string UnknownArchitecture = "MINIOS1006";
    [Title(Error, "not a Mini-OS tree")] public const string NotATree = "MINIOS1007";
    [Title(Error, "unknown driver")] public const string UnknownDriver = "MINIOS1008";
    [Title(Error, "unknown libc")] public const string UnknownLibc = "MINIOS1009";
    [Title(Error, "a switch of the configuration is not well-formed")] public const string BadConfiguration = "MINIOS1010";
    [Title(Error, "MiniosNewlib names no newlib")] public const string NotANewlib = "MINIOS1015";
    [Title(Error, "there is no source of newlib")] public const string NewlibSourceNotFound = "MINIOS1016";
    [Title(Error, "the source of newlib is damaged")] public const string NewlibSourceDamaged = "MINIOS1017";
    [Title(Error, "newlib could not be built")] public const string NewlibBuildFailed = "MINIOS1018";
    [Title(Error, "the cache folder cannot be used")] public const string CacheNotWritable = "MINIOS1019";
    [Title(Warning, "unknown switch")] public const string UnknownSwitch = "MINIOS1021";
    [Title(Error, "no such configuration file")] public const string NoConfigurationFile = "MINIOS1022";
    [Title(Error, "a makefile of the tree cannot be read")] public const string MakefileSyntax = "MINIOS1030";
    [Title(Error, "a variable of a makefile refers to itself")] public const string MakefileRecursion = "MINIOS1031";
    [Title(Error, "the makefiles of the tree are too large to read")] public const string MakefileTooLarge = "MINIOS1032";
    [Title(Error, "this is not a configuration file")] public const string NotAConfigFile = "MINIOS1033";
    [Title(Error, "the compiler reports an error")] public const string CompileError = "MINIOS1101";
    [Title(Warning, "the compiler gives a warning")] public const string CompileWarning = "MINIOS1102";
    [Title(Error, "the compiler failed without saying where")] public const string CompilerFailed = "MINIOS1103";
    [Title(Error, "a guest without sources")] public const string NoSources = "MINIOS1104";
    [Title(Error, "a source does not exist")] public const string SourceNotFound = "MINIOS1105";
    [Title(Error, "two sources would have the same object")] public const string SameObject = "MINIOS1106";
    [Title(Message, "headers of the machine in the tree's sources")] public const string HostHeaders = "MINIOS1107";
    [Title(Warning, "warning of the compiler in a tree")] public const string TreeWarning = "MINIOS1108";
    [Title(Message, "include folders of a tree that do not exist")] public const string IncludeFolderMissing = "MINIOS1109";
    [Title(Error, "an archive could not be made")] public const string ArchiveFailed = "MINIOS1201";
    [Title(Error, "a library without objects")] public const string EmptyLibrary = "MINIOS1202";
    [Title(Error, "the set could not be joined into one object")] public const string JoinFailed = "MINIOS1203";
    [Title(Error, "a symbol pass failed")] public const string SymbolPassFailed = "MINIOS1320";
    [Title(Error, "A change that the chosen symbol tool gets wrong")] public const string SymbolToolUnfit = "MINIOS1336";
    [Title(Error, "an undefined reference")] public const string UndefinedReference = "MINIOS1701";
    [Title(Error, "a name is defined twice")] public const string DuplicateDefinition = "MINIOS1702";
    [Title(Error, "the link failed")] public const string LinkFailed = "MINIOS1703";
    [Title(Warning, "the linker gives a warning")] public const string LinkWarning = "MINIOS1704";
    [Title(Error, "there is not exactly one linker script")] public const string NoLinkerScript = "MINIOS1705";
    [Title(Error, "there is not exactly one entry source")] public const string NoEntryObject = "MINIOS1706";
    [Title(Error, "the emulator was not found")] public const string EmulatorNotFound = "MINIOS1710";
    [Title(Error, "the hypervisor was not found")] public const string HypervisorNotFound = "MINIOS1711";
    [Title(Error, "the guest image cannot be read")] public const string GuestImageNotFound = "MINIOS1712";
    [Title(Error, "the guest did not end in time")] public const string GuestTimeout = "MINIOS1713";
    [Title(Error, "the guest ended without an exit code")] public const string GuestCrashed = "MINIOS1714";
    [Title(Error, "the guest ended with an exit code other than 0")] public const string GuestFailed = "MINIOS1715";
    [Title(Error, "not a guest image")] public const string NotAGuestImage = "MINIOS1716";
    [Title(Error, "the emulator failed")] public const string EmulatorFailed = "MINIOS1717";
    [Title(Error, "the hypervisor did not start the guest")] public const string HypervisorFailed = "MINIOS1718";
    [Title(Error, "the guest's arguments are too long")] public const string GuestArgumentsTooLong = "MINIOS1719";
    [Title(Error, "unknown run mode")] public const string UnknownRunMode = "MINIOS1720";
    [Title(Error, "a package for dom0 is missing")] public const string Dom0PackageMissing = "MINIOS1721";
    [Title(Error, "there is no kernel for dom0")] public const string Dom0KernelUnfit = "MINIOS1722";
    [Title(Error, "dom0 did not come up")] public const string Dom0NotUp = "MINIOS1723";
    [Title(Error, "the guest could not be created")] public const string DomainNotCreated = "MINIOS1724";
    [Title(Error, "an xl configuration cannot be read")] public const string XlConfigurationNotFound = "MINIOS1725";
    [Title(Error, "too little room for dom0")] public const string CacheTooSmall = "MINIOS1726";
    [Title(Error, "A file could not be read or written")] public const string FileAccess = "MINIOS9001";
}

/// <summary>Settings that the targets files refuse themselves.</summary>
public static class TargetsCodes
{
    [Title(Error, "neither a guest nor a library")] public const string UnknownOutputType = "MINIOS1011";
    [Title(Error, "ProjectReference is not supported")] public const string ReferenceToProject = "MINIOS1012";
    [Title(Error, "there is no picolibc")] public const string NoPicolibc = "MINIOS1013";
    [Title(Error, "a library of the guest is not there")] public const string NoGuestLibrary = "MINIOS1020";
    [Title(Error, "one object without the symbol pass")] public const string OneObjectWithoutPass = "MINIOS1205";
}

/// <summary>What the tasks themselves raise.</summary>
public static class TaskCodes
{
    [Title(Error, "what a libc's provider names does not fit")] public const string UnfitProvider = "MINIOS1014";
    [Title(Error, "an object is not the one that the plan was made for")] public const string PassResultDiffers = "MINIOS1321";
    [Title(Error, "Two headers would be staged under one name")] public const string SameStagedHeader = "MINIOS1322";
    [Title(Error, "an object that the plan does not know")] public const string ObjectNotPlanned = "MINIOS1323";
    [Title(Error, "a file that is to be adopted cannot be read")] public const string AdoptedUnreadable = "MINIOS1346";
    [Title(Error, "a public header is to be staged outside the staged headers")] public const string NoStagingFolder = "MINIOS1537";
    [Title(Error, "the prefix of the generated list.h is no identifier")] public const string NoListPrefix = "MINIOS1540";
    [Title(Error, "a consumer that cannot be read")] public const string ConsumerUnreadable = "MINIOS1612";
    [Title(Error, "an unknown symbol rewriter")] public const string UnknownRewriter = "MINIOS1613";
    [Title(Error, "a baseline that cannot be read")] public const string BaselineUnreadable = "MINIOS1614";
}

/// <summary>The command's own.</summary>
public static class ToolCodes
{
    [Title(Error, "an input that cannot be read")] public const string UnreadableInput = "MINIOS1801";
    [Title(Error, "an input given twice")] public const string InputGivenTwice = "MINIOS1802";
    [Title(Error, "an output that cannot be what was asked for")] public const string BadOutput = "MINIOS1803";
    [Title(Error, "no header to read")] public const string NoHeaders = "MINIOS1804";
    [Title(Error, "a symbol that the set does not have")] public const string UnknownSymbol = "MINIOS1805";
    [Title(Error, "a plan of another policy")] public const string PlanOfOtherPolicy = "MINIOS1806";
    [Title(Message, "an old name in a file that is no source")] public const string MentionedElsewhere = "MINIOS1807";
    [Title(Error, "no source to rewrite")] public const string NoSources = "MINIOS1808";
    [Title(Warning, "an exception that excepts nothing")] public const string UnmatchedOption = "MINIOS1809";
    [Title(Message, "a source that has nothing to do with the set")] public const string SourceLeft = "MINIOS1810";
    [Title(Message, "a link to a source elsewhere")] public const string LinkLeft = "MINIOS1811";
    [Title(Error, "a source that is read-only")] public const string ReadOnlySource = "MINIOS1812";
    [Title(Warning, "a code that is left out in vain")] public const string UnknownCode = "MINIOS1813";
    [Title(Error, "two headers in one place")] public const string SamePlace = "MINIOS1814";
    [Title(Error, "no tree, or several")] public const string NoTree = "MINIOS1815";
    [Title(Error, "a project is there already")] public const string ProjectThere = "MINIOS1816";
    [Title(Error, "the SDK was not found")] public const string NoSdk = "MINIOS1817";
    [Title(Error, "a run that has not ended")] public const string RunUnfinished = "MINIOS1818";
    [Title(Warning, "a killed run was ended")] public const string RunFinished = "MINIOS1819";
}

/// <summary>The census of a set, and its plan.</summary>
public static class PlanCodes
{
    [Title(Error, "a common symbol that would become local")] public const string LocalCommon = "MINIOS1304";
    [Title(Error, "an object given twice")] public const string GivenTwice = "MINIOS1306";
    [Title(Error, "a unique symbol cannot become local")] public const string LocalUnique = "MINIOS1307";
    [Title(Error, "a COMDAT group cannot become local")] public const string LocalGroup = "MINIOS1308";
    [Title(Error, "a name defined twice in the set")] public const string DefinedTwice = "MINIOS1309";
    [Title(Error, "two names would become one")] public const string SameTarget = "MINIOS1310";
    [Title(Error, "a rename onto a name that exists")] public const string TakenTarget = "MINIOS1311";
    [Title(Error, "a new name that is no identifier")] public const string NoIdentifier = "MINIOS1312";
    [Title(Error, "a hook that is not weak")] public const string StrongHook = "MINIOS1313";
    [Title(Warning, "a policy entry that matches nothing")] public const string UnmatchedEntry = "MINIOS1314";
    [Title(Error, "a libc in a set without one")] public const string LibcInSetWithoutOne = "MINIOS1315";
    [Title(Error, "not a plan of this version")] public const string NotAPlan = "MINIOS1316";
    [Title(Warning, "a weak definition becomes local")] public const string LocalWeak = "MINIOS1317";
    [Title(Error, "a file of the set cannot be read")] public const string Unreadable = "MINIOS1318";
    [Title(Error, "a thin archive in the set")] public const string ThinArchive = "MINIOS1319";
    [Title(Error, "an object that went through another pass")] public const string OtherPass = "MINIOS1340";
    [Title(Error, "objects of one set that were passed apart")] public const string PassedApart = "MINIOS1341";
}

/// <summary>The symbol pass; what makes an object unfit has the same codes in a census.</summary>
public static class PassCodes
{
    [Title(Error, "the one object of the set is not what the plan says")] public const string OneObjectDiffers = "MINIOS1204";
    [Title(Error, "not a relocatable object")] public const string NotAnObject = "MINIOS1301";
    [Title(Error, "an object for another machine")] public const string OtherMachine = "MINIOS1302";
    [Title(Error, "an object with intermediate code")] public const string IntermediateCode = "MINIOS1303";
    [Title(Error, "a symbol with a version")] public const string VersionedName = "MINIOS1305";
    [Title(Error, "A line of a rename map that is not two names")] public const string BadMapLine = "MINIOS1330";
    [Title(Error, "Two renames that contradict each other")] public const string AmbiguousMap = "MINIOS1331";
    [Title(Warning, "An entry of a rename map that matched nothing")] public const string UnmatchedEntry = "MINIOS1332";
    [Title(Error, "A new name that another object has already")] public const string NameTaken = "MINIOS1333";
    [Title(Error, "A name made local that another object needs")] public const string LocalNameUsed = "MINIOS1334";
    [Title(Error, "An object that went through another pass")] public const string OtherPass = "MINIOS1335";
    [Title(Error, "A passed archive that does not read as it was written")] public const string WrongArchive = "MINIOS1337";
    [Title(Warning, "A renamed definition in a COMDAT group that keeps its name")] public const string KeptGroup = "MINIOS1338";
    [Title(Warning, "a tentative definition in several objects")] public const string MadeOne = "MINIOS1350";
    [Title(Warning, "a symbol that stays common")] public const string StaysCommon = "MINIOS1351";
    [Title(Warning, "definitions of one name that do not agree")] public const string SizesDiffer = "MINIOS1352";
    [Title(Error, "a plan for other objects, and common symbols")] public const string PartOfSet = "MINIOS1354";
}

/// <summary>Adoption.</summary>
public static class AdoptionCodes
{
    [Title(Error, "an adopted file needs a name that the set keeps to itself")] public const string UnreachableName = "MINIOS1342";
    [Title(Message, "a name that the adopted files define themselves")] public const string OwnName = "MINIOS1343";
    [Title(Warning, "a weak definition of an adopted file stays")] public const string OwnWeakName = "MINIOS1344";
    [Title(Message, "internal names that an adopted file reaches")] public const string InternalName = "MINIOS1345";
    [Title(Message, "nothing to adopt")] public const string Stranger = "MINIOS1347";
    [Title(Error, "the set was made by another policy")] public const string OtherPolicy = "MINIOS1349";
}

/// <summary>Files of policies, levels and baselines.</summary>
public static class PolicyCodes
{
    [Title(Error, "a policy file that is not JSON")] public const string NotJson = "MINIOS1401";
    [Title(Error, "a policy property that is unknown or wrong")] public const string WrongProperty = "MINIOS1402";
    [Title(Error, "a regular expression that is wrong")] public const string WrongPattern = "MINIOS1403";
    [Title(Error, "a name under two headings")] public const string ListedTwice = "MINIOS1404";
    [Title(Error, "a policy file that cannot be read")] public const string Unreadable = "MINIOS1405";
    [Title(Error, "a baseline file that is malformed")] public const string WrongBaseline = "MINIOS1441";
    [Title(Error, "a level that cannot be set")] public const string WrongLevel = "MINIOS1442";
    [Title(Error, "a list of public names that cannot be read")] public const string UnreadableList = "MINIOS1451";
    [Title(Error, "a policy under which nothing is public")] public const string NothingPublic = "MINIOS1452";
}

/// <summary>What checks find. All but damage have a level that a policy and its user may change.</summary>
public static class FindingCodes
{
    [Title(Error, "a global name outside the namespace")] public const string OutsideNamespace = "MINIOS1410";
    [Title(Error, "a libc name that is no C name")] public const string NoLibcName = "MINIOS1411";
    [Title(Error, "a finished hook that is not weak")] public const string StrongHook = "MINIOS1412";
    [Title(Error, "a needed name is local only")] public const string HiddenTarget = "MINIOS1413";
    [Title(Error, "a common symbol in an archive")] public const string Common = "MINIOS1414";
    [Title(Error, "a leftover that should be hidden")] public const string Leftover = "MINIOS1415";
    [Title(Warning, "a reference that nothing defines")] public const string Unresolved = "MINIOS1416";
    [Title(Error, "not an archive of objects")] public const string NoObject = "MINIOS1417";
    [Title(Error, "a member for another machine")] public const string OtherMachine = "MINIOS1418";
    [Title(Error, "a member with intermediate code")] public const string IntermediateCode = "MINIOS1419";
    [Title(Error, "a name that two members define")] public const string Duplicate = "MINIOS1420";
    [Title(Message, "a global name that could be static")] public const string OverExport = "MINIOS1421";
    [Title(Warning, "two definitions of which a link takes the first")] public const string Alternative = "MINIOS1422";
    [Title(Warning, "a common symbol that another object defines")] public const string CommonAndDefined = "MINIOS1423";
    [Title(Warning, "an object that makes the stack executable")] public const string ExecutableStack = "MINIOS1424";
    [Title(Error, "an object for another ABI")] public const string OtherAbi = "MINIOS1425";
    [Title(Message, "a weak reference without a target")] public const string WeakWithoutTarget = "MINIOS1426";
    [Title(Warning, "a hook with two defaults")] public const string HookDefinedTwice = "MINIOS1427";
    [Title(Message, "a hook without a default")] public const string HookWithoutDefault = "MINIOS1428";
    [Title(Warning, "a symbol version in an archive")] public const string SymbolVersion = "MINIOS1429";
    [Title(Warning, "a GNU unique symbol in an archive")] public const string Unique = "MINIOS1430";
    [Title(Error, "an object of another symbol pass")] public const string OtherPass = "MINIOS1431";
    [Title(Warning, "objects that no symbol pass has seen")] public const string NotPassed = "MINIOS1432";
    [Title(Message, "a marked name that no public header declares")] public const string MarkedUndeclared = "MINIOS1433";
    [Title(Message, "a declared name without an export mark")] public const string DeclaredUnmarked = "MINIOS1434";
    [Title(Warning, "an export mark for a name that nobody defines")] public const string MarkedUndefined = "MINIOS1435";
    [Title(Warning, "an export mark for a static name")] public const string MarkedLocal = "MINIOS1436";
    [Title(Error, "a marked name that the finished set has lost")] public const string MarkedLost = "MINIOS1437";
    [Title(Warning, "export marks in a finished object")] public const string MarksLeft = "MINIOS1438";
    [Title(Warning, "an export mark for a name that the objects define under another")] public const string MarkedRenamed = "MINIOS1439";
    [Title(Warning, "a baseline entry that accepts nothing")] public const string StaleBaseline = "MINIOS1440";
    [Title(Warning, "a listed name that nobody defines")] public const string ListedUndefined = "MINIOS1453";
    [Title(Message, "no export marks in a set whose policy counts them")] public const string NoMarks = "MINIOS1454";
    [Title(Error, "a public name that nothing makes public")] public const string PublicUnasked = "MINIOS1455";
    [Title(Message, "a header declares what is local only")] public const string DeclaredLocal = "MINIOS1456";
    [Title(Error, "a header declares a function outside the namespace")] public const string HeaderFunction = "MINIOS1501";
    [Title(Error, "a header declares a variable outside the namespace")] public const string HeaderVariable = "MINIOS1502";
    [Title(Error, "a header declares a typedef outside the namespace")] public const string HeaderTypedef = "MINIOS1504";
    [Title(Error, "a header has a tag outside the namespace")] public const string HeaderTag = "MINIOS1505";
    [Title(Error, "a header has an enumerator outside the namespace")] public const string HeaderEnumerator = "MINIOS1506";
    [Title(Error, "a header defines a macro outside the namespace")] public const string HeaderMacro = "MINIOS1507";
    [Title(Error, "an include guard outside the namespace, or of two headers")] public const string HeaderGuard = "MINIOS1508";
    [Title(Warning, "a header depends on what was included before")] public const string HeaderOrder = "MINIOS1509";
    [Title(Error, "two headers define one name")] public const string HeaderDuplicate = "MINIOS1510";
    [Title(Message, "a macro has the name of a function or variable")] public const string HidingMacro = "MINIOS1511";
    [Title(Warning, "a macro or inline function reaches what its header does not give")] public const string ReachingOut = "MINIOS1512";
    [Title(Error, "an internal macro stands in a public header")] public const string InternalMacro = "MINIOS1513";
    [Title(Message, "a public header cannot be included alone")] public const string HeaderNotAlone = "MINIOS1514";
    [Title(Error, "a header's name is also one of the C library, Xen or the compiler")] public const string ForeignName = "MINIOS1515";
    [Title(Warning, "a header uses a keyword of C++ as a name")] public const string KeywordName = "MINIOS1518";
    [Title(Message, "public headers need headers of the machine that compiles")] public const string HostHeader = "MINIOS1536";
    [Title(Message, "a symbol stays outside the policy since a header spells it")] public const string Spelled = "MINIOS1538";
    [Title(Error, "a name that nothing in the link gives")] public const string MissingName = "MINIOS1620";
    [Title(Message, "a weak reference that nothing in the link answers")] public const string MissingWeakName = "MINIOS1621";
    [Title(Error, "a name defined twice, which the linker refuses")] public const string RefusedDuplicate = "MINIOS1630";
    [Title(Message, "a member that is passed over")] public const string PassedOverMember = "MINIOS1631";
    [Title(Warning, "a definition that wins by order or strength alone")] public const string DecidedByOrder = "MINIOS1632";
    [Title(Warning, "a common symbol that is merged with another definition")] public const string CommonMerged = "MINIOS1633";
    [Title(Warning, "copies of one section that differ in size")] public const string UnequalCopies = "MINIOS1634";
    [Title(Error, "a file that a linker script leads to is not there")] public const string ScriptFile = "MINIOS1635";
    [Title(Warning, "a guest without a start")] public const string NoStart = "MINIOS1636";
    [Title(Error, "linked code that calls an operating system")] public const string SystemCall = "MINIOS1640";
    [Title(Warning, "linked code that uses the thread pointer")] public const string ThreadPointer = "MINIOS1641";
    [Title(Warning, "linked code that keeps data below the stack pointer")] public const string RedZone = "MINIOS1642";
    [Title(Error, "thread-local storage")] public const string ThreadLocal = "MINIOS1643";
    [Title(Message, "machine code that is not looked into")] public const string UnknownCode = "MINIOS1644";
    [Title(Error, "a function that is chosen at the start")] public const string IndirectFunction = "MINIOS1645";

    /// <summary>
    /// Every code whose level may be changed, with its severity by default. Damage is always an error, and not among them. The lines above say
    /// the same, but every command would wait for what reads them.
    /// </summary>
    public static FrozenDictionary<string, DiagnosticSeverity> Levelled { get; } = new (DiagnosticSeverity Severity, string[] Codes)[]
    {
        (Error,
        [
            OutsideNamespace, NoLibcName, StrongHook, HiddenTarget, Common, Leftover, Duplicate, OtherAbi, OtherPass, MarkedLost, PublicUnasked,
            HeaderFunction, HeaderVariable, HeaderTypedef, HeaderTag, HeaderEnumerator, HeaderMacro, HeaderGuard, HeaderDuplicate, InternalMacro,
            ForeignName, MissingName, RefusedDuplicate, ScriptFile, SystemCall, ThreadLocal, IndirectFunction,
        ]),
        (Warning,
        [
            Unresolved, Alternative, CommonAndDefined, ExecutableStack, HookDefinedTwice, SymbolVersion, Unique, NotPassed, MarkedUndefined,
            MarkedLocal, MarksLeft, MarkedRenamed, StaleBaseline, ListedUndefined, HeaderOrder, ReachingOut, KeywordName, DecidedByOrder,
            CommonMerged, UnequalCopies, NoStart, ThreadPointer, RedZone,
        ]),
        (Message,
        [
            OverExport, WeakWithoutTarget, HookWithoutDefault, MarkedUndeclared, DeclaredUnmarked, DeclaredLocal, NoMarks, HidingMacro, HeaderNotAlone, HostHeader,
            Spelled, MissingWeakName, PassedOverMember, UnknownCode,
        ]),
    }.SelectMany(level => level.Codes.Select(code => (code, level.Severity))).ToFrozenDictionary(entry => entry.code, entry => entry.Severity, StringComparer.Ordinal);
}

/// <summary>The plan for headers, and its files.</summary>
public static class HeaderCodes
{
    [Title(Error, "not a list of public declarations, or no header census")] public const string NotACensus = "MINIOS1503";
    [Title(Error, "the new name of a header's name is taken")] public const string NameTaken = "MINIOS1516";
    [Title(Error, "an asm label names a symbol that is renamed")] public const string LabelOfRenamed = "MINIOS1517";
    [Title(Error, "not a table of names")] public const string NotATable = "MINIOS1519";
    [Title(Warning, "an old name that the compatibility header cannot serve")] public const string NotServed = "MINIOS1520";
    [Title(Message, "a header that is not compiled")] public const string HeaderNotCompiledAlone = "MINIOS1544";
    [Title(Error, "assembly of a header names a symbol that is renamed")] public const string AssemblyOfRenamed = "MINIOS1539";
    [Title(Error, "a rewritten text says something else than the original")] public const string HeaderDiffers = "MINIOS1541";
    [Title(Error, "a rewritten text does not compile as the original does")] public const string HeaderNotCompiled = "MINIOS1542";
    [Title(Warning, "a name that ## makes keeps its old spelling")] public const string JoinedStays = "MINIOS1543";
}

/// <summary>What a rewrite of sources leaves to a person.</summary>
public static class SourceCodes
{
    [Title(Warning, "a macro pastes a renamed name")] public const string Pasted = "MINIOS1530";
    [Title(Warning, "a macro makes text of a renamed name")] public const string MadeText = "MINIOS1531";
    [Title(Warning, "a string names something that was renamed")] public const string InString = "MINIOS1532";
    [Title(Warning, "a new name is taken already")] public const string NameTaken = "MINIOS1533";
    [Title(Warning, "a source has a name of its own that the library's headers had")] public const string OwnName = "MINIOS1534";
    [Title(Warning, "a macro stands without its arguments")] public const string WithoutArguments = "MINIOS1535";
    [Title(Warning, "a source that could not be proven")] public const string Unproven = "MINIOS1545";
}

/// <summary>The list of public symbols.</summary>
public static class ApiCodes
{
    [Title(Error, "not a list of public symbols")] public const string NotAList = "MINIOS1601";
    [Title(Error, "an API list that cannot be read")] public const string Unreadable = "MINIOS1602";
    [Title(Error, "a public symbol that is not listed")] public const string Added = "MINIOS1603";
    [Title(Error, "a listed symbol that is no longer public")] public const string Removed = "MINIOS1604";
    [Title(Error, "a public symbol that became something else")] public const string KindChanged = "MINIOS1605";
    [Title(Error, "a public symbol that moved to another library")] public const string Moved = "MINIOS1606";
    [Title(Error, "an API list of another configuration")] public const string OtherConfiguration = "MINIOS1607";
}

/// <summary>Programs that use a set.</summary>
public static class ConsumerCodes
{
    [Title(Message, "a consumer that uses nothing")] public const string UsesNothing = "MINIOS1608";
    [Title(Warning, "a consumer that misses a name")] public const string MissesName = "MINIOS1609";
    [Title(Error, "a consumer that is no object")] public const string NotAnObject = "MINIOS1610";
    [Title(Error, "a consumer that holds intermediate code only")] public const string IntermediateCode = "MINIOS1611";
}

/// <summary>Contract files.</summary>
public static class ContractCodes
{
    [Title(Error, "a contract file that is not JSON")] public const string NotJson = "MINIOS1650";
    [Title(Error, "a contract file with a wrong part")] public const string WrongPart = "MINIOS1651";
    [Title(Error, "a contract file of another version")] public const string OtherVersion = "MINIOS1652";
    [Title(Error, "an entry that a contract file has twice")] public const string GivenTwice = "MINIOS1653";
}

/// <summary>ELF objects: damage, what cannot be changed, and proofs that fail.</summary>
public static class ObjectCodes
{
    [Title(Error, "The symbol pass changed a section")] public const string SectionChanged = "MINIOS1326";
    [Title(Error, "The symbol pass changed a symbol otherwise than planned")] public const string SymbolChanged = "MINIOS1327";
    [Title(Error, "The symbol pass changed what refers to a symbol")] public const string ReferenceChanged = "MINIOS1328";
    [Title(Error, "The symbol pass changed the ELF header")] public const string HeaderChanged = "MINIOS1329";
    [Title(Error, "a common symbol that cannot be given a place")] public const string NoPlaceForCommon = "MINIOS1353";
    [Title(Error, "a section .export_symbol that is no list of marks")] public const string NoListOfMarks = "MINIOS1450";
    [Title(Error, "Not an ELF file")] public const string NotElf = "MINIOS2001";
    [Title(Error, "ELF file of an unknown kind")] public const string UnknownKind = "MINIOS2002";
    [Title(Error, "ELF file is truncated")] public const string Truncated = "MINIOS2003";
    [Title(Error, "ELF table with a wrong entry size")] public const string EntrySize = "MINIOS2004";
    [Title(Error, "ELF section index out of range")] public const string SectionIndex = "MINIOS2005";
    [Title(Error, "ELF name outside its string table")] public const string NameOutside = "MINIOS2006";
    [Title(Error, "ELF symbol table that contradicts itself")] public const string SymbolTable = "MINIOS2007";
    [Title(Error, "ELF symbol index out of range")] public const string SymbolIndex = "MINIOS2008";
    [Title(Error, "Malformed ELF section group")] public const string SectionGroup = "MINIOS2009";
    [Title(Error, "ELF header counts contradict each other")] public const string HeaderCounts = "MINIOS2010";
    [Title(Error, "Not a relocatable object")] public const string NotRelocatable = "MINIOS2011";
    [Title(Error, "A symbol that cannot be renamed")] public const string CannotBeRenamed = "MINIOS2012";
    [Title(Error, "A symbol that cannot be made local")] public const string CannotBeLocal = "MINIOS2013";
    [Title(Error, "A new name that another symbol of the object has")] public const string NameTaken = "MINIOS2014";
    [Title(Error, "A section that may hold indices of symbols in an unknown form")] public const string UnknownIndices = "MINIOS2015";
    [Title(Error, "A damaged table of symbol indices")] public const string DamagedIndices = "MINIOS2016";
    [Title(Error, "An object whose layout cannot be changed")] public const string FixedLayout = "MINIOS2017";
    [Title(Error, "A damaged pass note")] public const string DamagedNote = "MINIOS2018";
}

/// <summary>Archives.</summary>
public static class ArchiveCodes
{
    [Title(Error, "Not an archive")] public const string NotAnArchive = "MINIOS2101";
    [Title(Error, "Malformed member header in an archive")] public const string MemberHeader = "MINIOS2102";
    [Title(Error, "Malformed number in an archive")] public const string Number = "MINIOS2103";
    [Title(Error, "Archive member beyond the end")] public const string BeyondEnd = "MINIOS2104";
    [Title(Error, "Malformed member name in an archive")] public const string MemberName = "MINIOS2105";
    [Title(Error, "Malformed symbol index in an archive")] public const string SymbolIndex = "MINIOS2106";
    [Title(Error, "Special archive member twice")] public const string SpecialTwice = "MINIOS2107";
    [Title(Error, "Thin archive given to the symbol pass")] public const string Thin = "MINIOS2108";
    [Title(Error, "Too large for an archive")] public const string TooLarge = "MINIOS2109";
    [Title(Error, "A name or number that an archive cannot hold")] public const string CannotBeHeld = "MINIOS2110";
}

/// <summary>Debug information.</summary>
public static class DebugCodes
{
    [Title(Error, "Debug information ends early")] public const string EndsEarly = "MINIOS2201";
    [Title(Error, "Debug information of another version")] public const string OtherVersion = "MINIOS2202";
    [Title(Error, "Abbreviation missing or damaged")] public const string Abbreviation = "MINIOS2203";
    [Title(Error, "Unknown form of an attribute")] public const string UnknownForm = "MINIOS2204";
    [Title(Error, "Offset or index outside of a debug section")] public const string OutsideSection = "MINIOS2205";
    [Title(Error, "Compressed debug section damaged")] public const string DamagedCompression = "MINIOS2206";
    [Title(Error, "Compression of a debug section not supported")] public const string UnknownCompression = "MINIOS2207";
    [Title(Error, "Relocation of a debug section not understood")] public const string UnknownRelocation = "MINIOS2208";
    [Title(Error, "Line table damaged")] public const string LineTable = "MINIOS2209";
    [Title(Error, "Reference between entries of .debug_info damaged")] public const string EntryReference = "MINIOS2210";
}

/// <summary>How serious a diagnostic is by default, and what its page is called.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class TitleAttribute(DiagnosticSeverity severity, string title) : Attribute
{
    public DiagnosticSeverity Severity => severity;

    public string Title => title;
}
