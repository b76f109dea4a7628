using MiniosBuild.Benchmarks;
using MiniosBuild.Benchmarks.Work;

if (args is [ChildProcess.Argument, ..])
{
    ChildProcess.Run(args.AsSpan(1), Console.Out);
    return 0;
}

if (args is ["--help"])
{
    Console.WriteLine(BenchmarkOptions.Usage);
    return 0;
}

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n{BenchmarkOptions.Usage}");
    return 2;
}

string folder = options.Folder ?? Directory.CreateTempSubdirectory("minios-benchmarks-").FullName;
Directory.CreateDirectory(folder);
try
{
    Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, medians of {options.Repetitions}, files in {folder}");
    new BenchmarkRun(options, folder, Console.Out).Run();
    return 0;
}
finally
{
    if (options.Folder is null)
    {
        Directory.Delete(folder, recursive: true);
    }
}
