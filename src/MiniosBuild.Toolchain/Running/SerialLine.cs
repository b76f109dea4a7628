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

    private readonly ConsoleText _guest = new(guest);
    private readonly List<byte> _line = [];
    private int _matched;
    private bool _inMark;

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

        _guest.Flush(final: false);
    }

    /// <summary>Writes out what was held back for bytes that did not come.</summary>
    public void End()
    {
        if (_inMark)
        {
            TakeLine();
        }

        GiveUpMark();
        _guest.Flush(final: true);
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
        _guest.Flush(final: false);
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
            _guest.Add(b);
        }
    }

    // "(" occurs once in the mark, so no later start of it can hide in what was matched.
    private void GiveUpMark()
    {
        for (int i = 0; i < _matched; i++)
        {
            _guest.Add(Mark[i]);
        }

        _matched = 0;
    }
}
