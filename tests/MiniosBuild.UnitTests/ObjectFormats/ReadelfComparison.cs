using System.Text;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Compares what the readers see in objects and archives with what readelf prints, line by line, in one process per file.</summary>
internal sealed class ReadelfComparison
{
    private IEnumerator<string> _expected = Enumerable.Empty<string>().GetEnumerator();
    private string _current = "";
    private Part _part;

    private enum Part
    {
        Other,
        Lines,
        Segments,
        Relocations,
        Dynamic,
    }

    public int Objects { get; private set; }

    public int Lines { get; private set; }

    public void Compare(string path)
    {
        byte[] data = File.ReadAllBytes(path);
        Queue<ArMember>? members = null;
        if (ArArchive.IsArchive(data))
        {
            members = new Queue<ArMember>(ArArchive.Parse(data).Members);
        }
        else
        {
            Start(path, data);
        }

        RealTool.RunLines("readelf", ["-lSgrsW", path], line =>
        {
            if (members is not null && line.StartsWith("File: ", StringComparison.Ordinal))
            {
                Finish();
                ArMember member = members.Dequeue();
                Assert.Equal($"File: {path}({member.Name})", line);
                Start(line, member.Data);
            }
            else
            {
                Take(line);
            }
        });
        Finish();
        Assert.True(members is null or { Count: 0 }, $"{path}: readelf shows fewer members");
    }

    private void Start(string name, ReadOnlyMemory<byte> data)
    {
        _current = name;
        _part = Part.Other;
        _expected = new ReadelfText(ElfFile.Parse(data)).Lines().GetEnumerator();
        Objects++;
    }

    private void Finish()
    {
        if (_expected.MoveNext())
        {
            Assert.Fail($"{_current}: readelf does not show: {_expected.Current}");
        }
    }

    private void Take(string line)
    {
        if (line.Length == 0 || line.StartsWith("Key to Flags", StringComparison.Ordinal))
        {
            _part = Part.Other;
        }
        else if (line.StartsWith("Section Headers:", StringComparison.Ordinal))
        {
            _part = Part.Lines;
        }
        else if (line.StartsWith("Program Headers:", StringComparison.Ordinal))
        {
            _part = Part.Segments;
        }
        else if (line.StartsWith("COMDAT group", StringComparison.Ordinal) || line.StartsWith("group section", StringComparison.Ordinal))
        {
            _part = Part.Lines;
            Check(line, line);
        }
        else if (line.StartsWith("Relocation section '.relr", StringComparison.Ordinal))
        {
            _part = Part.Other; // SHT_RELR: addresses in a packed form, which concern nobody but the loader
        }
        else if (line.StartsWith("Relocation section '", StringComparison.Ordinal))
        {
            _part = Part.Relocations;
            Check(line, line);
        }
        else if (line.StartsWith("Symbol table '", StringComparison.Ordinal))
        {
            _part = line.StartsWith("Symbol table '.dynsym", StringComparison.Ordinal) ? Part.Dynamic : Part.Lines;
            Check(line, line);
        }
        else if (_part != Part.Other)
        {
            TakeEntry(line);
        }
    }

    private void TakeEntry(string line)
    {
        ReadOnlySpan<char> entry = line.AsSpan().TrimStart();
        if (entry.StartsWith("[Nr]") || entry.StartsWith("[Index]") || entry.StartsWith("Num:") || entry.StartsWith("Offset ")
            || entry.StartsWith("Type ") || entry.StartsWith("Type2:") || entry.StartsWith("Type3:") || entry.StartsWith("[Requesting "))
        {
            return;
        }

        switch (_part)
        {
            case Part.Relocations:
                Check(Relocation(line), line);
                break;
            case Part.Dynamic:
                // The version of a symbol is shown with its name, but is no part of it.
                int version = line.IndexOf('@');
                Check((version < 0 ? line : line[..version]).Trim(), line);
                break;
            default:
                Check(line.Trim(), line);
                break;
        }
    }

    /// <summary>Leaves out the name of the type: offset, info, type, then the rest.</summary>
    private static string Relocation(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 3 && (words[3].EndsWith("()", StringComparison.Ordinal) || (words.Length > 4 && words[4].EndsWith("()", StringComparison.Ordinal))))
        {
            return $"{words[0]} {words[1]}"; // an IFUNC
        }

        StringBuilder text = new($"{words[0]} {words[1]}");
        foreach (string word in words.AsSpan(3))
        {
            int version = word.IndexOf('@');
            text.Append(' ').Append(version > 0 ? word[..version] : word);
        }

        return text.ToString();
    }

    private void Check(string found, string line)
    {
        Lines++;
        string expected = _expected.MoveNext() ? _expected.Current.Trim() : "(nothing)";
        if (expected != found)
        {
            Assert.Fail($"{_current}\nread:    {expected}\nreadelf: {found}\nline:    {line}");
        }
    }
}
