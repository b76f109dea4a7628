namespace MiniosBuild.Renaming;

/// <summary>What becomes of one name that a program needs.</summary>
/// <param name="Need">The name and its users.</param>
/// <param name="State">What the set has for it.</param>
/// <param name="Form">Whether the program says the name before the pass, or the one after it.</param>
/// <param name="Target">The name in the finished archives; the needed one where the set does not have it.</param>
/// <param name="Library">The library of the set that defines it; null where the set does not.</param>
/// <param name="Provider">The object, or archive(member), that it comes from; null where the set does not have it.</param>
/// <param name="LooksLikeOurs">Whether the name is spelled as one of the set's, so that a program that misses it was meant for the set.</param>
public sealed record ConsumedName(
    ConsumerNeed Need, ConsumerNameState State, ConsumerNameForm Form, string Target, string? Library, string? Provider, bool LooksLikeOurs)
{
    /// <summary>Whether the set defines it for others: publicly, or as one of its internal names.</summary>
    public bool IsGiven => State is ConsumerNameState.Public or ConsumerNameState.Internal;
}
