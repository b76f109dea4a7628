using Microsoft.Build.Logging.StructuredLogger;

namespace MiniosBuild.TestUtilities.Builds;

/// <summary>A finished <c>dotnet build</c>: its exit code, its text, and its binary log to ask by code and target.</summary>
public sealed class BuildOutcome(int exitCode, string output, string binaryLog)
{
    private readonly Lazy<Build> _log = new(() => BinaryLog.ReadBuild(binaryLog));

    public int ExitCode { get; } = exitCode;

    public string Output { get; } = output;

    public bool Succeeded => ExitCode == 0;

    public IReadOnlyList<Error> Errors => [.. _log.Value.FindChildrenRecursive<Error>()];

    public IReadOnlyList<Warning> Warnings => [.. _log.Value.FindChildrenRecursive<Warning>()];

    public IReadOnlyList<string> ErrorCodes => [.. Errors.Select(e => e.Code).Distinct()];

    /// <summary>Every message of the log, the quiet ones included.</summary>
    public IReadOnlyList<string> Messages => [.. _log.Value.FindChildrenRecursive<Message>().Select(m => m.Text)];

    /// <summary>The one error with a code; fails with the whole output if there is not exactly one.</summary>
    public Error SingleError(string code)
    {
        var found = Errors.Where(e => e.Code == code).ToList();
        return found.Count == 1 ? found[0] : throw new InvalidOperationException($"expected one {code}, found {found.Count}:\n{Output}");
    }

    /// <summary>Fails with the build's own text unless it succeeded.</summary>
    public BuildOutcome MustSucceed() => Succeeded ? this : throw new InvalidOperationException("the build failed:\n" + Output);

    /// <summary>Fails with the build's own text if it succeeded.</summary>
    public BuildOutcome MustFail() => !Succeeded ? this : throw new InvalidOperationException("the build succeeded:\n" + Output);
}
