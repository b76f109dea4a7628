namespace MiniosBuild.CSource;

/// <summary>Where something is declared: the file as line markers name it, and its 1-based line.</summary>
public readonly record struct DeclarationSite(string File, int Line);
