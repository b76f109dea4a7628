using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Lists what public headers declare, from one run of the preprocessor over all of them.</summary>
[MSBuildMultiThreadableTask]
public sealed class ScanMiniosHeaders : MiniosTask
{
    [Required]
    public string Compiler { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    /// <summary>The public headers.</summary>
    public ITaskItem[] Headers { get; set; } = [];

    public string[] Options { get; set; } = [];

    public string[] Defines { get; set; } = [];

    public string[] IncludeFolders { get; set; } = [];

    /// <summary>The list to make.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    protected override void Run()
    {
        string declarations = PathOf(Declarations);
        string record = declarations + ".step";
        string[] headers = [.. PathsOf(Headers).Order(StringComparer.Ordinal)];
        string[] options = [.. Options, .. Defines.Select(d => "-D" + d), .. PathsOf(IncludeFolders).SelectMany(i => new[] { "-isystem", i })];
        string fingerprint = Fingerprint.Of([TaskIdentity.Of<ScanMiniosHeaders>(), Identity, Compiler, declarations, .. headers, .. options]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return;
        }

        Say($"public headers: {reason}");
        var started = DateTime.UtcNow;
        var (text, inputs) = new Preprocessor(NewToolRunner(), Compiler, ProjectFolder)
            .Run(headers, Path.ChangeExtension(declarations, ".headers.c"), options, Cancellation);
        var real = new RealPath();
        var isPublic = headers.Select(real.Of).ToHashSet(StringComparer.Ordinal);
        AtomicFile.Write(declarations, PublicDeclarations.Scan(text, file => isPublic.Contains(real.Of(file))).Save());
        StepRecord.Write(record, fingerprint, started, inputs, [declarations]);
    }
}
