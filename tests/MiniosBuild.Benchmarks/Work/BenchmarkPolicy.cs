namespace MiniosBuild.Benchmarks.Work;

/// <summary>
/// A policy of two lines. As the private libc of a set every name of an archive that compilers do not make goes under the internal
/// prefix, so that nearly all symbols are renamed.
/// </summary>
internal static class BenchmarkPolicy
{
    public const string Text = """{ "name": "benchmark", "publicPrefix": "bench_", "internalPrefix": "_bench_" }""";

    public const string Library = NamespacePolicy.LibcLibrary;

    public const LibcMode Libc = LibcMode.Private;

    public static NamespacePolicy Value { get; } = NamespacePolicy.Parse(System.Text.Encoding.UTF8.GetBytes(Text), "benchmark.json");
}
