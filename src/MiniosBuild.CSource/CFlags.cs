namespace MiniosBuild.CSource;

/// <summary>What is known about the declaration or statement at hand.</summary>
[Flags]
public enum CFlags
{
    None = 0,
    Typedef = 1 << 0,
    Static = 1 << 1,
    Extern = 1 << 2,

    /// <summary>A type has been named, or what may be one.</summary>
    TypeSeen = 1 << 3,

    /// <summary>The declarator has a pointer before its name.</summary>
    Pointer = 1 << 4,

    /// <summary>It began with a name and a parenthesis: a call, or a macro with arguments.</summary>
    Call = 1 << 5,

    /// <summary>The type is that of a function.</summary>
    FunctionType = 1 << 6,

    /// <summary>The colon to come ends a case.</summary>
    Case = 1 << 7,

    /// <summary>A do waits for its while.</summary>
    Do = 1 << 8,

    /// <summary>What the parentheses hold is the head of a statement.</summary>
    Head = 1 << 9,

    /// <summary>An enum's tag or body.</summary>
    Enum = 1 << 10,

    /// <summary>Declarations of parameters before the body of a function.</summary>
    OldStyle = 1 << 11,

    /// <summary>An operand that gives a type.</summary>
    TypeOperand = 1 << 12,

    /// <summary>Within a function.</summary>
    InBlock = 1 << 13,

    /// <summary>Storage that needs no type: static, extern, register.</summary>
    Storage = 1 << 14,

    /// <summary>A macro after the declarator.</summary>
    Suffix = 1 << 15,

    /// <summary>The body of a function.</summary>
    Body = 1 << 16,

    /// <summary>An asm label.</summary>
    Label = 1 << 17,

    /// <summary>What stays from one declaration to the next.</summary>
    Lasting = Do | OldStyle | InBlock | Body,
}
