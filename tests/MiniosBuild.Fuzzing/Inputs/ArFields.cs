using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>Where the numbers of a sound archive and of the objects in it are.</summary>
internal static class ArFields
{
    private const int HeaderLength = 60;
    private static readonly int[] s_widths = [16, 12, 6, 6, 8, 10]; // ar_name to ar_size

    public static IReadOnlyList<BinaryField> Of(byte[] data)
    {
        List<BinaryField> fields = [];
        ArArchive archive = ArArchive.Parse(data);
        int first = archive.Members.Count == 0 ? data.Length : (int)archive.Members[0].HeaderOffset;
        // What is before the first member are the tables of the format: the index, whose numbers are big endian in GNU's, and the names.
        for (int offset = 8; offset + HeaderLength <= first;)
        {
            Header(fields, "table", offset);
            int size = int.Parse(System.Text.Encoding.ASCII.GetString(data, offset + 48, 10).Trim(), System.Globalization.CultureInfo.InvariantCulture);
            for (int at = offset + HeaderLength; at + 4 <= Math.Min(offset + HeaderLength + size, offset + 400); at += 4)
            {
                fields.Add(new BinaryField("index", at, 4, BinaryFieldKind.BigEndian));
            }

            offset += HeaderLength + size + (size & 1);
        }

        foreach (ArMember member in archive.Members)
        {
            Header(fields, member.Name, (int)member.HeaderOffset);
            if (ElfFile.IsElf(member.Data.Span))
            {
                fields.AddRange(ElfFields.Of(member.Data, (int)member.DataOffset));
            }
        }

        return fields;
    }

    private static void Header(List<BinaryField> fields, string name, int offset)
    {
        foreach (int width in s_widths)
        {
            fields.Add(new BinaryField(name, offset, width, BinaryFieldKind.Text));
            offset += width;
        }
    }
}
