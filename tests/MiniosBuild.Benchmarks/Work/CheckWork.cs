using MiniosBuild.ObjectFormats;

namespace MiniosBuild.Benchmarks.Work;

/// <summary>Our check of finished archives, each as a set of its own.</summary>
internal static class CheckWork
{
    /// <returns>How many findings there are.</returns>
    public static int Run(string archive)
    {
        using MappedFile file = MappedFile.Open(archive);
        return new NamespaceValidator(BenchmarkPolicy.Value, BenchmarkPolicy.Libc)
            .ValidateSet([new ValidatedFile(BenchmarkPolicy.Library, archive, file.Memory)]).Count;
    }
}
