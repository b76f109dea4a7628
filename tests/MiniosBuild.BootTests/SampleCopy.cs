using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Puts a sample's files into a project outside the repository, as a user would copy it.</summary>
internal static class SampleCopy
{
    public static GuestProject Of(string sample)
    {
        var project = new GuestProject(sample) { CompilesAnew = true };
        string folder = Path.Combine(Repository.Root, "samples", sample);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)))
        {
            if (!file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal))
            {
                project.Write(file, File.ReadAllText(Path.Combine(folder, file)));
            }
        }

        return project;
    }
}
