namespace MiniosBuild.Namespaces;

/// <summary>What a linker knows of a name.</summary>
internal enum LinkNameState : byte
{
    New,
    WeaklyNeeded,
    Needed,
    Common,
    WeaklyDefined,
    Defined,

    /// <summary>By the linker script or an option so far, and by no object yet.</summary>
    Assigned,
}
