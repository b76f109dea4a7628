using System.Globalization;

namespace MiniosBuild.Benchmarks.Reports;

/// <summary>A table in Markdown that can be read as text as well.</summary>
internal sealed class MarkdownTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params object?[] cells) => _rows.Add([.. cells.Select(Text)]);

    public void WriteTo(TextWriter output)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. columns.Select((column, index) => Math.Max(column.Length, _rows.Max(row => row[index].Length)))];
        output.WriteLine($"\n### {title}\n");
        Line(output, columns, widths);
        output.WriteLine("|" + string.Concat(widths.Select((width, index) => index == 0 ? $"{new string('-', width + 2)}|" : $"{new string('-', width + 1)}:|")));
        foreach (string[] row in _rows)
        {
            Line(output, row, widths);
        }
    }

    private static void Line(TextWriter output, string[] cells, int[] widths) =>
        output.WriteLine("| " + string.Join(" | ", cells.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index]))) + " |");

    private static string Text(object? cell) => cell switch
    {
        null => "-",
        double number => number.ToString(number < 1 ? "0.000" : number < 10 ? "0.00" : number < 100 ? "0.0" : "0", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString("n0", CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };
}
