namespace MiniosBuild.CSource;

/// <summary>What the innermost brackets at hand hold.</summary>
public enum CPlace : byte
{
    /// <summary>Declarations at file scope, also within extern "C".</summary>
    File,

    /// <summary>The body of a macro: declarations, statements, an expression or a part of them.</summary>
    Fragment,

    /// <summary>Members of a struct or union.</summary>
    Members,

    /// <summary>Statements.</summary>
    Block,

    /// <summary>Parameters of a function.</summary>
    Parameters,

    /// <summary>What stands in parentheses after for.</summary>
    ForHead,

    /// <summary>A declarator in parentheses.</summary>
    Nested,

    /// <summary>Enumerators.</summary>
    Enumerators,

    /// <summary>An expression, a type or the arguments of a call.</summary>
    Expression,

    /// <summary>A list of initializers.</summary>
    Initializer,

    /// <summary>Words of an attribute.</summary>
    Attribute,

    /// <summary>The operands of asm.</summary>
    Asm,

    /// <summary>The name of an operand of asm.</summary>
    AsmName,
}
