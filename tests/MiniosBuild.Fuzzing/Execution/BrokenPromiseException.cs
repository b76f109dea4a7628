namespace MiniosBuild.Fuzzing.Execution;

/// <summary>An input was taken, and what came of it is not what the code under test promises.</summary>
public sealed class BrokenPromiseException(string message) : Exception(message)
{
    /// <summary>Fails the execution unless the promise is kept.</summary>
    public static void Require(bool kept, string promise)
    {
        if (!kept)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
