using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Linking;

namespace MiniosBuild.Tasks;

/// <summary>Makes the linker script of a tree.</summary>
[MSBuildMultiThreadableTask]
public sealed class MakeMiniosLinkerScript : MiniosTask
{
    [Required]
    public string Compiler { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    /// <summary>The tree's .lds.S or .lds; exactly one.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The folder where it was looked for, for the message.</summary>
    [Required]
    public string SearchedFolder { get; set; } = "";

    [Required]
    public string Script { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    public string[] Defines { get; set; } = [];

    public string[] IncludeFolders { get; set; } = [];

    protected override void Run()
    {
        if (Sources.Length != 1)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NoLinkerScript,
                $"exactly one linker script is needed, but {Sources.Length} were found in {SearchedFolder}{(Sources.Length == 0 ? "" : ": " + string.Join(", ", Sources.Select(s => s.ItemSpec)))}. Name one with the property MiniosLinkerScript",
                SearchedFolder));
        }

        string[] options = ["-D__ASSEMBLY__", .. Defines.Select(d => "-D" + d), "-nostdinc", .. PathsOf(IncludeFolders).SelectMany(i => new[] { "-isystem", i })];
        string source = PathOf(Sources[0]);
        if (!File.Exists(source))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NoLinkerScript, $"the linker script {source} does not exist; correct the property MiniosLinkerScript, or leave it out to use the tree's", source));
        }

        string? reason = new LinkerScript(NewToolRunner(), Compiler, Identity, ProjectFolder).Make(source, PathOf(Script), PathOf(Record), options, Cancellation);
        if (reason is not null)
        {
            Say($"{Path.GetFileName(source)}: {reason}");
        }
    }
}
