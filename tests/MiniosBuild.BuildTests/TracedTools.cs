namespace MiniosBuild.BuildTests;

/// <summary>A folder of tools that write down each start and then become the real ones.</summary>
internal sealed class TracedTools
{
    private readonly string _log;

    public TracedTools(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _log = Path.Combine(Folder, "started.txt");
        foreach (string tool in new[] { "gcc", "ld", "ar", "objcopy" })
        {
            string script = Path.Combine(Folder, tool);
            File.WriteAllText(script, $"#!/bin/sh\necho \"{tool} $*\" >> '{_log}'\nexec /usr/bin/{tool} \"$@\"\n");
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Folder { get; }

    /// <summary>The commands since the last call, a line each.</summary>
    public IReadOnlyList<string> TakeStarted()
    {
        string[] lines = File.Exists(_log) ? File.ReadAllLines(_log) : [];
        File.Delete(_log);
        return lines;
    }
}
