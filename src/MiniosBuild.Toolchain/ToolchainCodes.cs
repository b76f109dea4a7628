namespace MiniosBuild.Toolchain;

/// <summary>Codes of the diagnostics of this layer; docs/diagnostics has a page for each.</summary>
public static class ToolchainCodes
{
    public const string ToolNotFound = "MINIOS1001";
    public const string CannotStart = "MINIOS1002";
    public const string ToolTooOld = "MINIOS1003";
    public const string WrongTarget = "MINIOS1004";
    public const string XenHeadersNotFound = "MINIOS1005";
    public const string UnknownArchitecture = "MINIOS1006";
    public const string NotATree = "MINIOS1007";
    public const string UnknownDriver = "MINIOS1008";
    public const string UnknownLibc = "MINIOS1009";
    public const string BadConfiguration = "MINIOS1010";
    public const string UnknownSwitch = "MINIOS1021";
    public const string NoConfigurationFile = "MINIOS1022";
    public const string NotANewlib = "MINIOS1015";
    public const string NewlibSourceNotFound = "MINIOS1016";
    public const string NewlibSourceDamaged = "MINIOS1017";
    public const string NewlibBuildFailed = "MINIOS1018";
    public const string CacheNotWritable = "MINIOS1019";

    public const string MakefileSyntax = "MINIOS1030";
    public const string MakefileRecursion = "MINIOS1031";
    public const string MakefileTooLarge = "MINIOS1032";
    public const string NotAConfigFile = "MINIOS1033";

    public const string CompileError = "MINIOS1101";
    public const string CompileWarning = "MINIOS1102";
    public const string CompilerFailed = "MINIOS1103";
    public const string NoSources = "MINIOS1104";
    public const string SourceNotFound = "MINIOS1105";
    public const string SameObject = "MINIOS1106";
    public const string HostHeaders = "MINIOS1107";
    public const string TreeWarning = "MINIOS1108";
    public const string IncludeFolderMissing = "MINIOS1109";

    public const string ArchiveFailed = "MINIOS1201";
    public const string EmptyLibrary = "MINIOS1202";
    public const string JoinFailed = "MINIOS1203";

    public const string SymbolPassFailed = "MINIOS1320";
    public const string SymbolToolUnfit = "MINIOS1336";

    public const string UndefinedReference = "MINIOS1701";
    public const string DuplicateDefinition = "MINIOS1702";
    public const string LinkFailed = "MINIOS1703";
    public const string LinkWarning = "MINIOS1704";
    public const string NoLinkerScript = "MINIOS1705";
    public const string NoEntryObject = "MINIOS1706";
    public const string EmulatorNotFound = "MINIOS1710";
    public const string HypervisorNotFound = "MINIOS1711";
    public const string GuestImageNotFound = "MINIOS1712";
    public const string GuestTimeout = "MINIOS1713";
    public const string GuestCrashed = "MINIOS1714";
    public const string GuestFailed = "MINIOS1715";
    public const string NotAGuestImage = "MINIOS1716";
    public const string EmulatorFailed = "MINIOS1717";
    public const string HypervisorFailed = "MINIOS1718";
    public const string GuestArgumentsTooLong = "MINIOS1719";
    public const string UnknownRunMode = "MINIOS1720";
    public const string Dom0PackageMissing = "MINIOS1721";
    public const string Dom0KernelUnfit = "MINIOS1722";
    public const string Dom0NotUp = "MINIOS1723";
    public const string DomainNotCreated = "MINIOS1724";
    public const string XlConfigurationNotFound = "MINIOS1725";
    public const string CacheTooSmall = "MINIOS1726";
}
