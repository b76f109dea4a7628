using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

public sealed class ToolchainTests : IDisposable
{
    private readonly TaskProject _project = new();
    private readonly TracedTools _tools;

    public ToolchainTests() => _tools = new TracedTools(_project.PathOf("tools"));

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Tools_are_found_in_a_folder_relative_to_the_project_and_asked_what_they_are()
    {
        var task = Task();
        _project.Succeed(task);

        Assert.Equal((_tools.Compiler, _tools.Linker, _tools.Archiver, _tools.Objcopy), (task.CompilerPath, task.LinkerPath, task.ArchiverPath, task.ObjcopyPath));
        Assert.Equal(RealTool.Run("gcc", "-print-file-name=include").Trim(), task.CompilerIncludeFolder);
        Assert.Equal("elf_x86_64", task.LinkerEmulation);
        Assert.Equal(["-fno-canonical-system-headers"], task.CompilerOptions);
        Assert.Contains(RealTool.Run("gcc", "--version").Split('\n')[0], task.Identity);
        Assert.Contains(RealTool.Run("ld", "--version").Split('\n')[0], task.Identity);
    }

    [Fact]
    public void Tools_are_found_along_the_path_of_the_tasks_environment()
    {
        _project.Variables["PATH"] = _project.PathOf("tools");
        var task = Task();
        task.ToolFolder = null;
        _project.Succeed(task);

        Assert.Equal(_tools.Compiler, task.CompilerPath);
    }

    [Fact]
    public void A_second_run_asks_no_tool_and_gives_the_same_answers()
    {
        var first = Task();
        _project.Succeed(first);
        Assert.NotEmpty(_tools.TakeStarted());
        var second = Task();
        _project.Succeed(second);

        Assert.Empty(_tools.TakeStarted());
        Assert.Equal(
            (first.CompilerPath, first.LinkerPath, first.ArchiverPath, first.ObjcopyPath, first.CompilerIncludeFolder, first.Identity, first.LinkerEmulation),
            (second.CompilerPath, second.LinkerPath, second.ArchiverPath, second.ObjcopyPath, second.CompilerIncludeFolder, second.Identity, second.LinkerEmulation));
    }

    [Fact]
    public void A_tool_that_was_replaced_is_asked_again()
    {
        var first = Task();
        _project.Succeed(first);
        _project.WriteProgram("tools/ld", "echo 'GNU ld 9.99'\n");
        var second = Task();
        _project.Succeed(second);

        Assert.NotEqual(first.Identity, second.Identity);
        Assert.Contains("GNU ld 9.99", second.Identity);
    }

    [Fact]
    public void Damaged_answers_are_asked_for_again()
    {
        _project.Succeed(Task());
        foreach (string damage in new[] { "", "{\"Key\":", "null", "[]", "{}" })
        {
            _tools.TakeStarted();
            _project.Write("obj/toolchain.json", damage);
            _project.Succeed(Task());
            Assert.NotEmpty(_tools.TakeStarted());
        }
    }

    [Fact]
    public void A_missing_tool_is_named_with_the_package_that_brings_it()
    {
        foreach (var (tool, package) in new[] { ("objcopy", "binutils"), ("gcc", "gcc") })
        {
            File.Delete(_project.PathOf("tools/" + tool));

            var error = _project.FailOnce(Task());

            Assert.Equal(ToolchainCodes.ToolNotFound, error.Code);
            Assert.Contains($"'{tool}' was not found in tools", error.Message);
            Assert.Contains($"apt-get install {package})", error.Message);
        }
    }

    [Fact]
    public void The_managed_rewriter_needs_no_objcopy()
    {
        File.Delete(_tools.Objcopy);
        var task = Task();
        task.SymbolRewriter = "managed";
        _project.Succeed(task);

        Assert.Equal("", task.ObjcopyPath);
    }

    [Fact]
    public void Another_rewriter_is_found_without_changing_what_the_compiler_is()
    {
        var gnu = Task();
        _project.Succeed(gnu);
        string tool = _project.WriteProgram("tools/llvm-objcopy", "echo 'llvm-objcopy, compatible with GNU objcopy'\n");
        var llvm = Task();
        llvm.SymbolRewriter = "llvm-objcopy";
        _project.Succeed(llvm);

        Assert.Equal(tool, llvm.ObjcopyPath);
        Assert.NotEqual(gnu.ObjcopyIdentity, llvm.ObjcopyIdentity);
        Assert.Equal(gnu.Identity, llvm.Identity);
    }

    [Fact]
    public void An_unknown_rewriter_is_refused()
    {
        var task = Task();
        task.SymbolRewriter = "sed";

        var error = _project.FailOnce(task);

        Assert.Equal(TaskCodes.UnknownRewriter, error.Code);
        Assert.Contains("managed, objcopy, llvm-objcopy", error.Message);
    }

    [Fact]
    public void A_tool_that_is_no_program_is_named()
    {
        File.WriteAllBytes(_tools.Compiler, [1, 2, 3]);

        var error = _project.FailOnce(Task());

        Assert.Equal((ToolchainCodes.CannotStart, _tools.Compiler), (error.Code, error.File));
    }

    [Fact]
    public void A_tool_that_does_not_answer_is_named()
    {
        _project.WriteProgram("tools/ar", "echo 'no library' >&2\nexit 127\n");

        var error = _project.FailOnce(Task());

        Assert.Equal((ToolchainCodes.CannotStart, _tools.Archiver), (error.Code, error.File));
        Assert.Contains("exit code 127: no library", error.Message);
    }

    [Fact]
    public void A_tool_that_is_too_old_is_named_with_both_versions()
    {
        _project.WriteProgram("tools/gcc", "echo 'gcc (GCC) 4.8.5'\n");

        var error = _project.FailOnce(Task());

        Assert.Equal((ToolchainCodes.ToolTooOld, _tools.Compiler), (error.Code, error.File));
        Assert.Contains("4.8.5; 9.0 or newer", error.Message);
    }

    [Fact]
    public void A_compiler_for_another_machine_is_refused()
    {
        _project.WriteProgram("tools/gcc", "case $1 in -dumpmachine) echo aarch64-linux-gnu;; *) echo 'gcc (GCC) 12.2.0';; esac\n");

        var error = _project.FailOnce(Task());

        Assert.Equal((ToolchainCodes.WrongTarget, _tools.Compiler), (error.Code, error.File));
        Assert.Contains("aarch64-linux-gnu", error.Message);
    }

    [Fact]
    public void An_unknown_architecture_is_refused()
    {
        var task = Task();
        task.Arch = "vax";

        Assert.Equal(ToolchainCodes.UnknownArchitecture, _project.FailOnce(task).Code);
    }

    private static ResolveMiniosToolchain Task() => new() { Arch = "x86_64", CacheFile = "obj/toolchain.json", ToolFolder = "tools", SymbolRewriter = "objcopy" };
}
