namespace MiniosBuild.Toolchain.Passes;

/// <summary>Whose objcopy it is: they take the same options and differ in what they get wrong.</summary>
public enum ObjcopyKind
{
    /// <summary>objcopy of GNU binutils.</summary>
    Gnu,

    /// <summary>llvm-objcopy.</summary>
    Llvm,
}
