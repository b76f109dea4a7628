namespace MiniosBuild.CSource;

/// <summary>What the parser goes back to at the end of brackets. Immutable, so that copies of a state share it.</summary>
/// <param name="state">The state outside.</param>
public sealed class CFrame(in CState state)
{
    public readonly CState State = state;
}
