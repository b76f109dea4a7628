namespace MiniosBuild.CSource;

/// <summary>How far a declaration or statement has come.</summary>
public enum CPhase : byte
{
    /// <summary>Nothing of it yet.</summary>
    Start,

    /// <summary>In the words before the declarators.</summary>
    Specifiers,

    /// <summary>Before a declarator's name.</summary>
    Declarator,

    /// <summary>After a declarator's name.</summary>
    Declared,

    /// <summary>In an initializer or the width of a bit-field.</summary>
    Value,

    /// <summary>It is no declaration.</summary>
    Statement,
}
