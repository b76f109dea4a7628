namespace MiniosBuild.Renaming;

/// <summary>What a set has for a name that a program needs.</summary>
public enum ConsumerNameState
{
    /// <summary>A public symbol.</summary>
    Public,

    /// <summary>A symbol that is global only because the libraries of the set need it from one another; it may go at any time.</summary>
    Internal,

    /// <summary>A symbol that is, or would be, local to its object: the link fails, or a weak reference is 0.</summary>
    Hidden,

    /// <summary>Nothing; compilers, their libraries or linkers give the name.</summary>
    Tools,

    /// <summary>Nothing; a C library gives the name.</summary>
    Libc,

    /// <summary>Nothing, and nothing else is known to give it.</summary>
    Missing,
}
