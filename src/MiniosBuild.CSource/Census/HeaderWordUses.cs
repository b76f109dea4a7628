namespace MiniosBuild.CSource;

/// <summary>How a header's text uses a word.</summary>
[Flags]
public enum HeaderWordUses
{
    None = 0,

    /// <summary>Outside directives.</summary>
    Plain = 1,

    /// <summary>Outside directives, and before a parenthesis.</summary>
    Called = 2,

    /// <summary>By #if, #ifdef or their kin.</summary>
    Tested = 4,

    /// <summary>By #if or #elif other than in defined: its value counts.</summary>
    Evaluated = 8,
}
