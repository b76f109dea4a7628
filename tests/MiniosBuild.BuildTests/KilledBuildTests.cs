using System.Diagnostics;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>A build that was killed leaves nothing that a later one would take for finished.</summary>
public sealed class KilledBuildTests
{
    [Fact]
    public void ABuildAfterOneThatWasKilledEndsAsACleanOneWould()
    {
        using var clean = new GuestProject { CompilesAnew = true };
        clean.Write("main.c", Guests.Hello);
        clean.Build().MustSucceed();
        string[] files = [.. Files(clean)];
        Assert.Contains("bin/Debug/guest", files);

        using var killed = new GuestProject { CompilesAnew = true };
        killed.Write("main.c", Guests.Hello);
        int kills = 0;
        for (double part = 0.05; part < 1; part += 0.15)
        {
            kills += KillAt(killed, (int)(files.Length * part)) ? 1 : 0;
        }

        Assert.InRange(kills, 3, 7);

        killed.Build().MustSucceed();

        Assert.Equal(files, Files(killed));
        foreach (string file in files.Where(f => f.StartsWith("bin/", StringComparison.Ordinal) && !f.EndsWith(".map", StringComparison.Ordinal)))
        {
            Assert.Equal(File.ReadAllBytes(clean.PathOf(file)), File.ReadAllBytes(killed.PathOf(file)));
        }
    }

    /// <summary>Kills a build once so many files are there; false when it had ended by then.</summary>
    private static bool KillAt(GuestProject project, int files)
    {
        var start = new ProcessStartInfo("dotnet", ["build", project.ProjectFile, "-nr:false"])
        {
            WorkingDirectory = project.Folder,
            RedirectStandardOutput = true,
        };
        start.Environment["NUGET_PACKAGES"] = DotnetCommand.PackagesFolder;
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (Files(project).Take(files).Count() < files)
        {
            if (process.WaitForExit(TimeSpan.FromMilliseconds(5)))
            {
                return false;
            }
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return true;
    }

    // What a build leaves for the user and for the next build.
    private static IEnumerable<string> Files(GuestProject project) =>
        Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(project.Folder, f))
            .Where(f => f.StartsWith("bin/", StringComparison.Ordinal) || f.StartsWith("obj/Debug/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
