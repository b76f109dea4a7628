namespace MiniosBuild.TestUtilities;

/// <summary>A folder of scripts that write down each start and then become the tools of that name on PATH.</summary>
public sealed class TracedTools
{
    private readonly string _log;

    public TracedTools(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _log = Path.Combine(Folder, "started.txt");
        (Compiler, Linker, Archiver, Objcopy) = (Traced("gcc"), Traced("ld"), Traced("ar"), Traced("objcopy"));
    }

    public string Folder { get; }

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

    // Not by its name alone: this folder may be on PATH too, and may be all that is.
    private string Traced(string tool) => ProgramFile.Write(
        Path.Combine(Folder, tool),
        $"""
        #!/bin/sh
        printf '%s\n' "{tool} $*" >> '{_log}'
        IFS=:
        for folder in $PATH /usr/bin; do
        	[ "$folder" -ef '{Folder}' ] || [ ! -x "$folder/{tool}" ] || exec "$folder/{tool}" "$@"
        done
        exit 127

        """);
}
