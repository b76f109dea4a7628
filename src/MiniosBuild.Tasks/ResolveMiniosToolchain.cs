using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Tasks;

/// <summary>Finds and checks gcc, ld and ar for an architecture, and objcopy if the symbol pass needs one.</summary>
[MSBuildMultiThreadableTask]
public sealed class ResolveMiniosToolchain : MiniosTask
{
    /// <summary>The architecture's name, for example x86_64.</summary>
    [Required]
    public string Arch { get; set; } = "";

    /// <summary>The file that keeps the tools' answers from build to build.</summary>
    [Required]
    public string CacheFile { get; set; } = "";

    public string? Compiler { get; set; }

    public string? Linker { get; set; }

    public string? Archiver { get; set; }

    public string? Objcopy { get; set; }

    /// <summary>What rewrites symbols, see <see cref="SymbolRewriters"/>: <c>managed</c> needs no tool.</summary>
    public string SymbolRewriter { get; set; } = "managed";

    /// <summary>A prefix of the tools' names, for example x86_64-linux-gnu-.</summary>
    public string? ToolPrefix { get; set; }

    /// <summary>The folder that the tools are in; PATH when empty.</summary>
    public string? ToolFolder { get; set; }

    /// <summary>The run-time library to use instead of the compiler's own: a path, or <c>none</c>.</summary>
    public string? CompilerRuntime { get; set; }

    [Output]
    public string CompilerPath { get; set; } = "";

    [Output]
    public string LinkerPath { get; set; } = "";

    [Output]
    public string ArchiverPath { get; set; } = "";

    /// <summary>Empty when the symbol pass needs none.</summary>
    [Output]
    public string ObjcopyPath { get; set; } = "";

    [Output]
    public string CompilerIncludeFolder { get; set; } = "";

    /// <summary>The library of what the compiler calls by itself; empty for none.</summary>
    [Output]
    public string CompilerRuntimePath { get; set; } = "";

    [Output]
    public string LinkerEmulation { get; set; } = "";

    /// <summary>Options for every compilation with this compiler.</summary>
    [Output]
    public string[] CompilerOptions { get; set; } = [];

    /// <summary>What tells this toolchain from another one.</summary>
    [Output]
    public string Identity { get; set; } = "";

    /// <summary>What tells this objcopy from another one.</summary>
    [Output]
    public string ObjcopyIdentity { get; set; } = "";

    protected override void Run()
    {
        var architecture = Architecture.Named(Arch);
        var locator = new ToolLocator(TaskEnvironment.GetEnvironmentVariable("PATH") ?? "", ToolFolder, ToolPrefix, ProjectFolder);
        var tools = new ToolSetResolver(NewToolRunner(), locator, ProjectFolder)
            .Resolve(architecture, new(Compiler, Linker, Archiver, Objcopy, SymbolRewriters.Tool(SymbolRewriter)), PathOf(CacheFile), Cancellation);
        CompilerPath = tools.Compiler;
        LinkerPath = tools.Linker;
        ArchiverPath = tools.Archiver;
        ObjcopyPath = tools.Objcopy;
        ObjcopyIdentity = tools.ObjcopyStamp;
        CompilerIncludeFolder = tools.CompilerIncludeFolder;
        CompilerRuntimePath = CompilerRuntime switch
        {
            null or "" => tools.CompilerRuntime,
            "none" => "",
            var chosen => PathOf(chosen),
        };
        CompilerOptions = [.. tools.PathOptions];
        LinkerEmulation = architecture.LinkerEmulation;
        Identity = tools.Identity;
        Say($"compiler {tools.Compiler} ({tools.CompilerVersion}), binutils {tools.Linker} ({tools.BinutilsVersion})");
    }
}
