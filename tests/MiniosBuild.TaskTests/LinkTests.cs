using System.IO.Compression;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

public sealed class LinkTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_guest_is_an_image_its_map_its_compressed_form_and_a_configuration()
    {
        var task = _set.Linkable().Link();
        Project.Succeed(task);

        Assert.Equal(["bin/hello", "bin/hello.map", "bin/hello.gz", "bin/hello.cfg"], task.Outputs.Select(Project.RelativePath));
        byte[] image = File.ReadAllBytes(task.Outputs[0]);
        Assert.Equal((ElfType.Executable, 0x100000ul), ElfFile.Parse(image) is var elf ? (elf.Type, elf.Entry) : default);
        Assert.Contains($"OUTPUT({task.Outputs[0]} elf", File.ReadAllText(task.Outputs[1]));
        using var compressed = new GZipStream(File.OpenRead(task.Outputs[2]), CompressionMode.Decompress);
        using var text = new MemoryStream();
        compressed.CopyTo(text);
        Assert.Equal(image, text.ToArray());
        Assert.Contains("cmdline = \"a=1\"\nmemory = 32\n", File.ReadAllText(task.Outputs[3]));
    }

    [Fact]
    public void The_configuration_has_the_type_that_the_images_notes_tell()
    {
        Project.Succeed(_set.Linkable().Link());
        Assert.Contains("type = \"pv\"\n", File.ReadAllText(Project.PathOf("bin/hello.cfg")));
        File.AppendAllText(
            Project.PathOf("main.c"),
            "__asm__(\".pushsection .note.Xen, \\\"a\\\", @note\\n.long 4, 4, 18\\n.asciz \\\"Xen\\\"\\n.long 0x100000\\n.popsection\");\n");
        Project.Succeed(_set.CompileGuest());

        Project.Succeed(_set.Link());

        Assert.Contains("type = \"pvh\"\n", File.ReadAllText(Project.PathOf("bin/hello.cfg")));
    }

    [Fact]
    public void The_guests_own_hook_wins_over_the_weak_one()
    {
        var task = _set.Linkable().Link();
        Project.Succeed(task);

        Assert.Contains("T app_main", Nm.Names(task.Outputs[0]));
    }

    [Fact]
    public void An_undefined_symbol_is_located_in_the_source()
    {
        _set.Linkable();
        Project.Write("main.c", "int minios_nothing(void);\nint app_main(void);\nint app_main(void)\n{\n    return minios_nothing();\n}\n");
        Project.Succeed(_set.CompileGuest());

        var error = Project.FailOnce(_set.Link());

        Assert.Equal((ToolchainCodes.UndefinedReference, Project.PathOf("main.c"), 5), (error.Code, error.File, error.Line));
        Assert.Contains("'minios_nothing'", error.Message);
        Assert.Contains("app_main", error.Message);
        Assert.False(File.Exists(Project.PathOf("bin/hello")));
        Assert.Empty(Project.Leftovers());
    }

    [Fact]
    public void A_name_that_is_defined_twice_is_located_in_the_source()
    {
        _set.Linkable();
        Project.Write("main.c", "int app_main(void);\nint minios_add(int, int);\nint blkfront_init(void);\nint minios_add(int a, int b) { return a - b; }\nint app_main(void) { return blkfront_init(); }\n");
        Project.Succeed(_set.CompileGuest());
        File.AppendAllText(Project.PathOf("obj/minios.lds"), "EXTERN(_minios_inner)\n");

        var error = Project.FailOnce(_set.Link());

        Assert.Equal(ToolchainCodes.DuplicateDefinition, error.Code);
        Assert.Contains("'minios_add'", error.Message);
        Assert.Equal((Project.PathOf(SmallSet.KernelSource), 9), (error.File, error.Line));
    }

    [Fact]
    public void A_tree_without_exactly_one_entry_object_is_refused()
    {
        _set.Linkable();
        foreach (int count in new[] { 0, 2 })
        {
            var task = _set.Link();
            task.EntryObjects = [.. Enumerable.Repeat(_set.EntryObjects[0], count)];

            var error = Project.FailOnce(task);

            Assert.Equal(ToolchainCodes.NoEntryObject, error.Code);
            Assert.Contains($"{count} entry sources", error.Message);
        }
    }

    [Fact]
    public void A_guest_without_sources_is_refused()
    {
        var task = _set.Linkable().Link();
        task.Objects = [];

        Assert.Equal(ToolchainCodes.NoSources, Project.FailOnce(task).Code);
    }

    [Fact]
    public void A_linker_script_with_a_syntax_error_is_reported()
    {
        _set.Linkable();
        File.WriteAllText(Project.PathOf("obj/minios.lds"), "SECTIONS {\n");

        var error = Project.FailOnce(_set.Link());

        Assert.Equal(ToolchainCodes.LinkFailed, error.Code);
        Assert.Contains("minios.lds:", error.Message);
    }

    [Fact]
    public void A_failed_link_keeps_the_image_before_it_but_does_not_count_it_as_made()
    {
        _set.Linkable().Project.Succeed(_set.Link());
        byte[] before = File.ReadAllBytes(Project.PathOf("bin/hello"));
        string main = File.ReadAllText(Project.PathOf("main.c"));
        Project.Write("main.c", main.Replace("minios_add(1", "minios_missing(1"));
        var guest = _set.CompileGuest();
        guest.Options = [.. guest.Options, "-Wno-implicit-function-declaration"];
        Project.Succeed(guest);

        Project.FailOnce(_set.Link());
        Project.FailOnce(_set.Link());
        Assert.Equal(before, File.ReadAllBytes(Project.PathOf("bin/hello")));
    }

    [Fact]
    public void A_changed_command_line_changes_the_configuration_without_a_link()
    {
        _set.Linkable().Project.Succeed(_set.Link());
        _set.Tools.TakeStarted();
        var task = _set.Link();
        task.CommandLine = "b=2";
        Project.Succeed(task);

        Assert.Empty(_set.Tools.TakeStarted());
        Assert.Contains("cmdline = \"b=2\"\n", File.ReadAllText(Project.PathOf("bin/hello.cfg")));
    }

    [Theory]
    [InlineData("--version-script=f", "VERS { global: *; };", "VERS2 { global: *; };")]
    [InlineData("--dynamic-list f", "{ app_main; };", "{ main; };")]
    [InlineData("--retain-symbols-file f", "app_main", "app_main\n_start")]
    [InlineData("-T f", "first = 1;", "second = 1;")]
    [InlineData("-T f", "INCLUDE g", "second = 1;")]
    [InlineData("@f", "--defsym=first=1", "--defsym=second=1")]
    [InlineData("f", "first = 1;", "second = 1;")]
    public void A_file_that_an_option_names_links_again_when_it_changes(string options, string before, string after)
    {
        _set.Linkable();
        Project.Write("f", before);
        Project.Write("g", "first = 1;");
        LinkMiniosGuest Task()
        {
            var task = _set.Link();
            task.AdditionalOptions = options;
            return task;
        }

        Project.Succeed(Task());
        _set.Tools.TakeStarted();
        Project.Succeed(Task());
        Assert.Empty(_set.Tools.TakeStarted());

        Project.Write("f", after);
        Project.Succeed(Task());
        Assert.Single(_set.Tools.TakeStarted());
        bool isNamed = after.StartsWith("second", StringComparison.Ordinal) || after.StartsWith("--defsym", StringComparison.Ordinal);
        Assert.Equal(isNamed, Nm.Names(Project.PathOf("bin/hello")).Contains("A second"));
    }

    [Fact]
    public void A_file_that_a_script_leads_to_links_again_when_it_changes_or_another_comes_before_it()
    {
        _set.Linkable();
        Project.Write("far/g.ld", "first = 1;");
        Project.Write("f.ld", "INCLUDE g.ld");
        LinkMiniosGuest Task()
        {
            var task = _set.Link();
            task.AdditionalOptions = "-L near -L far f.ld";
            return task;
        }

        Project.Succeed(Task());
        _set.Tools.TakeStarted();
        Project.Write("far/g.ld", "second = 1;");
        Project.Succeed(Task());
        Assert.Single(_set.Tools.TakeStarted());
        Assert.Contains("A second", Nm.Names(Project.PathOf("bin/hello")));

        Project.Write("near/g.ld", "third = 1;");
        Project.Succeed(Task());
        Assert.Single(_set.Tools.TakeStarted());
        Assert.Contains("A third", Nm.Names(Project.PathOf("bin/hello")));
        Project.Succeed(Task());
        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void A_file_where_the_output_folder_must_be_is_a_coded_error()
    {
        _set.Linkable();
        Project.Write("bin", "");

        Assert.Equal(ToolchainCodes.FileAccess, Project.FailOnce(_set.Link()).Code);
    }
}
