using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource;

/// <summary>A name declared at file scope.</summary>
public struct CDeclaration
{
    /// <summary>The token of the name.</summary>
    public int Token;

    public HeaderNameKind Kind;
    public bool IsStatic;

    /// <summary>A body, an initializer, members or enumerators.</summary>
    public bool IsDefinition;

    /// <summary>The keyword of a tag; else -1.</summary>
    public int TagWord;

    /// <summary>The text of an asm label.</summary>
    public string? Label;

    /// <summary>The tokens of a function's body, the braces included; else 0.</summary>
    public int BodyStart;
    public int BodyEnd;
}

/// <summary>What binds closest to a declarator's name.</summary>
public enum CDerivation : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Parameters.</summary>
    Function,

    /// <summary>A pointer or array.</summary>
    Object,
}
