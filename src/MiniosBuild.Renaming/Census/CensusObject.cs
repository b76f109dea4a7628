namespace MiniosBuild.Renaming;

/// <summary>One object, and which definitions and references of the census are its own: those before its ends and not before the previous object's.</summary>
/// <param name="Library">The same string instance for all objects of a library.</param>
/// <param name="Path">What diagnostics call it: <c>file</c> or <c>archive(member)</c>.</param>
/// <param name="IsMember">Whether it is a member of an archive, which a link may leave out.</param>
/// <param name="Note">The text that an earlier pass left in it; null when there was none.</param>
/// <param name="DefinitionEnd">The number of the first definition that is no longer its own.</param>
/// <param name="ReferenceEnd">The same for references.</param>
internal readonly record struct CensusObject(string Library, string Path, bool IsMember, string? Note, int DefinitionEnd, int ReferenceEnd);

/// <summary>One export mark: the number of its name among those of marks, and of its object.</summary>
internal readonly record struct CensusMark(int Name, int Object);
