using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>Puts a sample's files into a project outside the repository, as a user would copy it.</summary>
internal static class SampleCopy
{
    public static GuestProject Of(string sample)
    {
        var project = new GuestProject(sample);
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", sample)))
        {
            project.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        return project;
    }
}
