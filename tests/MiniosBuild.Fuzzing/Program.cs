using MiniosBuild.Fuzzing;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.RoundTrip;
using MiniosBuild.Fuzzing.Targets;

if (args is [RoundTripCommand.Name, ..])
{
    return RoundTripCommand.Run(args.AsSpan(1), Console.Out);
}

if (args is ["--help"])
{
    Console.WriteLine($"{FuzzOptions.Usage}\ntargets: {string.Join(' ', AllTargets.Names)}");
    return 0;
}

FuzzOptions options;
FuzzTarget[] targets;
try
{
    options = FuzzOptions.Parse(args);
    targets =
    [
        .. (options.Targets.Count == 0 ? AllTargets.Names : options.Targets).Select(name =>
            AllTargets.Find(name) ?? throw new FormatException($"there is no target {name}; there are {string.Join(", ", AllTargets.Names)}")),
    ];
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n{FuzzOptions.Usage}");
    return 2;
}

return new FuzzRun(options, Console.Out).Run(targets);
