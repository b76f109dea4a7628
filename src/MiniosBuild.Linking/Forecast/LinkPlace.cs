namespace MiniosBuild.Linking;

/// <summary>One symbol of one object.</summary>
/// <param name="Object">The object.</param>
/// <param name="Symbol">Its index in the object's symbol table; of names that stand for an object, first those that it needs and then those that it gives; -1 when it is not known.</param>
public readonly record struct LinkPlace(LinkObject Object, int Symbol);
