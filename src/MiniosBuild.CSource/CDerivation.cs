namespace MiniosBuild.CSource;

/// <summary>What binds closest to a declarator's name.</summary>
public enum CDerivation : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Parameters.</summary>
    Function,

    /// <summary>A pointer or array.</summary>
    Object,
}
