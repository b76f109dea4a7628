using MiniosBuild.ObjectFormats.Ar;

namespace MiniosBuild.Benchmarks.Inputs;

/// <summary>Archives that are measured together, each worked on by itself as the tools do.</summary>
internal sealed class BenchmarkInput
{
    public BenchmarkInput(string name, IReadOnlyList<string> archives)
    {
        Name = name;
        Archives = archives;
        foreach (string path in archives)
        {
            long size = new FileInfo(path).Length;
            Bytes += size;
            LargestArchive = Math.Max(LargestArchive, size);
            Members += ArArchive.Parse(File.ReadAllBytes(path)).Members.Count;
        }
    }

    public string Name { get; }

    public IReadOnlyList<string> Archives { get; }

    public long Bytes { get; }

    public long LargestArchive { get; }

    public int Members { get; }

    /// <summary>Whether starting a process is a noticeable part of the time.</summary>
    public bool IsSmall => Bytes < 16_000_000;

    public double Megabytes => Bytes / 1e6;

    public override string ToString() => Name;
}
