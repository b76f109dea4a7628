using System.Text;

namespace MiniosBuild.Toolchain.Running;

/// <summary>
/// Takes the serial line apart: what the guest writes, at once, and the hypervisor's own lines, each as a whole. Both
/// share the line, and the hypervisor starts its text wherever the guest has come to, so its mark counts anywhere in a line.
/// </summary>
/// <param name="guest">Gets the guest's text, with plain line ends; never empty.</param>
/// <param name="hypervisor">Gets each of the hypervisor's lines, without mark and line end.</param>
internal sealed class SerialLine(Action<string> guest, Action<string> hypervisor)
{
    private static ReadOnlySpan<byte> Mark => "(XEN) "u8;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _guestBytes = [];
    private readonly List<byte> _line = [];
    private int _matched;
    private bool _inMark;
    private bool _carriageReturn;

    /// <summary>Takes the next bytes and writes out all that is certain to be the guest's.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (_inMark)
            {
                PushHypervisor(b);
            }
            else
            {
                PushGuest(b);
            }
        }

        Flush(final: false);
    }

    /// <summary>Writes out what was held back for bytes that did not come.</summary>
    public void End()
    {
        if (_inMark)
        {
            TakeLine();
        }

        GiveUpMark();
        Flush(final: true);
    }

    private void PushHypervisor(byte b)
    {
        if (b == '\n')
        {
            TakeLine();
        }
        else if (b != '\r')
        {
            _line.Add(b);
        }
    }

    private void TakeLine()
    {
        Flush(final: false);
        hypervisor(Encoding.UTF8.GetString([.. _line]));
        _line.Clear();
        _inMark = false;
    }

    private void PushGuest(byte b)
    {
        if (b == Mark[_matched])
        {
            if (++_matched == Mark.Length)
            {
                _matched = 0;
                _inMark = true;
            }

            return;
        }

        GiveUpMark();
        if (b == Mark[0])
        {
            _matched = 1;
        }
        else
        {
            Keep(b);
        }
    }

    // "(" occurs once in the mark, so no later start of it can hide in what was matched.
    private void GiveUpMark()
    {
        for (int i = 0; i < _matched; i++)
        {
            Keep(Mark[i]);
        }

        _matched = 0;
    }

    // The hypervisor puts a carriage return before each line feed; one that stands alone is the guest's own.
    private void Keep(byte b)
    {
        if (_carriageReturn && b is not ((byte)'\n' or (byte)'\r'))
        {
            _guestBytes.Add((byte)'\r');
        }

        _carriageReturn = b == '\r';
        if (!_carriageReturn)
        {
            _guestBytes.Add(b);
        }
    }

    private void Flush(bool final)
    {
        byte[] bytes = [.. _guestBytes];
        _guestBytes.Clear();
        char[] text = new char[_decoder.GetCharCount(bytes, flush: final)];
        _decoder.GetChars(bytes, text, flush: final);
        if (text.Length > 0)
        {
            guest(new string(text));
        }
    }
}
