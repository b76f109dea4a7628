namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Where an entry is: its unit's number and its position in the unit's section.</summary>
internal readonly record struct EntryReference(int Unit, int Position);
