using MiniosBuild.Benchmarks.Inputs;
using MiniosBuild.Benchmarks.Measuring;
using MiniosBuild.Benchmarks.Reports;
using MiniosBuild.Benchmarks.Work;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Benchmarks;

/// <summary>All measurements, input by input.</summary>
internal sealed class BenchmarkRun(BenchmarkOptions options, string folder, TextWriter output)
{
    private const string Ours = "ours";
    private const string OneCore = "one core";
    private const string LlvmObjcopy = "llvm-objcopy";
    private const string GnuObjcopy = "objcopy";
    private const string Copy = "cp";
    private const string LlvmNm = "llvm-nm";
    private const string GnuNm = "nm";

    private readonly MarkdownTable _rename = new(
        "Plan, rename and proof (ms)", "input", "MB", "members", "symbols", Ours, OneCore, LlvmObjcopy, GnuObjcopy, Copy, "ours / llvm-objcopy", "ours / objcopy", "ours / cp");

    private readonly MarkdownTable _check = new("Check (ms)", "input", Ours, LlvmNm, GnuNm, "ours / llvm-nm", "ours / nm");
    private readonly MarkdownTable _steps = new("Where the time of the rename goes (ms)", "input", "census", "plan", "map", "pass and proof");
    private readonly MarkdownTable _memory = new(
        "Peak memory of a process, mapped files included (MB)", "input", "largest archive", "rename", "rename less archive", "check", "check less archive", "doing nothing");

    private readonly MarkdownTable _growth = new("Linearity", "input", "symbols", "rename, ns per symbol", "check, ns per symbol");
    private readonly MarkdownTable _cold = new("Cold commands (ms)", "input", "minios apply", LlvmObjcopy, "minios check", LlvmNm);
    private readonly string _output = Path.Combine(folder, "output.a");
    private readonly string _toolOutput = Path.Combine(folder, "tool.a");

    public void Run()
    {
        foreach (BenchmarkInput input in new InputList(options, folder, output).All())
        {
            output.WriteLine($"measuring {input} ({input.Archives.Count} archives, {input.Megabytes:f0} MB)");
            string[] maps = [.. input.Archives.Select(WriteMap)];
            (Median rename, long symbols) = Rename(input, maps);
            Median check = Check(input);
            Memory(input);
            Cold(input, maps);
            if (symbols >= 50_000)
            {
                _growth.Add(input.Name, symbols, rename.Milliseconds * 1e6 / symbols, check.Milliseconds * 1e6 / symbols);
            }
        }

        foreach (MarkdownTable table in (MarkdownTable[])[_rename, _check, _steps, _cold, _memory, _growth])
        {
            table.WriteTo(output);
        }
    }

    private (Median Time, long Symbols) Rename(BenchmarkInput input, string[] maps)
    {
        RenameWork counted = new(_output, Environment.ProcessorCount);
        Each(input, (archive, _) => counted.Run(archive)); // Once for the counts, and to compile the code.
        RenameWork ours = new(_output, Environment.ProcessorCount);
        RenameWork oneCore = new(_output, cores: 1);
        Dictionary<string, Median> times = new Contest()
            .Add(Ours, () => Each(input, (archive, _) => ours.Run(archive)), ours.Steps.Clear)
            .Add(OneCore, () => Each(input, (archive, _) => oneCore.Run(archive)))
            .Add(LlvmObjcopy, () => Each(input, (archive, index) => Tool.Run(LlvmTool.Find(LlvmObjcopy), "--redefine-syms=" + maps[index], archive, _toolOutput)))
            .Add(GnuObjcopy, () => Each(input, (archive, index) => Tool.Run(GnuObjcopy, "-D", "--redefine-syms=" + maps[index], archive, _toolOutput)))
            .Add(Copy, () => Each(input, (archive, _) => Tool.Run(Copy, "--reflink=never", archive, _toolOutput)))
            .Run(options.Repetitions);

        double mine = times[Ours].Milliseconds;
        _rename.Add(
            input.Name, input.Megabytes, input.Members, counted.Symbols, mine, times[OneCore].Milliseconds, times[LlvmObjcopy].Milliseconds,
            times[GnuObjcopy].Milliseconds, times[Copy].Milliseconds, mine / times[LlvmObjcopy].Milliseconds, mine / times[GnuObjcopy].Milliseconds,
            mine / times[Copy].Milliseconds);
        int runs = options.Repetitions;
        _steps.Add(input.Name, ours.Steps["census"] / runs, ours.Steps["plan"] / runs, ours.Steps["map"] / runs, ours.Steps["pass and proof"] / runs);
        return (times[Ours], counted.Symbols);
    }

    private Median Check(BenchmarkInput input)
    {
        Dictionary<string, Median> times = new Contest()
            .Add(Ours, () => Each(input, (archive, _) => CheckWork.Run(archive)))
            .Add(LlvmNm, () => Tool.Run(LlvmTool.Find(LlvmNm), input.Archives))
            .Add(GnuNm, () => Tool.Run(GnuNm, input.Archives))
            .Run(options.Repetitions);

        double mine = times[Ours].Milliseconds;
        _check.Add(
            input.Name, mine, times[LlvmNm].Milliseconds, times[GnuNm].Milliseconds, mine / times[LlvmNm].Milliseconds, mine / times[GnuNm].Milliseconds);
        return times[Ours];
    }

    private void Memory(BenchmarkInput input)
    {
        double rename = ChildProcess.Peak("rename", _output, input) / 1e6;
        double check = ChildProcess.Peak("check", _output, input) / 1e6;
        double nothing = ChildProcess.Peak("nothing", _output, input) / 1e6;
        double largest = input.LargestArchive / 1e6;
        _memory.Add(input.Name, largest, rename, rename - largest, check, check - largest, nothing);
    }

    private void Cold(BenchmarkInput input, string[] maps)
    {
        if (!input.IsSmall || ColdCommand.Find(options.Minios, folder) is not { } command)
        {
            return;
        }

        try
        {
            Dictionary<string, Median> times = new Contest()
                .Add("apply", () => Each(input, (archive, index) => command.Apply(archive, maps[index], _output)))
                .Add(LlvmObjcopy, () => Each(input, (archive, index) => Tool.Run(LlvmTool.Find(LlvmObjcopy), "--redefine-syms=" + maps[index], archive, _toolOutput)))
                .Add("check", () => Each(input, (archive, _) => command.Check(archive)))
                .Add(LlvmNm, () => Tool.Run(LlvmTool.Find(LlvmNm), input.Archives))
                .Run(options.Repetitions);
            _cold.Add(input.Name, times["apply"].Milliseconds, times[LlvmObjcopy].Milliseconds, times["check"].Milliseconds, times[LlvmNm].Milliseconds);
        }
        catch (InvalidOperationException e)
        {
            output.WriteLine($"left out: cold commands on {input}: {e.Message}");
        }
    }

    private string WriteMap(string archive, int index)
    {
        string path = Path.Combine(folder, $"{index}.map");
        File.WriteAllText(path, RenameWork.MapText(archive));
        return path;
    }

    private static void Each(BenchmarkInput input, Action<string, int> work)
    {
        for (int index = 0; index < input.Archives.Count; index++)
        {
            work(input.Archives[index], index);
        }
    }
}
