using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Tasks;
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
        Project.Write("obj/staged.declarations", PublicDeclarations.Empty.Save());
        Project.Write("obj/staged.headers", HeaderCensus.Empty.Save());
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
            // The object is none of the pass's, which is a warning of its own.
            Assert.Equal(["MINIOS1416", "MINIOS1432"], log.Warnings.Select(w => w.Code).Order());
            var warning = log.Warnings.Single(w => w.Code == "MINIOS1416");
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
        string source = Project.PathOf("tree/include/kernel.h");
        foreach (string header in new[] { source, _set.StagedHeaders[0].ItemSpec })
        {
            File.AppendAllText(header, "int planted(void);\n");
        }

        Project.Succeed(_set.ScanStaged());

        var error = Project.FailOnce(_set.Validate());

        Assert.Equal(("MINIOS1501", source, 3, 5), (error.Code, error.File, error.Line, error.Column));
    }

    [Fact]
    public void A_leak_of_an_object_with_debug_information_is_at_the_line_of_the_source()
    {
        _set.Staged();
        AddLeak("-g", "-ffile-prefix-map=" + Project.Folder + "=/guest");

        var error = Project.FailOnce(_set.Validate());

        Assert.Equal(("MINIOS1410", Project.PathOf("leak.c"), 1), (error.Code, error.File, error.Line));
        Assert.True(error.Column > 0);
        Assert.Contains($"{Core}(leak.o): ", error.Message);
    }

    [Fact]
    public void A_baseline_accepts_what_it_lists_and_what_it_lists_in_vain_is_told()
    {
        _set.Staged();
        byte[] good = File.ReadAllBytes(Core);
        AddLeak();
        var update = Baselined();
        update.UpdateBaseline = true;
        Project.Succeed(update);
        string baseline = Project.PathOf("minios.baseline.txt");
        Assert.Contains("MINIOS1410 core leak.o leak_me", File.ReadAllLines(baseline));

        Assert.Empty(Project.Succeed(Baselined()).Warnings);
        Project.FailOnce(_set.Validate()); // The control: without the baseline.
        File.WriteAllBytes(Core, good);

        for (int i = 0; i < 2; i++)
        {
            // What was not passed is a finding of its own, accepted in the next line.
            Assert.Equal([("MINIOS1440", baseline, 2), ("MINIOS1440", baseline, 3)], Project.Succeed(Baselined()).Warnings.Select(w => (w.Code, w.File!, w.Line)));
        }

        Project.Succeed(update);
        Assert.All(File.ReadAllLines(baseline), line => Assert.StartsWith("#", line));
        Assert.Empty(Project.Succeed(Baselined()).Warnings);
    }

    [Fact]
    public void An_update_of_the_baseline_accepts_no_damage()
    {
        _set.Staged();
        File.WriteAllText(Core, "INPUT(kernel.o)\n");
        var update = Baselined();
        update.UpdateBaseline = true;

        Assert.Contains(Project.Fail(update).Errors, e => e.Code == "MINIOS1417");
    }

    [Fact]
    public void A_baseline_that_is_missing_or_damaged_is_named()
    {
        _set.Staged();
        var missing = Project.FailOnce(Baselined());
        Project.Write("minios.baseline.txt", "# ours\nleak_me\n");
        var damaged = Project.FailOnce(Baselined());

        Assert.Equal((TaskCodes.BaselineUnreadable, Project.PathOf("minios.baseline.txt")), (missing.Code, missing.File));
        Assert.Equal(("MINIOS1441", Project.PathOf("minios.baseline.txt"), 2), (damaged.Code, damaged.File, damaged.Line));
    }

    [Fact]
    public void Levels_and_NoWarn_change_how_serious_a_finding_is()
    {
        _set.Staged();
        AddLeak();
        var warned = _set.Validate();
        warned.Levels = "MINIOS1410=warning";
        var silenced = _set.Validate();
        silenced.NoWarn = "CS1591;MINIOS1410";

        Assert.Contains(Project.Succeed(warned).Warnings, w => w.Code == "MINIOS1410");
        Assert.DoesNotContain(Project.Succeed(silenced).Warnings, w => w.Code == "MINIOS1410");
        Assert.Equal("MINIOS1410", Project.FailOnce(_set.Validate()).Code);
    }

    [Fact]
    public void A_level_of_what_has_none_is_a_coded_error()
    {
        _set.Staged();
        foreach (string levels in new[] { "MINIOS1417=none", "MINIOS1410", "MINIOS1410=loud" })
        {
            var task = _set.Validate();
            task.Levels = levels;

            Assert.Equal("MINIOS1442", Project.FailOnce(task).Code);
        }
    }

    [Fact]
    public void An_export_that_only_a_program_needs_is_no_finding()
    {
        _set.Staged();
        string spare = Project.PathOf("spare.o"), program = Project.PathOf("program.o");
        RealTool.Run("gcc", "-c", "-fno-pie", Project.Write("spare.c", "int minios_spare(void) { return 1; }\n"), "-o", spare);
        RealTool.Run("gcc", "-c", "-fno-pie", Project.Write("program.c", "int spare(void); int program(void) { return spare(); }\n"), "-o", program);
        RealTool.Run("ar", "rD", Core, spare);
        var without = _set.Validate();
        without.Levels = "MINIOS1421=warning";
        var with = _set.Validate();
        with.Levels = without.Levels;
        with.Consumers = [TaskProject.Item("program.o")];

        Assert.Contains(Project.Succeed(without).Warnings, w => w.Code == "MINIOS1421" && w.Message.Contains("minios_spare", StringComparison.Ordinal));
        Assert.DoesNotContain(Project.Succeed(with).Warnings, w => w.Message.Contains("minios_spare", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_libc_mode_is_a_coded_error()
    {
        _set.Staged();
        var task = _set.Validate();
        task.Libc = "stub?";

        Assert.Equal("MINIOS1009", Project.FailOnce(task).Code);
    }

    private ValidateMiniosNamespace Baselined()
    {
        var task = _set.Validate();
        task.Baseline = "minios.baseline.txt";
        return task;
    }

    private void AddLeak(params string[] options)
    {
        string leak = Project.PathOf("leak.o");
        RealTool.Run("gcc", ["-c", .. options, Project.Write("leak.c", "int leak_me(void) { return 1; }\n"), "-o", leak]);
        RealTool.Run("ar", "rD", Core, leak);
    }
}
