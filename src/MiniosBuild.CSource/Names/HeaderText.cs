namespace MiniosBuild.CSource.Names;

/// <summary>A string of a header that reaches the assembler, so that names in it are symbols which no rewrite of identifiers follows.</summary>
/// <param name="IsLabel">Whether it is the asm label of a function or variable, a symbol as a whole; else it is inline assembly.</param>
/// <param name="Text">What the assembler reads: adjacent literals joined, escapes resolved, <see cref="Unknown"/> for what only an expansion of a macro shows.</param>
/// <param name="Site">Where it begins; for the text of a macro that the header itself uses, where it does.</param>
public sealed record HeaderText(bool IsLabel, string Text, DeclarationSite Site)
{
    /// <summary>Stands for text between literals that is not there yet.</summary>
    public const char Unknown = '\u0001';
}

/// <summary>A file that another one includes.</summary>
/// <param name="Site">The #include.</param>
/// <param name="File">The file that it found, as the line marker spells it.</param>
public sealed record HeaderInclude(DeclarationSite Site, string File);

/// <summary>Why a header cannot be read alone.</summary>
/// <param name="Message">What to tell.</param>
/// <param name="Site">What the preprocessor refused.</param>
/// <param name="Column">1-based column, 0 when unknown.</param>
public sealed record HeaderRefusal(string Message, DeclarationSite Site, int Column)
{
    /// <summary>Of what a preprocessor says when the header is all that it reads; null when it says nothing.</summary>
    public static HeaderRefusal? Of(string header, Diagnostic? error) => error is null ? null : new HeaderRefusal(
        $"the public header {Path.GetFileName(header)} cannot be included alone: {error.Message}. Have it include what it needs", new DeclarationSite(error.File ?? header, error.Line), error.Column);
}
