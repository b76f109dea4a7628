using MiniosBuild.Tasks;
using MiniosBuild.Toolchain;

namespace MiniosBuild.TaskTests;

/// <summary>Scanning and staging of public headers.</summary>
public sealed class HeaderTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void The_scan_lists_what_public_headers_declare_with_its_place()
    {
        Project.Write("tree/private.h", "int hidden(void);\n");
        Project.Write("tree/include/kernel.h", "#include \"../private.h\"\nint add(int a, int b);\n#ifdef MORE\nextern int more;\n#endif\n");
        var task = _set.Scan();
        task.Defines = ["MORE"];
        Project.Succeed(task);

        string header = Project.PathOf("tree/include/kernel.h");
        Assert.Equal(
            $"# minios public declarations 1\nfunction add 2 {header}\nvariable more 4 {header}\n", File.ReadAllText(Project.PathOf("obj/tree.declarations")));
    }

    [Fact]
    public void A_header_that_the_preprocessor_refuses_is_located()
    {
        string header = Project.Write("tree/include/kernel.h", "int a;\n#include <not/there.h>\n");

        var error = Project.FailOnce(_set.Scan());

        Assert.Equal((ToolchainCodes.CompileError, header, 2, 10), (error.Code, error.File, error.Line, error.Column));
        Assert.False(File.Exists(Project.PathOf("obj/tree.declarations")));
    }

    [Fact]
    public void A_missing_header_is_a_coded_error()
    {
        File.Delete(Project.PathOf("tree/include/kernel.h"));

        Assert.Contains("kernel.h", Project.FailOnce(_set.Scan()).Message);
    }

    [Fact]
    public void Staged_headers_have_the_names_of_the_archives()
    {
        _set.Staged();

        var header = Assert.Single(_set.StagedHeaders);
        Assert.Equal("obj/include/mini-os/kernel.h", Project.RelativePath(header.ItemSpec));
        Assert.Equal(("mini-os", "mini-os/kernel.h"), (header.GetMetadata("Folder"), header.GetMetadata("RelativePath")));
        Assert.Equal("int minios_add(int a, int b);\nint blkfront_init(void);\n", File.ReadAllText(header.ItemSpec));
    }

    [Fact]
    public void Staged_headers_include_each_other_by_their_staged_names()
    {
        _set.Planned();
        Project.Write("tree/include/types.h", "");
        Project.Write("tree/include/kernel.h", "#include <types.h>\n#include <stddef.h>\n");
        var task = _set.Stage();
        task.Headers = [.. task.Headers, TaskProject.Item("tree/include/types.h", ("Folder", "mini-os"))];
        Project.Succeed(task);

        Assert.Equal("#include <mini-os/types.h>\n#include <stddef.h>\n", File.ReadAllText(Project.PathOf("obj/include/mini-os/kernel.h")));
    }

    [Fact]
    public void Without_renaming_headers_are_staged_as_they_are()
    {
        _set.Planned();
        var task = _set.Stage();
        task.Rename = false;
        Project.Succeed(task);

        Assert.Equal(File.ReadAllText(Project.PathOf("tree/include/kernel.h")), File.ReadAllText(task.StagedHeaders[0].ItemSpec));
    }

    [Fact]
    public void A_header_that_left_the_tree_leaves_the_staged_ones()
    {
        _set.Planned();
        Project.Write("tree/include/old.h", "int old;\n");
        var task = _set.Stage();
        task.Headers = [.. task.Headers, TaskProject.Item("tree/include/old.h", ("Folder", "mini-os"))];
        Project.Succeed(task);
        Assert.True(File.Exists(Project.PathOf("obj/include/mini-os/old.h")));

        Project.Succeed(_set.Stage());

        Assert.False(File.Exists(Project.PathOf("obj/include/mini-os/old.h")));
    }

    [Fact]
    public void Two_headers_of_one_name_are_refused()
    {
        _set.Planned();
        Project.Write("tree/include/x86/kernel.h", "");
        var task = _set.Stage();
        task.Headers = [.. task.Headers, TaskProject.Item("tree/include/x86/kernel.h", ("Folder", "mini-os"))];

        var error = Project.FailOnce(task);

        Assert.Equal((TaskCodes.SameStagedHeader, Project.PathOf("tree/include/kernel.h")), (error.Code, error.File));
        Assert.Contains(Project.PathOf("tree/include/x86/kernel.h"), error.Message);
    }

    [Fact]
    public void A_tree_without_public_headers_stages_nothing()
    {
        _set.Planned();
        var task = _set.Stage();
        task.Headers = [];
        Project.Succeed(task);

        Assert.Empty(task.StagedHeaders);
    }

    [Fact]
    public void Another_output_folder_gets_its_headers_although_they_did_not_change()
    {
        _set.Staged();
        var task = _set.Stage();
        task.OutputFolder = "elsewhere";
        Project.Succeed(task);

        Assert.True(File.Exists(task.StagedHeaders[0].ItemSpec));
    }

    [Fact]
    public void A_damaged_plan_is_named()
    {
        _set.Planned();
        Project.Write("obj/plan.json", "[]");

        Assert.Equal(("MINIOS1316", Project.PathOf("obj/plan.json")), Project.FailOnce(_set.Stage()) is var e ? (e.Code, e.File) : default);
    }

    [Fact]
    public void A_file_where_the_folder_of_staged_headers_must_be_is_a_coded_error()
    {
        _set.Planned();
        Project.Write("obj/include", "");

        Assert.Equal(TaskCodes.FileAccess, Project.FailOnce(_set.Stage()).Code);
    }
}
