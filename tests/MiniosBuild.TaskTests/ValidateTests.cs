using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

public sealed class ValidateTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    private string Core => _set.Archives[0].ItemSpec;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Passed_archives_keep_to_the_policy()
    {
        var log = Project.Succeed(_set.Staged().Validate());

        Assert.Contains(log.Messages, m => m.Message == "2 archives keep to the policy minios");
    }

    [Fact]
    public void Archives_without_the_pass_fail_with_each_name()
    {
        _set.Planned();
        var prefix = _set.Prefix();
        prefix.Enabled = false;
        Project.Succeed(prefix);
        var archive = _set.Archive();
        archive.Objects = prefix.PassedObjects;
        Project.Succeed(archive);
        Project.Write("obj/staged.declarations", "# minios public declarations 1\n");
        var task = _set.Validate();
        task.Archives = archive.Archives;

        var errors = Project.Fail(task).Errors.Where(e => e.Code == "MINIOS1410").ToList();

        foreach (string name in new[] { "add", "inner", "lonely", "shared", "unshared", "init_blkfront" })
        {
            Assert.Single(errors, e => e.Message.Contains($"\"{name}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_warning_is_given_again_while_nothing_changed()
    {
        _set.Staged();
        string user = Project.PathOf("user.o");
        RealTool.Run(
            "gcc", "-c", Project.Write("user.c", "void nobody_has_it(void);\nvoid minios_user(void) { nobody_has_it(); }\n"), "-o", user,
            "-ffreestanding", "-fno-pie", "-fno-asynchronous-unwind-tables");
        RealTool.Run("ar", "rD", Core, user);

        for (int i = 0; i < 2; i++)
        {
            var log = Project.Succeed(_set.Validate());
            var warning = Assert.Single(log.Warnings);
            Assert.Equal("MINIOS1416", warning.Code);
            Assert.Contains("nobody_has_it", warning.Message);
            Assert.Equal(i == 0, log.Messages.Any(m => m.Message!.StartsWith("namespace validation: ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_leak_is_found_again_until_it_is_gone()
    {
        _set.Staged();
        byte[] good = File.ReadAllBytes(Core);
        string leak = Project.PathOf("leak.o");
        RealTool.Run("gcc", "-c", Project.Write("leak.c", "int leak_me(void) { return 1; }\n"), "-o", leak);
        RealTool.Run("ar", "rD", Core, leak);

        for (int i = 0; i < 2; i++)
        {
            var error = Project.FailOnce(_set.Validate());
            Assert.Equal(("MINIOS1410", Core), (error.Code, error.File));
            Assert.Contains("leak.o", error.Message);
            Assert.Contains("\"leak_me\"", error.Message);
        }

        File.WriteAllBytes(Core, good);
        Project.Succeed(_set.Validate());
    }

    [Fact]
    public void A_member_for_another_machine_is_named()
    {
        _set.Staged();
        string foreign = Project.PathOf("foreign.o");
        RealTool.Run(LlvmTool.Find("clang"), "-target", "aarch64-linux-gnu", "-c", Project.Write("foreign.c", "int _minios_x(void) { return 1; }\n"), "-o", foreign);
        RealTool.Run("ar", "rD", Core, foreign);

        var error = Project.FailOnce(_set.Validate());

        Assert.Equal(("MINIOS1418", Core), (error.Code, error.File));
        Assert.Contains("foreign.o", error.Message);
        Assert.Contains("AArch64", error.Message);
    }

    [Fact]
    public void A_member_with_intermediate_code_is_named()
    {
        _set.Staged();
        string lto = Project.PathOf("lto.o");
        RealTool.Run("gcc", "-flto", "-ffat-lto-objects", "-c", Project.Write("lto.c", "int _minios_x(void) { return 1; }\n"), "-o", lto);
        RealTool.Run("ar", "rD", Core, lto);

        var error = Project.FailOnce(_set.Validate());

        Assert.Equal(("MINIOS1419", Core), (error.Code, error.File));
        Assert.Contains("lto.o", error.Message);
    }

    [Fact]
    public void A_truncated_archive_is_named_with_the_offset()
    {
        _set.Staged();
        File.WriteAllBytes(Core, File.ReadAllBytes(Core)[..^100]);

        var error = Project.Fail(_set.Validate()).Errors[0];

        Assert.Matches("^MINIOS21[0-9]{2}$", error.Code);
        Assert.Equal(Core, error.File);
        Assert.Matches("offset 0x[0-9a-f]+: ", error.Message);
    }

    [Fact]
    public void A_truncated_member_is_named_with_the_offset()
    {
        _set.Staged();
        byte[] member = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian).Write().Bytes[..100];
        File.WriteAllBytes(Core, new ArWriter(ArVariant.Gnu).Add("cut.o", member).Write().Bytes);

        var error = Project.Fail(_set.Validate()).Errors[0];

        Assert.Matches("^MINIOS20[0-9]{2}$", error.Code);
        Assert.Equal(Core, error.File);
        Assert.Matches("member cut.o: offset 0x[0-9a-f]+: ", error.Message);
    }

    [Fact]
    public void A_file_that_is_no_archive_is_named()
    {
        _set.Staged();
        File.WriteAllText(Core, "INPUT(kernel.o)\n");

        var error = Project.Fail(_set.Validate()).Errors[0];

        Assert.Equal(("MINIOS1417", Core), (error.Code, error.File));
    }

    [Fact]
    public void A_missing_archive_is_named()
    {
        _set.Staged();
        File.Delete(Core);

        Assert.Contains("libminios-core.a", Project.FailOnce(_set.Validate()).Message);
    }

    [Fact]
    public void A_header_outside_the_policy_is_located()
    {
        _set.Staged();
        File.AppendAllText(_set.StagedHeaders[0].ItemSpec, "int planted(void);\n");
        Project.Succeed(_set.ScanStaged());

        var error = Project.FailOnce(_set.Validate());

        Assert.Equal(("MINIOS1501", _set.StagedHeaders[0].ItemSpec, 3), (error.Code, error.File, error.Line));
    }

    [Fact]
    public void An_unknown_libc_mode_is_a_coded_error()
    {
        _set.Staged();
        var task = _set.Validate();
        task.Libc = "stub?";

        Assert.Equal("MINIOS1009", Project.FailOnce(task).Code);
    }
}
