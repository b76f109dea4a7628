namespace MiniosBuild.Toolchain.Running;

/// <summary>What a guest is under Xen.</summary>
public enum RunMode
{
    /// <summary>The initial domain, without a toolstack, xenstore and back ends: only guests that know how to be that.</summary>
    Dom0,

    /// <summary>A domain beside a Linux dom0 that has all of these.</summary>
    DomU,
}

/// <summary>The names of <see cref="RunMode"/>.</summary>
public static class RunModes
{
    /// <summary>Reads one, in upper or lower case.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="setting">The option or property that it was given to.</param>
    /// <exception cref="DiagnosticException">MINIOS1720.</exception>
    public static RunMode Parse(string text, string setting) =>
        text.Equals("dom0", StringComparison.OrdinalIgnoreCase) ? RunMode.Dom0
        : text.Equals("domU", StringComparison.OrdinalIgnoreCase) ? RunMode.DomU
        : throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.UnknownRunMode, $"{setting} is '{text}'; expected dom0 (the guest is the initial domain) or domU (it is a domain beside a dom0)"));
}
