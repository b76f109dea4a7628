using System.Text;

namespace MiniosBuild.Toolchain.Running;

/// <summary>What comes from a console as UTF-8, with plain line ends. A character that is not whole yet is held back.</summary>
/// <param name="take">Gets the text; never empty.</param>
internal sealed class ConsoleText(Action<string> take)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _bytes = [];
    private bool _carriageReturn;

    /// <summary>Keeps a byte. One carriage return before a line feed is the console's; one that stands alone is the guest's own.</summary>
    public void Add(byte b)
    {
        if (_carriageReturn && b is not ((byte)'\n' or (byte)'\r'))
        {
            _bytes.Add((byte)'\r');
        }

        _carriageReturn = b == '\r';
        if (!_carriageReturn)
        {
            _bytes.Add(b);
        }
    }

    /// <summary>Writes out what was kept.</summary>
    /// <param name="final">Whether nothing more will come.</param>
    public void Flush(bool final)
    {
        byte[] bytes = [.. _bytes];
        _bytes.Clear();
        char[] text = new char[_decoder.GetCharCount(bytes, flush: final)];
        _decoder.GetChars(bytes, text, flush: final);
        if (text.Length > 0)
        {
            take(new string(text));
        }
    }
}
