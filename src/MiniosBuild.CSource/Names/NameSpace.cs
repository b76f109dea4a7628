namespace MiniosBuild.CSource;

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
