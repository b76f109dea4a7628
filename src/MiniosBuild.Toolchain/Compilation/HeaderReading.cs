namespace MiniosBuild.Toolchain.Compilation;

/// <summary>What the preprocessor makes of one header.</summary>
/// <param name="Header">Its absolute path.</param>
/// <param name="Text">Its text and that of all it includes, with line markers and the directives that define macros; null when the preprocessor refuses it after all others too.</param>
/// <param name="Failure">The compiler's error when it cannot be read alone: the text is then what it is after all other headers. Null when it can.</param>
public sealed record HeaderReading(string Header, string? Text, Diagnostic? Failure = null);
