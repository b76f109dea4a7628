using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Passes;

/// <summary>
/// Changes symbols with objcopy of GNU or LLVM, one object at a time: in archives both get things wrong without a word. Two runs an
/// object: in one, GNU's matches the list of local symbols against new names and LLVM's against old ones.
/// </summary>
/// <param name="runner">Starts it.</param>
/// <param name="objcopy">Absolute path of the program.</param>
/// <param name="kind">Whose it is.</param>
/// <param name="folder">An existing folder for its temporary files.</param>
/// <param name="cancellation">Ends it.</param>
public sealed class ObjcopyRewriter(
    ToolRunner runner, string objcopy, ObjcopyKind kind, string folder, CancellationToken cancellation = default) : IElfSymbolRewriter
{
    /// <inheritdoc/>
    /// <exception cref="DiagnosticException">MINIOS1320: objcopy failed; MINIOS1336: it is known to get such a change wrong.</exception>
    public ReadOnlyMemory<byte> Rewrite(ElfFile file, ReadOnlyMemory<byte> data, ReadOnlyMemory<ElfSymbolChange> changes, string path)
    {
        var lists = new ObjcopyLists(file, changes.Span, kind, path);
        using var changed = new AtomicFile(Path.Combine(folder, "objcopy"));
        File.WriteAllBytes(changed.Draft, data.Span);
        if (!lists.Renames.IsEmpty)
        {
            Run("--redefine-syms=", lists.Renames, changed.Draft, path);
        }

        if (!lists.Locals.IsEmpty)
        {
            Run("--localize-symbols=", lists.Locals, changed.Draft, path);
        }

        return File.ReadAllBytes(changed.Draft);
    }

    private void Run(string option, ReadOnlyMemory<byte> lines, string file, string path)
    {
        using var list = new AtomicFile(Path.Combine(folder, "objcopy.list"));
        File.WriteAllBytes(list.Draft, lines.Span);
        // Whether dates are kept is otherwise a matter of the distribution.
        ToolResult result = runner.Run(new ToolCommand(objcopy, ["-D", option + list.Draft, file], folder), cancellation);
        if (result.ExitCode != 0)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.SymbolPassFailed, $"{objcopy} {option.TrimEnd('=')} ended with exit code {result.ExitCode}: {result.Errors.Trim()}", path));
        }
    }
}
