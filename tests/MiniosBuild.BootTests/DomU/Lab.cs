using System.Text;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.DomU;

namespace MiniosBuild.BootTests.DomU;

/// <summary>The product's dom0, restored once for all tests that share it; prepared before if the tests' cache has none.</summary>
public sealed class Lab : IDisposable
{
    /// <summary>Of all guests that are there at once.</summary>
    private const int GuestMemory = 128;

    // The machine of the tests may be slow and busy: this only ends what hangs.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("minios-disks-").FullName;

    /// <summary>Restores it.</summary>
    public Lab() => Dom0 = SavedDom0.Get(Setup, GuestMemory, _ => { }, CancellationToken.None).Restore(_folder, CancellationToken.None);

    /// <summary>What dom0 is made with.</summary>
    public static Dom0Setup Setup => new(new ToolLocator(Environment.GetEnvironmentVariable("PATH")!, null, null, "/"), Repository.CacheFolder, Architecture.Default);

    internal Dom0 Dom0 { get; }

    /// <summary>Runs a shell script in dom0.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">Its exit code is not 0, or it does not end.</exception>
    internal string Run(string script)
    {
        var result = Within(script, stop => Dom0.Run(script, () => { }, stop));
        return result.ExitCode == 0 ? result.Output : throw Failure($"ended with {result.ExitCode}: {script}\n{result.Output}{result.Errors}");
    }

    /// <summary>Does what may hang.</summary>
    /// <param name="what">For the message.</param>
    /// <param name="work">Gets what ends it when it takes too long.</param>
    internal T Within<T>(string what, Func<CancellationToken, T> work)
    {
        using CancellationTokenSource limit = new(s_longEnough);
        try
        {
            return work(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw Failure($"after {s_longEnough.TotalSeconds} s there is no end of: {what}");
        }
    }

    /// <summary>Ends the machine.</summary>
    public void Dispose()
    {
        Dom0.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>An error with all that the machine and its guests have printed.</summary>
    private InvalidOperationException Failure(string message)
    {
        StringBuilder text = new($"dom0: {message}\n");
        foreach (string log in Directory.GetFiles(Path.Combine(Dom0.SharedFolder, "consoles")).Prepend(Dom0.SerialLog).Where(File.Exists))
        {
            text.Append($"---- {Path.GetFileName(log)}\n{File.ReadAllText(log)}");
        }

        return new InvalidOperationException(text.ToString());
    }
}
