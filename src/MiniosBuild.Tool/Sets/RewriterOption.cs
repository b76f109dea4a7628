using System.CommandLine;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Passes;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Sets;

/// <summary>The option that chooses what changes the objects.</summary>
internal sealed class RewriterOption
{
    private const string Managed = "managed";
    private const string Gnu = "objcopy";
    private const string Llvm = "llvm-objcopy";

    private readonly Option<string> _rewriter = new("--rewriter")
    {
        Description = "What changes the objects: minios itself, or a program, which gets one object at a time. The proof is the same for all.",
        HelpName = $"{Managed}|{Gnu}|{Llvm}",
        DefaultValueFactory = _ => Managed,
    };

    private readonly Option<string?> _program = new("--objcopy")
    {
        Description = "The program for --rewriter objcopy or llvm-objcopy, a name or a path. Without it: the one of that name.",
        HelpName = "program",
    };

    public RewriterOption(Command command)
    {
        _rewriter.AcceptOnlyFromAmong(Managed, Gnu, Llvm);
        command.Add(_rewriter);
        command.Add(_program);
    }

    /// <summary>The program that changes objects; null for none.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scratch">A folder for the program's temporary files.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <exception cref="DiagnosticException">MINIOS1001.</exception>
    public IElfSymbolRewriter? BackEnd(ParseResult parsed, ScratchFolder scratch, CancellationToken cancellation)
    {
        string rewriter = parsed.GetRequiredValue(_rewriter);
        if (rewriter == Managed)
        {
            return null;
        }

        var locator = new ToolLocator(Environment.GetEnvironmentVariable("PATH") ?? "", null, null, Environment.CurrentDirectory);
        string program = locator.Find(parsed.GetValue(_program), rewriter, "--objcopy", rewriter == Gnu ? "binutils" : "llvm");
        return new ObjcopyRewriter(new ToolRunner(), program, rewriter == Gnu ? ObjcopyKind.Gnu : ObjcopyKind.Llvm, scratch.Path, cancellation);
    }
}
