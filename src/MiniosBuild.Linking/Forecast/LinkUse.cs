namespace MiniosBuild.Linking;

/// <summary>A reference to a name.</summary>
/// <param name="Place">Who refers to it.</param>
/// <param name="IsWeak">Whether the user can do without: the reference is 0 then.</param>
public readonly record struct LinkUse(LinkPlace Place, bool IsWeak);
