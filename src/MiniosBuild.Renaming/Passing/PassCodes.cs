namespace MiniosBuild.Renaming;

/// <summary>Codes of the symbol pass; docs/diagnostics has a page for each. What makes an object unfit has those of the census.</summary>
public static class PassCodes
{
    public const string NotAnObject = "MINIOS1301";
    public const string OtherMachine = "MINIOS1302";
    public const string IntermediateCode = "MINIOS1303";
    public const string VersionedName = "MINIOS1305";
    public const string BadMapLine = "MINIOS1330";
    public const string AmbiguousMap = "MINIOS1331";
    public const string UnmatchedEntry = "MINIOS1332";
    public const string NameTaken = "MINIOS1333";
    public const string LocalNameUsed = "MINIOS1334";
    public const string OtherPass = "MINIOS1335";
    public const string WrongArchive = "MINIOS1337";
    public const string KeptGroup = "MINIOS1338";
    public const string OneObjectDiffers = "MINIOS1204";
    public const string MadeOne = "MINIOS1350";
    public const string StaysCommon = "MINIOS1351";
    public const string SizesDiffer = "MINIOS1352";
    public const string PartOfSet = "MINIOS1354";
    public const string ThinArchive = "MINIOS2108";
    public const string TooLarge = "MINIOS2109";
}
