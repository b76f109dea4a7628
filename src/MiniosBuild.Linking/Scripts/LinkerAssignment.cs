namespace MiniosBuild.Linking;

/// <summary>A symbol that a linker script or an option defines.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="IsProvided">PROVIDE, PROVIDE_HIDDEN: it is defined only where it is needed and no object defines it; else it is defined in any case, over what objects define.</param>
/// <param name="References">The symbols that its expression refers to, each once.</param>
/// <param name="Line">1-based line of the script; 0 for an option.</param>
public sealed record LinkerAssignment(string Name, bool IsProvided, IReadOnlyList<string> References, int Line);
