using MiniosBuild.Fuzzing.Inputs;

namespace MiniosBuild.Fuzzing.Mutation;

/// <summary>Makes mutants: a seed, some of whose fields hold other numbers, some of whose bytes are others, moved, missing or of another seed.</summary>
/// <param name="seeds">What to start from.</param>
/// <param name="words">Words of the format, when it is a text; empty for binary ones.</param>
public sealed class Mutator(IReadOnlyList<Seed> seeds, IReadOnlyList<string> words)
{
    private const int LargestInput = 128 * 1024;
    private readonly TextMutation _text = new(words);

    /// <summary>One mutant; the random numbers alone decide which.</summary>
    public byte[] Make(FuzzRandom random)
    {
        Seed seed = random.Pick(seeds);
        if (random.OneIn(64))
        {
            return seed.Bytes; // Sound as it is: refusing everything must not look like success.
        }

        byte[] input = [.. seed.Bytes];
        // Fields first, as long as they are where the seed has them.
        if (seed.Fields.Count > 0 && !random.OneIn(4))
        {
            for (int change = Few(random); change > 0; change--)
            {
                FieldMutation.Apply(input, seed, random);
            }
        }

        if (seed.Fields.Count == 0 || random.OneIn(3))
        {
            for (int change = Few(random); change > 0; change--)
            {
                input = Change(input, seed, random);
            }
        }

        return input.Length <= LargestInput ? input : input[..LargestInput];
    }

    private byte[] Change(byte[] input, Seed seed, FuzzRandom random)
    {
        if (words.Count > 0 && !random.OneIn(4))
        {
            return _text.Apply(input, random);
        }

        return random.Below(12) switch
        {
            0 => ByteMutation.Truncate(input, random),
            1 => ByteMutation.Delete(input, random),
            2 => ByteMutation.Insert(input, random),
            3 => ByteMutation.CopyWithin(input, random),
            4 => ByteMutation.Splice(input, random.Pick(seeds).Bytes, random),
            5 or 6 => ByteMutation.SetNumber(input, seed.HotRanges, random),
            7 or 8 => ByteMutation.SetByte(input, seed.HotRanges, random),
            _ => ByteMutation.FlipBit(input, seed.HotRanges, random),
        };
    }

    /// <summary>Mostly one or two: a file with much damage is refused at the first of it.</summary>
    private static int Few(FuzzRandom random)
    {
        int count = 1;
        while (count < 12 && random.OneIn(2))
        {
            count++;
        }

        return count;
    }
}
