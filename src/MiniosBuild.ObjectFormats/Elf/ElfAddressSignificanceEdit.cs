namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>SHT_LLVM_ADDRSIG: the symbols whose address matters, as ULEB128 numbers; what they are called changes their length.</summary>
internal sealed class ElfAddressSignificanceEdit(in ElfSection section, byte[] contents)
    : ElfEdit(section, contents.Length, "address significance table")
{
    private const int Payload = 7; // bits in a byte of ULEB128
    private const byte Continues = 0x80;

    public static ElfAddressSignificanceEdit Of(ElfFile file, in ElfSection section, ElfSymbolOrder order)
    {
        ReadOnlySpan<byte> bytes = file.Contents(section.Index).Span;
        // The numbers are a permutation of themselves at best; at worst one that took a byte takes five.
        List<byte> contents = new(bytes.Length + 8);
        for (int at = 0; at < bytes.Length;)
        {
            ulong symbol = 0;
            int start = at;
            for (int shift = 0; ; shift += Payload, at++)
            {
                if (at == bytes.Length || shift >= 5 * Payload)
                {
                    throw ElfDamage.At(ObjectCodes.DamagedIndices, (long)section.Offset + start,
                        $"section {section.Index} ends within a number, or has one of more than {5 * Payload} bits");
                }

                symbol |= (ulong)(bytes[at] & ~Continues & 0xff) << shift;
                if (bytes[at] < Continues)
                {
                    at++;
                    break;
                }
            }

            if (symbol >= (ulong)order.Count)
            {
                throw ElfDamage.At(ObjectCodes.DamagedIndices, (long)section.Offset + start,
                    $"section {section.Index} names symbol {symbol}, but there are {order.Count}");
            }

            Append(contents, (uint)order[(int)symbol]);
        }

        return new ElfAddressSignificanceEdit(section, [.. contents]);
    }

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to) => contents.CopyTo(to);

    private static void Append(List<byte> contents, uint number)
    {
        for (; number >= Continues; number >>= Payload)
        {
            contents.Add((byte)(number | Continues));
        }

        contents.Add((byte)number);
    }
}
