namespace MiniosBuild.Validation;

/// <summary>What the policy says of a name by itself, whoever defines it.</summary>
[Flags]
internal enum NameTraits : ushort
{
    None = 0,

    /// <summary>The other bits are valid.</summary>
    Known = 1,

    Hook = 2,
    Kept = 4,

    /// <summary>Begins with the public or the internal prefix, or is what a rename rule gives.</summary>
    InNamespace = 8,

    /// <summary>An external name of ISO C or POSIX.</summary>
    C = 16,

    /// <summary>Made by a compiler or a linker.</summary>
    Tools = 32,

    /// <summary>Carries a symbol version.</summary>
    Versioned = 64,

    /// <summary>Spelled by the assembly or an asm label of a finished header.</summary>
    Spelled = 128,

    /// <summary>Left to a program that is linked with the set, which defines it.</summary>
    Given = 256,
}
