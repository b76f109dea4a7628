using System.Globalization;

namespace MiniosBuild.TestUtilities.Builds;

/// <summary>
/// Folders for projects, empty when they are taken. One that was given back is taken again under the same path, which compilers are told and
/// <see cref="CompilerCache"/> therefore asks for.
/// </summary>
internal static class ProjectFolders
{
    private static readonly Lock s_lock = new();
    private static readonly string s_root = NewRoot();
    private static readonly HashSet<string> s_taken = [];

    /// <summary>The first folder that nobody has.</summary>
    public static string Take()
    {
        lock (s_lock)
        {
            string folder = Enumerable.Range(1, s_taken.Count + 1).Select(i => Path.Combine(s_root, i.ToString(CultureInfo.InvariantCulture))).First(s_taken.Add);
            return Directory.CreateDirectory(folder).FullName;
        }
    }

    /// <summary>Removes a folder with all that is in it.</summary>
    public static void Return(string folder)
    {
        // One that could not be removed is not given to anyone else.
        Directory.Delete(folder, recursive: true);
        lock (s_lock)
        {
            s_taken.Remove(folder);
        }
    }

    private static string NewRoot()
    {
        string root = Directory.CreateTempSubdirectory("minios-test-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        return root;
    }
}
