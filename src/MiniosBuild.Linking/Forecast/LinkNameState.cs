namespace MiniosBuild.Linking;

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

    /// <summary>By an object, and then by the linker script over it: the linker refuses every definition that follows.</summary>
    Overridden,
}
