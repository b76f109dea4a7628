using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.ObjectFormats;

namespace MiniosBuild.Fuzzing.Execution;

/// <summary>A piece of code that takes input from outside, and what it promises about it.</summary>
public abstract class FuzzTarget
{
    /// <summary>What the command line and reports call it.</summary>
    public abstract string Name { get; }

    /// <summary>The sound inputs to start from.</summary>
    public abstract IReadOnlyList<Seed> Seeds { get; }

    /// <summary>Words of the format when it is a text.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>The most that an execution may allocate for each byte of its input.</summary>
    public virtual int AllocationPerByte => 64;

    /// <summary>What it may allocate besides, in bytes.</summary>
    public virtual int AllocationBase => 256 * 1024;

    /// <summary>Takes one input: returns, or ends with a coded refusal; anything else is a failure.</summary>
    /// <exception cref="ObjectFormatException">The input is refused.</exception>
    /// <exception cref="DiagnosticException">The input is refused.</exception>
    /// <exception cref="BrokenPromiseException">The input was taken, and the result is wrong.</exception>
    public abstract void Execute(byte[] input);
}
