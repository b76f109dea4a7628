namespace MiniosBuild.Renaming;

/// <summary>The lists that a name is on.</summary>
[Flags]
internal enum WordTraits : ushort
{
    Compiler = 1,
    Linker = 2,
    Keep = 4,
    Hook = 8,
    C = 16,
    DeclaredFunction = 32,
    DeclaredVariable = 64,
    Needed = 128,
    Spelled = 256,
    Marked = 512,
    Listed = 1024,
}
