using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>Which pass each object went through, by the notes that they carry.</summary>
internal sealed class PassChecks(NamespacePolicy policy, LibcMode libc, List<SetObject> objects)
{
    private const int NoNote = -1;

    private readonly List<ReadOnlyMemory<byte>> _contents = [];
    private readonly List<string> _texts = [];

    /// <summary>Reads the note in a section.</summary>
    public void Read(int number, ElfFile elf, int section)
    {
        // Objects of one pass have the same bytes in it: only the first is read as text.
        ReadOnlyMemory<byte> contents = elf.Contents(section);
        for (int i = 0; i < _contents.Count; i++)
        {
            if (_contents[i].Span.SequenceEqual(contents.Span))
            {
                objects[number].PassNote = i;
                return;
            }
        }

        objects[number].PassNote = _contents.Count;
        _contents.Add(contents);
        _texts.Add(TextOf(elf));
    }

    /// <summary>A finding for each file and pass: a set that was passed in part has no end of members that were not.</summary>
    public void Report(FoundList found)
    {
        if (_contents.Count == 0)
        {
            return; // The set was never passed, or by a tool that leaves no note: its names tell all there is to tell.
        }

        bool[] isExpected = [.. _texts.Select(IsExpected)];
        int start = 0;
        for (int end = 1; end <= objects.Count; end++)
        {
            if (end == objects.Count || objects[end].File != objects[start].File)
            {
                ReportFile(start, end, isExpected, found);
                start = end;
            }
        }
    }

    private void ReportFile(int start, int end, bool[] isExpected, FoundList found)
    {
        var counts = new SortedDictionary<int, (int Count, SetObject First)>();
        for (int i = start; i < end; i++)
        {
            int note = objects[i].PassNote;
            counts[note] = counts.TryGetValue(note, out (int Count, SetObject First) known) ? (known.Count + 1, known.First) : (1, objects[i]);
        }

        foreach ((int note, (int count, SetObject first)) in counts)
        {
            string who = first.Member is null ? "the object" : count == 1 ? $"the member {first.Member}" : $"{count} members ({first.Member} is the first)";
            if (note == NoNote)
            {
                found.Add(
                    FindingCodes.NotPassed, first.Library, first.File,
                    $"the note of a symbol pass, which other objects of the set carry, is missing from {who}: what was not passed still has its old names. Pass all objects of the set.");
            }
            else if (!isExpected[note])
            {
                found.Add(
                    FindingCodes.OtherPass, first.Library, first.File,
                    $"{who} went through another symbol pass: the note says \"{_texts[note]}\", expected \"{PassNote.TextFor(policy, libc)}\". Pass all objects of the set under one policy, from objects that were never passed.");
            }
        }
    }

    private bool IsExpected(string text) => PassNote.Parse(text) is { } note && note.IsSamePass(PassNote.For(policy, libc));

    private static string TextOf(ElfFile elf)
    {
        try
        {
            return ElfPassNote.Read(elf) ?? "";
        }
        catch (ObjectFormatException e)
        {
            return $"damaged: {e.Message}";
        }
    }
}
