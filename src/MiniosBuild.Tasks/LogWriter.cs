using System.Text;

namespace MiniosBuild.Tasks;

/// <summary>Hands text over a line at a time; the last one also without its end.</summary>
internal sealed class LogWriter(Action<string> takeLine) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n')
        {
            takeLine(_line.ToString());
            _line.Clear();
        }
        else
        {
            _line.Append(value);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
        {
            Write('\n');
        }

        base.Dispose(disposing);
    }
}
