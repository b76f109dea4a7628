namespace MiniosBuild.CSource.Names;

/// <summary>What a name of a header is. C has three name spaces for them: macros, tags, and all others (C11 6.2.3, 6.10.3).</summary>
public enum HeaderNameKind
{
    /// <summary>A macro without parameters: every token of that name is replaced.</summary>
    Macro,

    /// <summary>A macro with parameters: replaced only in front of a parenthesis.</summary>
    FunctionMacro,

    /// <summary>A function, with a symbol or inline.</summary>
    Function,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>A typedef's name.</summary>
    Typedef,

    /// <summary>The tag of a struct, union or enum.</summary>
    Tag,

    /// <summary>A constant of an enum.</summary>
    Enumerator,
}

/// <summary>The name spaces of C that names of headers live in.</summary>
public enum NameSpace
{
    /// <summary>Functions, variables, typedefs and enumerators.</summary>
    Ordinary,

    /// <summary>Tags of structs, unions and enums.</summary>
    Tag,

    /// <summary>Macros, which meet the names of all others.</summary>
    Macro,
}
