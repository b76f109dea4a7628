using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TestUtilities.Trees;

/// <summary>A guest project that names a tree's folder, and nothing else of it.</summary>
public sealed class TreeGuest : IDisposable
{
    private readonly GuestProject _project = new();

    /// <param name="tree">The tree.</param>
    /// <param name="body">What stands in the project besides the tree's folder, as XML.</param>
    public TreeGuest(GeneratedTree tree, string body = "")
    {
        _project.SetProject($"<PropertyGroup><MiniosSourceRoot>{tree.Root}</MiniosSourceRoot></PropertyGroup>{body}");
        _project.Write("hello.c", """
            #include <mini-os/kernel.h>
            #include <mini-os/console.h>

            int app_main(start_info_t *si)
            {
            	minios_printk("hello from a guest of %s\n", si->magic);
            	return 0;
            }
            """);
        if (tree.Shape != TreeShape.Fork2014)
        {
            return;
        }

        // The program brings what the kernel lacks, its C library and its allocator; that the kernel calls the latter makes it a consumer.
        GeneratedTree.Copy(tree.PathOf("../lib"), _project.PathOf("lib"));
        GeneratedTree.Copy(tree.PathOf("../include"), _project.PathOf("include"));
        RealTool.Run("gcc", "-c", "-ffreestanding", "-o", _project.PathOf("client.o"), _project.PathOf("lib/client.c"));
        _project.SetProject($"""
            <PropertyGroup><MiniosSourceRoot>{tree.Root}</MiniosSourceRoot></PropertyGroup>
            <ItemGroup>
              <ClCompile Update="lib/*.c" AdditionalIncludeDirectories="include" />
              <MiniosConsumer Include="client.o" />
            </ItemGroup>
            {body}
            """);
    }

    /// <summary>The image of a Debug build.</summary>
    public string Image => _project.Image;

    /// <summary>Global names of the set's one object.</summary>
    public IReadOnlyList<string> ObjectNames => MadeTree.NamesOf(_project.PathOf("bin/Debug/lib/minios.o"));

    /// <summary>The tree's sources that were compiled, each without its extension and with _ for /.</summary>
    public IReadOnlyList<string> CompiledSources =>
    [
        .. Directory.GetDirectories(_project.PathOf($"obj/Debug/{_project.Name}.minios/objects")).Where(f => !Path.GetFileName(f).StartsWith('.'))
            .SelectMany(f => Directory.GetFiles(f, "*.o")).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal),
    ];

    public BuildOutcome Build(params IEnumerable<string> arguments) => _project.Build(arguments);

    public void Dispose() => _project.Dispose();
}
