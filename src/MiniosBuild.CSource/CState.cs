namespace MiniosBuild.CSource;

/// <summary>Where the parser is: cheap to copy, so that each branch of a conditional begins with the same.</summary>
public struct CState
{
    public CPlace Place;
    public CPhase Phase;
    public CTagState Tag;
    public CDerivation Derivation;

    /// <summary>The place that the declarator at hand belongs to; differs from the place in <see cref="CPlace.Nested"/>.</summary>
    public CPlace Owner;

    /// <summary>The character that ends the place; <c>\0</c> where only the text's end does.</summary>
    public char Close;

    public CFlags Flags;

    /// <summary>The scope at hand (<see cref="CScopes"/>).</summary>
    public int Scope;

    /// <summary>The scope outside of the statement at hand when a for opened another; else 0.</summary>
    public int Outer;

    /// <summary>The scope of the declared function's parameters; else 0.</summary>
    public int Parameters;

    /// <summary>The declaration at hand in the list of them; -1 when it is in none.</summary>
    public int Declaration;

    /// <summary>The declaration of the tag at hand; -1 when it is in no list.</summary>
    public int TagDeclaration;

    /// <summary>Arguments, colons or question marks so far, as the place needs.</summary>
    public int Count;

    /// <summary>The macro whose arguments these are, in the list of macros; else -1.</summary>
    public int Macro;

    /// <summary>What becomes of the argument that this is a part of, in brackets of its own.</summary>
    public CParameterUse Around;

    /// <summary>Open places that end with a brace; those that end with a parenthesis since then.</summary>
    public int Braces;
    public int Parentheses;

    public CFrame? Parent;
}
