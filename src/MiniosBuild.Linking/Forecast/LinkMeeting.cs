namespace MiniosBuild.Linking;

/// <summary>A definition that did not stay or come alone: noted when it happens, told when it is known who won in the end.</summary>
/// <param name="Name">The name's number.</param>
/// <param name="Kind">How the linker settles it.</param>
/// <param name="Object">The loser's object, by number.</param>
/// <param name="Symbol">The loser's symbol.</param>
/// <param name="Size">The loser's size.</param>
internal readonly record struct LinkMeeting(int Name, CollisionKind Kind, int Object, int Symbol, ulong Size);
