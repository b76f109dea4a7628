namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The folders and files of one line table (6.2.4); their names are read as they are asked for.</summary>
internal sealed class LineTable(DwarfSection section, DwarfStrings strings, DwarfUnit? unit)
{
    private readonly List<DwarfValue> _folders = [];
    private readonly List<(DwarfValue Name, ulong Folder)> _files = [];
    private readonly Dictionary<int, string> _paths = [];

    /// <summary>2 to 5; from 5 on folder 0 and file 0 are in the table.</summary>
    public required int Version { get; init; }

    /// <summary>Where the program of the table starts, which makes its rows.</summary>
    public required int ProgramStart { get; init; }

    /// <summary>Where the table ends.</summary>
    public required int End { get; init; }

    public required LineProgramParameters Parameters { get; init; }

    private bool IsComplete => Version >= 5;

    public void AddFolder(DwarfValue name) => _folders.Add(name);

    public void AddFile(DwarfValue name, ulong folder) => _files.Add((name, folder));

    /// <summary>The file of that index with its folder; null when there is none, or it has no name.</summary>
    public string? FileAt(ulong index)
    {
        ulong number = IsComplete ? index : unchecked(index - 1);
        if (number >= (ulong)_files.Count)
        {
            return null;
        }

        if (!_paths.TryGetValue((int)number, out string? path))
        {
            (DwarfValue name, ulong folder) = _files[(int)number];
            string text = Text(name);
            path = text.Length == 0 ? "" : PathJoin.Below(FolderAt(folder), text);
            _paths.Add((int)number, path);
        }

        return path.Length == 0 ? null : path;
    }

    /// <summary>Makes the rows of the table.</summary>
    public void Run(LineRows rows) => new LineProgram(this, rows).Run(new DwarfCursor(section, ProgramStart, End));

    private string FolderAt(ulong index)
    {
        string first = IsComplete ? FolderText(0) : StartFolder;
        ulong number = IsComplete ? index : unchecked(index - 1);
        return index == 0 || number >= (ulong)_folders.Count ? first : PathJoin.Below(first, FolderText((int)number));
    }

    private string StartFolder => unit is null ? "" : strings.Text(unit, unit.Folder);

    private string FolderText(int number) => number < _folders.Count ? Text(_folders[number]) : "";

    private string Text(DwarfValue value)
    {
        if (value.Form == DwarfForm.String)
        {
            return DwarfStrings.Decode(new DwarfCursor(section, value.Position, section.Length).Text());
        }

        return strings.Text(unit, value);
    }
}

/// <summary>One row of a line table (6.2.2): what the code from that address on was made from.</summary>
internal readonly record struct LineRow(ulong Address, uint File, uint Line, uint Column, bool IsStatement);

/// <summary>Rows of a line table that cover a piece of code without a gap, in the order of their addresses.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">The first one that is not covered any more.</param>
/// <param name="FirstRow">The index of its first row.</param>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="Table">The files that the rows name.</param>
internal readonly record struct LineSequence(DwarfAddress Start, ulong End, int FirstRow, int RowCount, LineTable Table);
