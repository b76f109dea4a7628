namespace MiniosBuild.Tasks;

/// <summary>Reads the property MiniosLibcMode, which comes from a libc's provider file.</summary>
internal static class LibcModes
{
    /// <exception cref="DiagnosticException">MINIOS1009.</exception>
    public static LibcMode Named(string name) =>
        Enum.IsDefined(typeof(LibcMode), name) ? Enum.Parse<LibcMode>(name) : throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.UnknownLibc,
            $"MiniosLibcMode is '{name}'; a libc's provider file sets it to one of {string.Join(", ", Enum.GetNames<LibcMode>())}"));
}
