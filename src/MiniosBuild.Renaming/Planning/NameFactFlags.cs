namespace MiniosBuild.Renaming.Planning;

/// <summary>What else <see cref="NameFacts"/> knows.</summary>
[Flags]
internal enum NameFactFlags : byte
{
    /// <summary>An object refers to it without defining it.</summary>
    Referred = 1,

    /// <summary>One of the references is not weak.</summary>
    ReferredStrongly = 2,

    /// <summary>It has a definition that tolerates no other.</summary>
    Strong = 4,

    /// <summary>It has two of them.</summary>
    StrongTwice = 8,

    /// <summary>An object that did not go through this pass before defines it.</summary>
    DefinedUnpassed = 16,

    /// <summary>It has a weak definition.</summary>
    Weak = 32,
}
