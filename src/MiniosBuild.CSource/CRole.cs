namespace MiniosBuild.CSource;

/// <summary>What a word of a C text stands for where it is.</summary>
public enum CRole : byte
{
    /// <summary>A keyword, or no word.</summary>
    None,

    /// <summary>A use of whatever has the name at file scope, or of a macro.</summary>
    Ordinary,

    /// <summary>The declarator of a function, variable or typedef at file scope, or of one with linkage anywhere.</summary>
    Declared,

    /// <summary>An enumerator's declaration at file scope.</summary>
    Enumerator,

    /// <summary>The tag of a struct, union or enum at file scope.</summary>
    Tag,

    /// <summary>A member's declaration, access or designator.</summary>
    Member,

    /// <summary>A label.</summary>
    Label,

    /// <summary>A parameter, declared or used.</summary>
    Parameter,

    /// <summary>What a block declares, tags among it, declared or used.</summary>
    Local,

    /// <summary>A word of an attribute.</summary>
    Attribute,

    /// <summary>The name of an operand of asm.</summary>
    AsmOperand,

    /// <summary>A macro's name in a directive: #define, #undef, conditions.</summary>
    MacroName,

    /// <summary>A macro's parameter, in the list or in the body.</summary>
    MacroParameter,

    /// <summary>A directive's name, a word of a #pragma or #error.</summary>
    Directive,

    /// <summary>An operand of ##, or an argument that becomes nothing else.</summary>
    Pasted,

    /// <summary>An ordinary use in an argument that is an operand of ## too.</summary>
    AlsoPasted,

    /// <summary>An argument of which only the text is used.</summary>
    Stringized,

    /// <summary>An ordinary use in an argument of which the text is used too.</summary>
    AlsoStringized,

    /// <summary>An argument that becomes an operand of ##, after it has been expanded.</summary>
    LaterPasted,

    /// <summary>An argument that becomes text, after it has been expanded.</summary>
    LaterStringized,

    /// <summary>An ordinary use where the new name would mean something that the block or the parameters declare.</summary>
    Captured,

    /// <summary>A string of assembly.</summary>
    AsmText,

    /// <summary>A string that is a name: the label of a declaration, the target of an alias.</summary>
    NameText,

    /// <summary>A string that names a macro, by itself or within the text of _Pragma: what push_macro and pop_macro take.</summary>
    MacroText,
}
