namespace MiniosBuild.Tasks;

/// <summary>Codes of diagnostics that the tasks themselves raise.</summary>
public static class TaskCodes
{
    public const string UnfitProvider = "MINIOS1014";
    public const string PassResultDiffers = "MINIOS1321";
    public const string SameStagedHeader = "MINIOS1322";
    public const string ObjectNotPlanned = "MINIOS1323";
    public const string AdoptedUnreadable = "MINIOS1346";
    public const string NoStagingFolder = "MINIOS1537";
    public const string NoListPrefix = "MINIOS1540";
    public const string ConsumerUnreadable = "MINIOS1612";
    public const string UnknownRewriter = "MINIOS1613";
    public const string BaselineUnreadable = "MINIOS1614";
    public const string FileAccess = "MINIOS9001";
}
