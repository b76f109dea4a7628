namespace MiniosBuild.Linking;

/// <summary>Two definitions of a name that meet in a link.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">How the linker settles it.</param>
/// <param name="Winner">The definition that holds in the end.</param>
/// <param name="Loser">The other one; of <see cref="CollisionKind.NotTaken"/>, its member is not part of the link and its symbol -1.</param>
/// <param name="WinnerSize">st_size in bytes; 0 when it is not known.</param>
/// <param name="LoserSize">st_size in bytes; 0 when it is not known.</param>
public sealed record LinkCollision(string Name, CollisionKind Kind, LinkPlace Winner, LinkPlace Loser, ulong WinnerSize = 0, ulong LoserSize = 0);
