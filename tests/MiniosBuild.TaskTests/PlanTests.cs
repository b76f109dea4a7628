using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

public sealed class PlanTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    private string KernelObject => Project.PathOf("obj/objects/core/kernel.o");

    public void Dispose() => _set.Dispose();

    [Fact]
    public void The_plan_lists_renames_and_the_public_names()
    {
        _set.Planned();

        Assert.Equal(
            "add minios_add\ninit_blkfront blkfront_init\ninner _minios_inner\nshared _minios_shared\n", File.ReadAllText(Project.PathOf("obj/share/renames.txt")));
        Assert.Equal(
            """
            # The public symbols: NAME KIND LIBRARY, sorted by name. Written by MiniosBuild.
            # arch: x86_64
            # libc: stub
            # policy: minios
            # libraries: blkfront core
            # switches:
            _start function entry
            app_main function core
            blkfront_init function blkfront
            minios_add function core

            """,
            File.ReadAllText(Project.PathOf("obj/share/api.txt")));
    }

    [Fact]
    public void A_truncated_object_is_named_with_the_offset()
    {
        _set.Planned();
        File.WriteAllBytes(KernelObject, File.ReadAllBytes(KernelObject)[..200]);

        var error = Project.FailOnce(_set.Plan());

        Assert.Matches("^MINIOS20[0-9]{2}$", error.Code);
        Assert.Equal(KernelObject, error.File);
        Assert.Matches("offset 0x[0-9a-f]+: ", error.Message);
    }

    [Fact]
    public void A_file_that_is_no_object_is_named()
    {
        _set.Planned();
        File.WriteAllText(KernelObject, "int not_compiled;\n");

        var error = Project.FailOnce(_set.Plan());

        Assert.Equal(("MINIOS1301", KernelObject), (error.Code, error.File));
    }

    [Fact]
    public void An_object_for_link_time_optimisation_is_refused()
    {
        _set.Planned();
        RealTool.Run("gcc", "-flto", "-c", Project.Write("lto.c", "int x;\n"), "-o", KernelObject);

        var error = Project.FailOnce(_set.Plan());

        Assert.Equal(("MINIOS1303", KernelObject), (error.Code, error.File));
    }

    [Fact]
    public void An_object_for_another_machine_is_refused()
    {
        _set.Planned();
        var writer = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Machine = ElfMachine.AArch64 };
        File.WriteAllBytes(KernelObject, writer.Write().Bytes);

        var error = Project.FailOnce(_set.Plan());

        Assert.Equal("MINIOS1302", error.Code);
        Assert.Contains("AArch64", error.Message);
    }

    [Fact]
    public void A_policy_with_a_syntax_error_is_located()
    {
        _set.Planned();
        var task = _set.Plan();
        task.Policy = Project.RelativePath(Project.Write("own policy.json", "{\n  \"name\": \"own\",\n  \"keep\": [,]\n}\n"));

        var error = Project.FailOnce(task);

        Assert.Equal(("MINIOS1401", Project.PathOf("own policy.json"), 3, 12), (error.Code, error.File, error.Line, error.Column));
    }

    [Fact]
    public void A_missing_policy_is_named()
    {
        _set.Planned();
        var task = _set.Plan();
        task.Policy = "none.json";

        Assert.Contains("none.json", Project.FailOnce(task).ToString());
    }

    [Fact]
    public void Damaged_declarations_are_located()
    {
        _set.Planned();
        string declarations = Project.PathOf("obj/tree.declarations");
        File.AppendAllText(declarations, "nonsense\n");

        var error = Project.FailOnce(_set.Plan());

        Assert.Equal(("MINIOS1503", declarations, 4), (error.Code, error.File, error.Line));
    }

    [Fact]
    public void An_unknown_libc_mode_is_a_coded_error()
    {
        _set.Planned();
        foreach (string mode in new[] { "glibc", "7", "" })
        {
            var task = _set.Plan();
            task.Libc = mode;

            var error = Project.FailOnce(task);

            Assert.Equal("MINIOS1009", error.Code);
            Assert.Contains($"'{mode}'", error.Message);
            Assert.Contains("Stub, Private, None", error.Message);
        }
    }

    [Fact]
    public void An_error_keeps_the_last_plan_and_the_next_run_makes_it_anew()
    {
        _set.Planned();
        byte[] plan = File.ReadAllBytes(Project.PathOf("obj/plan.json")), compiled = File.ReadAllBytes(KernelObject);
        File.WriteAllBytes(KernelObject, compiled[..100]);
        Project.Fail(_set.Plan());

        Assert.Equal(plan, File.ReadAllBytes(Project.PathOf("obj/plan.json")));
        Project.Fail(_set.Plan());
        File.WriteAllBytes(KernelObject, compiled);
        Assert.Contains(Project.Succeed(_set.Plan()).Messages, m => m.Message.StartsWith("namespace plan: ", StringComparison.Ordinal));
        Assert.Equal(plan, File.ReadAllBytes(Project.PathOf("obj/plan.json")));
    }

    [Fact]
    public void Another_place_for_the_public_names_is_written_to()
    {
        _set.Planned();
        var task = _set.Plan();
        task.ApiList = "elsewhere/api.txt";
        Project.Succeed(task);

        Assert.Equal(File.ReadAllText(Project.PathOf("obj/share/api.txt")), File.ReadAllText(Project.PathOf("elsewhere/api.txt")));
    }
}
