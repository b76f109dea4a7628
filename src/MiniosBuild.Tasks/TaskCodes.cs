namespace MiniosBuild.Tasks;

/// <summary>Codes of diagnostics that the tasks themselves raise.</summary>
public static class TaskCodes
{
    public const string PassResultDiffers = "MINIOS1302";
    public const string SameStagedHeader = "MINIOS1303";
    public const string FileAccess = "MINIOS9001";
}
