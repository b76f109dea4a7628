namespace MiniosBuild.Tool;

/// <summary>How commands over archives end; <c>minios run</c> has codes of its own.</summary>
internal static class ExitCode
{
    /// <summary>The work is done, and nothing of level error was found.</summary>
    public const int Success = 0;

    /// <summary>Something of level error was found.</summary>
    public const int Found = 1;

    /// <summary>The work could not be done: a wrong command line, a file that cannot be read or written, a tool that failed.</summary>
    public const int Failed = 2;

    /// <summary>The user interrupted the work.</summary>
    public const int Interrupted = 130;
}
