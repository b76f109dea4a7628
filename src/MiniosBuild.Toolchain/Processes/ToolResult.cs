namespace MiniosBuild.Toolchain.Processes;

/// <summary>What a finished program left: its exit code and all that it printed.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors);
