namespace MiniosBuild.CSource;

/// <summary>One #define.</summary>
public sealed class CMacro
{
    /// <summary>The token of the name.</summary>
    public required int Token { get; init; }

    /// <summary>Whether it takes arguments.</summary>
    public bool IsFunction { get; set; }

    /// <summary>Words of its parameters, in order; that of <c>...</c> is __VA_ARGS__, or -1 where the text has no such word.</summary>
    public List<int> Parameters { get; } = [];

    /// <summary>Whether the last parameter has a name and takes all arguments that are left: <c>args...</c> of GNU C.</summary>
    public bool HasNamedRest { get; set; }

    /// <summary>What becomes of each parameter in the body.</summary>
    public CParameterUse[] Uses { get; set; } = [];

    /// <summary>The tokens of the body, with white space.</summary>
    public int BodyStart { get; set; }
    public int BodyEnd { get; set; }
}

/// <summary>What a macro makes of an argument.</summary>
[Flags]
public enum CParameterUse : byte
{
    None = 0,

    /// <summary>Tokens as others.</summary>
    Plain = 1,

    /// <summary>The name of a member.</summary>
    Member = 2,

    /// <summary>An operand of ##.</summary>
    Pasted = 4,

    /// <summary>Text.</summary>
    Stringized = 8,

    /// <summary>Handed on to a macro that pastes it: what is a macro itself is expanded before (C11, 6.10.3.1).</summary>
    LaterPasted = 16,

    /// <summary>Handed on to a macro that makes text of it: what is a macro itself is expanded before.</summary>
    LaterStringized = 32,
}
