namespace MiniosBuild.TaskTests;

public sealed class LinkerScriptTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_script_with_directives_is_preprocessed()
    {
        Project.Succeed(_set.Script());

        string script = File.ReadAllText(Project.PathOf("obj/minios.lds"));
        Assert.Contains(". = ALIGN(4096);", script);
        Assert.DoesNotContain("#", script);
    }

    [Fact]
    public void A_plain_script_is_used_as_it_is_and_starts_nothing()
    {
        string text = "#define is not read here\nSECTIONS { }\n";
        Project.Write("tree/arch/x86/minios.lds", text);
        var task = _set.Script();
        task.Sources = [TaskProject.Item("tree/arch/x86/minios.lds")];
        Project.Succeed(task);

        Assert.Equal(text, File.ReadAllText(Project.PathOf("obj/minios.lds")));
        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void None_or_two_are_refused_with_the_folder_that_was_searched()
    {
        foreach (string[] found in new[] { Array.Empty<string>(), ["a.lds.S", "b.lds.S"] })
        {
            var task = _set.Script();
            task.Sources = [.. found.Select(f => TaskProject.Item(f))];

            var error = Project.FailOnce(task);

            Assert.Equal((ToolchainCodes.NoLinkerScript, "tree/arch/x86"), (error.Code, error.File));
            Assert.Contains($"{found.Length} were found in tree/arch/x86{(found.Length == 0 ? "." : ": a.lds.S, b.lds.S.")}", error.Message);
        }

        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void An_error_of_the_preprocessor_is_located_and_keeps_the_old_script()
    {
        Project.Succeed(_set.Script());
        byte[] before = File.ReadAllBytes(Project.PathOf("obj/minios.lds"));
        string source = Project.Write("tree/arch/x86/minios.lds.S", "\n#include \"none.h\"\n");

        var error = Project.FailOnce(_set.Script());

        Assert.Equal((ToolchainCodes.CompileError, source, 2, 10), (error.Code, error.File, error.Line, error.Column));
        Assert.Equal(before, File.ReadAllBytes(Project.PathOf("obj/minios.lds")));
        Assert.Empty(Project.Leftovers());
        Project.FailOnce(_set.Script());
    }

    [Fact]
    public void A_changed_header_of_the_script_makes_it_anew()
    {
        Project.Write("tree/arch/x86/page.h", "#define PAGE 4096\n");
        Project.Write("tree/arch/x86/minios.lds.S", "#include \"page.h\"\n. = ALIGN(PAGE);\n");
        Project.Succeed(_set.Script());
        Project.Write("tree/arch/x86/page.h", "#define PAGE 16384\n");

        Project.Succeed(_set.Script());

        Assert.Equal(". = ALIGN(16384);\n", File.ReadAllText(Project.PathOf("obj/minios.lds")).TrimStart());
    }
}
