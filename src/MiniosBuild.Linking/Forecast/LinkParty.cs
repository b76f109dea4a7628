namespace MiniosBuild.Linking;

/// <summary>Who brings a file to the link of a guest.</summary>
public enum LinkParty
{
    /// <summary>The archives and the entry object of the Mini-OS tree, a libc of its own left out.</summary>
    Framework,

    /// <summary>The C library, and the glue between it and the framework.</summary>
    Libc,

    /// <summary>What belongs to the compiler: libgcc, compiler-rt.</summary>
    Compiler,

    /// <summary>The guest's own objects and libraries.</summary>
    Guest,
}
