namespace MiniosBuild.Toolchain.Trees;

/// <summary>Where in a folder Mini-OS trees lie: other projects have one below their own.</summary>
public static class TreePlaces
{
    private const int Depth = 4;
    private const int Most = 4096;

    /// <summary>Whether a folder looks like a Mini-OS tree: the kernel's entry in C beside a folder for each architecture.</summary>
    public static bool IsTree(string folder) =>
        Directory.Exists(Path.Combine(folder, "arch")) && new[] { "kernel.c", "sched.c", "events.c" }.Count(f => File.Exists(Path.Combine(folder, f))) >= 2;

    /// <summary>Absolute paths of the trees in a folder, itself included, the nearest first. Neither links nor hidden folders are followed.</summary>
    public static IReadOnlyList<string> Find(string folder)
    {
        var found = new List<string>();
        var queue = new Queue<(string Folder, int Level)>([(folder, 0)]);
        for (int seen = 0; seen < Most && queue.TryDequeue(out var next); seen++)
        {
            if (IsTree(next.Folder))
            {
                found.Add(next.Folder);
            }
            else if (next.Level < Depth)
            {
                var below = new DirectoryInfo(next.Folder).EnumerateDirectories("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint });
                foreach (var child in below.OrderBy(d => d.Name, StringComparer.Ordinal))
                {
                    queue.Enqueue((child.FullName, next.Level + 1));
                }
            }
        }

        return found;
    }

    /// <summary>Why a folder cannot be the tree of a project, and which could.</summary>
    public static string WhyNot(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return "the folder does not exist";
        }

        var below = Find(folder);
        return "no .c file of the core was found in it" + (below.Count == 0 ? "" : $"; did you mean {string.Join(" or ", below)}?");
    }
}
