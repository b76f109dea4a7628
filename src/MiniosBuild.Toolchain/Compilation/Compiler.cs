using System.Runtime.ExceptionServices;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>Compiles what is out of date: several units at a time, longest sources first, results in input order.</summary>
/// <param name="runner">Starts the compiler.</param>
/// <param name="program">Absolute path of the compiler driver.</param>
/// <param name="identity">What tells this compiler from another version of it; part of every fingerprint.</param>
/// <param name="workingDirectory">Absolute path of the folder the compiler runs in.</param>
public sealed class Compiler(ToolRunner runner, string program, string identity, string workingDirectory)
{
    /// <summary>Compiles all units that are not up to date. An error in one unit does not keep others from being compiled.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; no compiler is left running.</exception>
    public IReadOnlyList<CompileResult> Compile(
        IReadOnlyList<CompileUnit> units, int parallelism, Action<CompileUnit>? started = null, CancellationToken cancellation = default)
    {
        var stamps = new FileStampCache();
        var results = new CompileResult[units.Count];
        var pending = new List<(int Index, string Reason, long Length)>();
        for (int i = 0; i < units.Count; i++)
        {
            string? reason = StepRecord.WhyOutOfDate(units[i].Record, FingerprintOf(units[i]), stamps);
            results[i] = new CompileResult(units[i], null, null, true, reason is null ? StepRecord.Warnings(units[i].Record) : [], []);
            if (reason is not null)
            {
                pending.Add((i, reason, stamps[units[i].Source].Size));
            }
        }

        pending.Sort((a, b) => b.Length != a.Length ? b.Length.CompareTo(a.Length) : a.Index.CompareTo(b.Index));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parallelism), CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(pending, loadBalance: true), options, item =>
            {
                started?.Invoke(units[item.Index]);
                results[item.Index] = Compile(units[item.Index], item.Reason, stamps, cancellation);
            });
        }
        catch (AggregateException e)
        {
            // One tells enough; they have one cause (a compiler that cannot be started, a folder that cannot be written).
            var causes = e.Flatten().InnerExceptions;
            ExceptionDispatchInfo.Throw(causes.FirstOrDefault(x => x is DiagnosticException or OperationCanceledException) ?? causes[0]);
        }

        return results;
    }

    private CompileResult Compile(CompileUnit unit, string reason, FileStampCache stamps, CancellationToken cancellation)
    {
        if (!File.Exists(unit.Source))
        {
            return new(unit, reason, null, false, [Diagnostic.Error(
                ToolchainCodes.SourceNotFound, "the source file does not exist; remove it from the project or restore it", unit.Source)], []);
        }

        using AtomicFile made = new(unit.Object), depfile = new(unit.Object + ".d");
        var started = DateTime.UtcNow;
        var (command, result, diagnostics) = Run(unit.Arguments);
        if (unit.FloatingPointArguments is { } others && (diagnostics.Any(FloatingPoint.IsRefusal) || (result.ExitCode == 0 && FloatingPoint.IsEmulatedIn(made.Draft))))
        {
            File.Delete(made.Draft);
            (command, result, diagnostics) = Run(others);
        }

        if (result.ExitCode != 0 || !File.Exists(made.Draft))
        {
            return new(unit, reason, command.ToString(), false, CompilerOutput.WithCause(diagnostics, result, unit.Source), []);
        }

        made.Publish();
        List<string> inputs = [.. Depfile.Prerequisites(File.ReadAllText(depfile.Draft)).Select(p => RealPath.Absolute(p, workingDirectory))];
        StepRecord.Write(unit.Record, FingerprintOf(unit), started, inputs, [unit.Object], diagnostics, stamps);
        return new(unit, reason, command.ToString(), true, diagnostics, inputs);

        (ToolCommand Command, ToolResult Result, IReadOnlyList<Diagnostic> Diagnostics) Run(IReadOnlyList<string> arguments)
        {
            var compile = new ToolCommand(program, Arguments(arguments, unit.Source, made.Draft, depfile.Draft), workingDirectory);
            var ended = runner.Run(compile, cancellation).WithFile(made.Draft, unit.Object);
            return (compile, ended, CompilerOutput.Parse(ended.Errors, workingDirectory, unit.Source));
        }
    }

    // -MD, not -MMD: the tree's headers are in system include folders, which -MMD leaves out.
    private static List<string> Arguments(IReadOnlyList<string> options, string source, string output, string depfile) =>
        [.. options, "-MD", "-MF", depfile, "-MT", "object", "-c", source, "-o", output];

    private string FingerprintOf(CompileUnit unit) =>
        Fingerprint.Of([identity, program, workingDirectory, unit.Source, .. unit.Arguments, .. unit.FloatingPointArguments ?? []]);
}

/// <summary>What happened to one unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Reason">Why it was compiled; null when it was up to date and nothing was started.</param>
/// <param name="CommandLine">The command for the log; null when nothing was started.</param>
/// <param name="Succeeded">False when there is no current object.</param>
/// <param name="Diagnostics">What the compiler said, parsed.</param>
/// <param name="Inputs">Absolute paths of all files that were read; empty when nothing was started, or it failed.</param>
public sealed record CompileResult(
    CompileUnit Unit, string? Reason, string? CommandLine, bool Succeeded, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> Inputs);

/// <summary>One source to compile into one object. All paths are absolute.</summary>
/// <param name="Source">The .c or .S file.</param>
/// <param name="Object">Where the object goes; its record lies beside it.</param>
/// <param name="Arguments">Everything but the source, <c>-c</c>, <c>-o</c> and the depfile options.</param>
public sealed record CompileUnit(string Source, string Object, IReadOnlyList<string> Arguments)
{
    /// <summary>Arguments for a source that turns out to have floating point in it; null where that is an error.</summary>
    public IReadOnlyList<string>? FloatingPointArguments { get; init; }

    public string Record => Object + ".step";
}
