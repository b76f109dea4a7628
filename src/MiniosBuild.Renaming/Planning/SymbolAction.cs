namespace MiniosBuild.Renaming;

/// <summary>What happens to a global definition.</summary>
public enum SymbolAction : byte
{
    /// <summary>It stays global under its name.</summary>
    Keep,

    /// <summary>It stays global under a new name, and every reference follows.</summary>
    Rename,

    /// <summary>It is seen only in its own object from then on.</summary>
    Localize,
}
