namespace MiniosBuild.TestUtilities.Builds;

/// <summary>Objects that gcc alone compiles against the headers of the reference tree as they are, with the names that they have there.</summary>
public static class OldObjects
{
    private static readonly string Tree = Path.Combine(Repository.Root, "src", "mini-os");

    /// <summary>Compiles a source into an object of a folder.</summary>
    /// <param name="folder">Where the headers are laid out and the object goes.</param>
    /// <param name="name">The object's name, without .o.</param>
    /// <param name="source">C.</param>
    /// <param name="options">More options of gcc.</param>
    public static string Compile(string folder, string name, string source, params string[] options)
    {
        string headers = Directory.CreateDirectory(Path.Combine(folder, "old-headers", "mini-os")).FullName, made = Path.Combine(folder, name + ".o"), file = Path.Combine(folder, name + ".old");
        foreach (string header in Directory.EnumerateFiles(Path.Combine(Tree, "include"), "*.h", SearchOption.AllDirectories))
        {
            File.Copy(header, Path.Combine(headers, Path.GetFileName(header)), overwrite: true);
        }

        string xen = Path.Combine(folder, "old-headers", "xen");
        if (!Directory.Exists(xen))
        {
            Directory.CreateSymbolicLink(xen, "/usr/include/xen");
        }

        File.WriteAllText(file, source);
        RealTool.Run("gcc",
        [
            "-c", "-x", "c", "-g", "-O1", "-std=gnu11", "-ffreestanding", "-nostdinc", "-isystem", RealTool.Run("gcc", "-print-file-name=include").Trim(),
            "-I" + Path.GetDirectoryName(headers), "-I" + headers, "-I" + Path.Combine(Tree, "lib", "include"), "-D__MINIOS__", "-D__XEN_INTERFACE_VERSION__=0x00030205",
            "-fno-pie", "-fno-pic", "-fno-stack-protector", "-mno-red-zone", "-mgeneral-regs-only", "-fcf-protection=none", "-fno-asynchronous-unwind-tables", .. options, "-o", made, file,
        ]);
        return made;
    }

    /// <summary>Compiles sources, each a member, into an archive of a folder.</summary>
    public static string Archive(string folder, string name, params (string Name, string Source)[] members)
    {
        string archive = Path.Combine(folder, name);
        string[] objects = [.. members.Select(member => Compile(folder, member.Name, member.Source))];
        File.Delete(archive);
        RealTool.Run("ar", ["rcsD", archive, .. objects]);
        foreach (string made in objects)
        {
            File.Delete(made);
        }

        return archive;
    }
}
