namespace MiniosBuild.Linking;

/// <summary>Where a name that crosses a border comes from.</summary>
public enum ContractNameKind
{
    /// <summary>A compiler refers to it by itself: memcpy and its kin, helpers of libgcc, the stack protector.</summary>
    Compiler,

    /// <summary>ISO C or POSIX gives it to a C library.</summary>
    C,

    /// <summary>Neither.</summary>
    Other,
}
