namespace MiniosBuild.TaskTests;

/// <summary>The machine's tools behind scripts that write down each start.</summary>
internal sealed class TracedTools
{
    private readonly string _log;

    public TracedTools(TaskProject project)
    {
        _log = project.PathOf("tools/started.txt");
        string Traced(string tool) => project.WriteProgram("tools/" + tool, $"printf '%s\\n' \"{tool} $*\" >> '{_log}'\nexec /usr/bin/{tool} \"$@\"\n");
        (Compiler, Linker, Archiver, Objcopy) = (Traced("gcc"), Traced("ld"), Traced("ar"), Traced("objcopy"));
    }

    public string Compiler { get; }

    public string Linker { get; }

    public string Archiver { get; }

    public string Objcopy { get; }

    /// <summary>The commands since the last call, a line each.</summary>
    public IReadOnlyList<string> TakeStarted()
    {
        string[] lines = File.Exists(_log) ? File.ReadAllLines(_log) : [];
        File.Delete(_log);
        return lines;
    }
}
